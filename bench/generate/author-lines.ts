import type { GeneratedAuthor, GeneratedCatalogue } from "./catalogue.ts";
import { oddSign, timestamp } from "./dirt.ts";
import { textField, textList } from "./json-text.ts";
import { authorKey, sourceMark } from "./keys.ts";
import type { Random } from "./random.ts";
import { phrase } from "./title.ts";

/** The line of an author, without its line end. `random` is the record's own stream. */
export function authorLine(catalogue: GeneratedCatalogue, random: Random, index: number): string {
  const author = catalogue.author(index);
  const key = authorKey(index);
  const modified = timestamp(random);
  const revision = random.chance(0.7) ? 1 : random.between(2, 12);
  let json = '{"type": {"key": "/type/author"}';
  if (!random.chance(0.0005)) {
    json += `, "name": "${nameField(random, author)}"`;
  }
  if (random.chance(0.15)) {
    json += `, "personal_name": "${author.name}"`;
  }
  json += optionalFields(catalogue, random, author);
  json += `, "key": "${key}", "source_records": ["${sourceMark}"]`;
  if (random.chance(0.87)) {
    json += `, "latest_revision": ${revision}`;
  }
  json += `, "revision": ${revision}`;
  if (random.chance(0.08)) {
    json += `, "created": {"type": "/type/datetime", "value": "${timestamp(random)}"}`;
  }
  json += `, "last_modified": {"type": "/type/datetime", "value": "${modified}"}}`;
  return `/type/author\t${key}\t${revision}\t${modified}\t${json}`;
}

/** Mostly as on the title page; some inverted, some with dates or a comma at the end. */
function nameField(random: Random, { name, family, given, isBody }: GeneratedAuthor): string {
  const unit = random.unit();
  if (unit < 0.94 || isBody) {
    return name + oddSign(random);
  }
  if (unit < 0.98) {
    return `${family}, ${given}`;
  }
  if (unit < 0.99) {
    return `${family}, ${given}, ${random.between(1820, 1960)}-`;
  }
  return unit < 0.995 ? `${name},` : `${name} and ${given} ${family}`;
}

function optionalFields(
  catalogue: GeneratedCatalogue,
  random: Random,
  { name, given, family, language, isBody }: GeneratedAuthor,
): string {
  let json = "";
  if (!isBody && random.chance(0.08)) {
    const alternates = [`${family}, ${given}`];
    while (alternates.length < 30 && random.chance(0.45)) {
      const other = catalogue.author(random.below(catalogue.sizes.rows.authors));
      alternates.push(random.chance(0.5) ? `${given} ${other.family}` : other.name);
    }
    json += `, "alternate_names": ${textList(alternates)}`;
  }
  if (!isBody && random.chance(0.16)) {
    const birth = random.between(1750, 1990);
    json += `, "birth_date": "${random.chance(0.8) ? birth : `${random.between(1, 28)} March ${birth}`}"`;
    if (random.chance(0.4)) {
      json += `, "death_date": "${birth + random.between(25, 95)}"`;
    }
  }
  if (random.chance(0.01)) {
    const lexicon = catalogue.lexicon(language);
    const text = phrase(random, lexicon, lexicon.topic(random), random.between(10, 80), false);
    json += `, "bio": ${textField(`${name}: ${text}.`, random.chance(0.85))}`;
  }
  if (random.chance(0.01)) {
    json += `, "photos": [${random.chance(0.2) ? -1 : random.between(100_000_000, 140_000_000)}]`;
  }
  if (random.chance(0.02)) {
    json += ', "entity_type": "person"';
  }
  return json;
}
