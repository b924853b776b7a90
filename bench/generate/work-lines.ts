import type { GeneratedCatalogue, GeneratedWork } from "./catalogue.ts";
import { brokenLine, oddSign, publishDate, timestamp } from "./dirt.ts";
import type { Headings } from "./headings.ts";
import { textField, textList } from "./json-text.ts";
import { authorKey, sourceMark, workKey } from "./keys.ts";
import type { Random } from "./random.ts";
import { phrase } from "./title.ts";

/** The line of a work, without its line end. `random` is the record's own stream. */
export function workLine(
  catalogue: GeneratedCatalogue,
  headings: Headings,
  random: Random,
  index: number,
): string {
  const work = catalogue.work(index);
  const key = workKey(index);
  const modified = timestamp(random);
  const revision = random.chance(0.55) ? 1 : random.between(2, 30);
  let json = '{"type": {"key": "/type/work"}';
  if (!random.chance(0.001)) {
    json += `, "title": "${work.title}${oddSign(random)}"`;
  }
  json += authorsField(random, work);
  json += optionalFields(catalogue, headings, random, work);
  json += `, "key": "${key}", "source_records": ["${sourceMark}"]`;
  if (random.chance(0.87)) {
    json += `, "latest_revision": ${revision}`;
  }
  json += `, "revision": ${revision}`;
  if (random.chance(0.35)) {
    json += `, "created": {"type": "/type/datetime", "value": "${timestamp(random)}"}`;
  }
  json += `, "last_modified": {"type": "/type/datetime", "value": "${modified}"}}`;
  return brokenLine(random, `/type/work\t${key}\t${revision}\t${modified}\t${json}`);
}

/** Entries are objects, bare keys, legacy keys, null, or lack their author. */
function authorsField(random: Random, { authors }: GeneratedWork): string {
  if (authors.length === 0) {
    return random.chance(0.02) ? ', "authors": [null]' : "";
  }
  let field = ', "authors": [';
  for (let i = 0; i < authors.length; i++) {
    const key = authorKey(authors[i] ?? 0);
    const unit = random.unit();
    if (i > 0) {
      field += ", ";
    }
    if (unit < 0.99) {
      field += `{"type": {"key": "/type/author_role"}, "author": {"key": "${key}"}}`;
    } else if (unit < 0.993) {
      field += `{"type": "/type/author_role", "author": "${key}"}`;
    } else if (unit < 0.996) {
      field += `{"type": "/type/author_role", "author": {"key": "${key.replace("/authors/", "/a/")}"}}`;
    } else if (unit < 0.998) {
      field += `{"type": {"key": "/type/author_role"}}, {"author": {"key": "${key}"}}`;
    } else {
      field += `null, {"author": {"key": "${key}"}}`;
    }
  }
  return `${field}]`;
}

function optionalFields(
  catalogue: GeneratedCatalogue,
  headings: Headings,
  random: Random,
  work: GeneratedWork,
): string {
  const lexicon = catalogue.lexicon(work.language);
  let json = "";
  if (random.chance(0.07)) {
    const subtitle = phrase(random, lexicon, work.topic, random.between(2, 8), false);
    json += `, "subtitle": "${subtitle}"`;
  }
  if (random.chance(0.3)) {
    json += `, "covers": [${covers(random)}]`;
  }
  if (random.chance(0.38)) {
    json += `, "subjects": ${subjects(headings, random)}`;
  }
  if (random.chance(0.04)) {
    json += `, "subject_people": ["${catalogue.author(random.below(catalogue.sizes.rows.authors)).name}"]`;
  }
  if (random.chance(0.04)) {
    json += `, "subject_places": ["${lexicon.word(lexicon.draw(random, work.topic), true)}"]`;
  }
  if (random.chance(0.05)) {
    json += `, "description": ${description(catalogue, random, work)}`;
  }
  if (random.chance(0.03)) {
    const sentence = phrase(random, lexicon, work.topic, random.between(6, 20), false);
    json += `, "first_sentence": ${textField(`${sentence}.`, random.chance(0.9))}`;
  }
  if (random.chance(0.12)) {
    json += `, "first_publish_date": "${publishDate(random, work.year)}"`;
  }
  if (work.series !== undefined && random.chance(0.1)) {
    json += `, "series": [{"series": {"key": "/series/OL${random.between(1, 9999)}L"}, "position": "${work.series.position}"}]`;
  }
  return json;
}

/** Cover numbers far above real ones; -1 stands for one that was deleted. */
function covers(random: Random): string {
  const cover = String(random.between(100_000_000, 140_000_000));
  const unit = random.unit();
  return unit < 0.96 ? cover : unit < 0.985 ? "-1" : `null, ${cover}`;
}

function subjects(headings: Headings, random: Random): string {
  const chosen = [headings.subject(random)];
  while (chosen.length < 12 && random.chance(0.62)) {
    chosen.push(headings.subject(random));
  }
  return random.chance(0.002) ? '[{"key": "/subjects/generated"}]' : textList(chosen);
}

/** Some sentences on the topic, in an object or bare; a few hold a very long list. */
export function description(
  catalogue: GeneratedCatalogue,
  random: Random,
  work: GeneratedWork,
): string {
  const lexicon = catalogue.lexicon(work.language);
  const sentences = random.chance(0.0005) ? 2000 : random.between(1, 9);
  let text = "";
  for (let i = 0; i < sentences; i++) {
    if (i > 0) {
      text += random.chance(0.1) ? "\\r\\n\\r\\n" : " ";
    }
    text += `${phrase(random, lexicon, work.topic, random.between(5, 22), false)}.`;
  }
  return textField(text, random.chance(0.9));
}
