import type { GeneratedCatalogue, GeneratedWork } from "./catalogue.ts";
import { brokenLine, isbnsOf, oddSign, publishDate, timestamp, writtenIsbn } from "./dirt.ts";
import type { EditionWork } from "./edition-work.ts";
import type { Headings } from "./headings.ts";
import { textField, textList } from "./json-text.ts";
import { authorKey, editionKey, sourceMark } from "./keys.ts";
import { languages } from "./languages.ts";
import type { Random } from "./random.ts";
import { phrase } from "./title.ts";
import { description } from "./work-lines.ts";

const formats = [
  "Paperback",
  "Hardcover",
  "Paperback",
  "Hardcover",
  "Ebook",
  "Mass Market Paperback",
  "Audio CD",
];
const places = ["New York", "London", "Paris", "Berlin", "[S.l.]", "Chicago", "Moskva", "Madrid"];
const shares = {
  isbn: 0.62,
  publisher: 0.93,
  date: 0.95,
  language: 0.86,
  pages: 0.66,
  longContents: 0.000_02,
};

/** The line of an edition, without its line end. `random` is the record's own stream. */
export function editionLine(
  catalogue: GeneratedCatalogue,
  headings: Headings,
  random: Random,
  index: number,
  { work: workIndex, writtenKey, isFirst }: EditionWork,
): string {
  const work = catalogue.work(workIndex);
  const key = editionKey(index);
  const modified = timestamp(random);
  const revision = random.chance(0.4) ? 1 : random.between(2, 15);
  const isTranslation = !isFirst && random.chance(0.15);
  const language = isTranslation ? random.below(languages.length) : work.language;
  const title = isTranslation ? catalogue.translatedTitle(workIndex, language) : work.title;
  let json = `{"type": {"key": "/type/edition"}, "title": "${title}${oddSign(random)}"`;
  if (writtenKey !== "") {
    json += `, "works": [{"key": "${writtenKey}"}]`;
  }
  json += authorsField(random, work);
  json += imprint(headings, random, work, isFirst ? work.year : laterYear(random, work.year));
  json += languageField(random, languages[language]?.code ?? "eng");
  json += identifiers(random, index);
  json += details(catalogue, headings, random, work);
  json += `, "key": "${key}", "source_records": ["${sourceMark}:edition-${index}"]`;
  if (random.chance(0.87)) {
    json += `, "latest_revision": ${revision}`;
  }
  json += `, "revision": ${revision}`;
  if (random.chance(0.5)) {
    json += `, "created": {"type": "/type/datetime", "value": "${timestamp(random)}"}`;
  }
  json += `, "last_modified": {"type": "/type/datetime", "value": "${modified}"}}`;
  return brokenLine(random, `/type/edition\t${key}\t${revision}\t${modified}\t${json}`);
}

function laterYear(random: Random, year: number): number {
  const first = Math.max(year, 1850);
  return Math.min(2026, first + random.below(2027 - first));
}

function authorsField(random: Random, { authors }: GeneratedWork): string {
  if (authors.length === 0 || random.chance(0.25)) {
    return "";
  }
  let field = "";
  for (const author of authors) {
    if (field !== "") {
      field += ", ";
    }
    field += `{"key": "${authorKey(author)}"}`;
  }
  return `, "authors": [${field}]`;
}

function imprint(headings: Headings, random: Random, work: GeneratedWork, year: number): string {
  const isOwn = work.kind === "notebook";
  let json = "";
  if (random.chance(shares.publisher)) {
    const publisher = isOwn ? headings.selfPublisher(random) : headings.publisher(random);
    json += `, "publishers": ["${publisher}"]`;
  }
  if (random.chance(0.25)) {
    json += `, "publish_places": ["${random.pick(places)}"], "publish_country": "xx "`;
  }
  if (random.chance(shares.date)) {
    json += `, "publish_date": "${publishDate(random, year)}"`;
  }
  return json;
}

/** Objects; also a bare code, a legacy key, and codes that no list knows. */
function languageField(random: Random, code: string): string {
  if (!random.chance(shares.language)) {
    return "";
  }
  const unit = random.unit();
  if (unit < 0.99) {
    return `, "languages": [{"key": "/languages/${code}"}]`;
  }
  if (unit < 0.995) {
    return `, "languages": [{"key": "/l/${code}"}]`;
  }
  return unit < 0.998 ? `, "languages": ["${code}"]` : ', "languages": [{"key": "/languages/qqq"}]';
}

function identifiers(random: Random, index: number): string {
  let json = "";
  if (random.chance(shares.isbn)) {
    const { isbn13, isbn10 } = isbnsOf(index);
    const unit = random.unit();
    if (unit < 0.8) {
      json += `, "isbn_13": ["${writtenIsbn(random, isbn13)}"]`;
    }
    if (isbn10 !== "" && unit > 0.2) {
      json += `, "isbn_10": ["${writtenIsbn(random, isbn10)}"]`;
    }
    if (unit > 0.995) {
      json += `, "isbn": ["${isbn13}"]`;
    }
  }
  if (random.chance(0.12)) {
    json += `, "oclc_numbers": ["ocm${900_000_000_000 + random.below(80_000_000)}"]`;
  }
  if (random.chance(0.1)) {
    json += `, "lccn": ["  20${random.between(50, 99)}${100_000 + random.below(900_000)} "]`;
  }
  if (random.chance(0.15)) {
    json += `, "identifiers": {"bookfinder_generated": ["${index}"]}`;
  } else if (random.chance(0.002)) {
    json += ', "identifiers": {"goodreads": null, "": "?"}';
  }
  return json;
}

function details(
  catalogue: GeneratedCatalogue,
  headings: Headings,
  random: Random,
  work: GeneratedWork,
): string {
  const lexicon = catalogue.lexicon(work.language);
  let json = "";
  if (random.chance(0.2)) {
    json += `, "subtitle": "${phrase(random, lexicon, work.topic, random.between(2, 9), false)}"`;
  }
  if (random.chance(shares.pages)) {
    const pages = random.between(16, 640);
    json += `, "number_of_pages": ${random.chance(0.97) ? pages : `"${pages} p."`}`;
  }
  if (random.chance(0.55)) {
    json += `, "physical_format": "${random.pick(formats)}"`;
  }
  if (random.chance(0.28)) {
    json += `, "pagination": "${random.between(2, 18)}, ${random.between(60, 500)} p. :"`;
  }
  if (random.chance(0.35)) {
    json += `, "covers": [${random.chance(0.97) ? random.between(100_000_000, 140_000_000) : "-1, null"}]`;
  }
  if (random.chance(0.2) && work.authors.length > 0) {
    json += `, "by_statement": "by ${catalogue.author(work.authors[0] ?? 0).name}."`;
  }
  if (work.series !== undefined && random.chance(0.8)) {
    json += `, "series": ["${work.series.title}${random.chance(0.5) ? " ;" : ","} ${random.chance(0.5) ? "" : "v. "}${work.series.position}"]`;
  }
  if (random.chance(0.3)) {
    json += `, "subjects": ${textList([headings.subject(random), headings.subject(random)])}`;
  }
  if (random.chance(0.12)) {
    json += `, "notes": ${textField("Generated record; describes no book.", random.chance(0.98))}`;
  }
  if (random.chance(0.02)) {
    json += `, "description": ${description(catalogue, random, work)}`;
  }
  if (random.chance(0.2)) {
    json += `, "dewey_decimal_class": ["${random.pick(["813/.54", "[Fic]", "B", "92", "940.53"])}"]`;
  }
  if (random.chance(0.2)) {
    json += `, "weight": "${random.between(1, 40)} ounces", "physical_dimensions": "8.${random.below(10)} x 5.${random.below(10)} x 1 inches"`;
  }
  if (random.chance(0.25)) {
    json += `, "local_id": ["urn:generated:${random.below(1_000_000_000)}"]`;
  }
  return json + contents(catalogue, random, work);
}

/** A table of contents, as objects or lines; very rarely one of some hundred kilobytes. */
function contents(catalogue: GeneratedCatalogue, random: Random, work: GeneratedWork): string {
  const isLong = random.chance(shares.longContents);
  if (!isLong && !random.chance(0.01)) {
    return "";
  }
  const lexicon = catalogue.lexicon(work.language);
  const isText = random.chance(0.2);
  const items: string[] = [];
  for (let i = isLong ? 3000 : random.between(4, 20); i > 0; i--) {
    const title = phrase(random, lexicon, work.topic, random.between(1, 8), true);
    items.push(
      isText ? `"${title}"` : `{"level": 0, "label": "", "title": "${title}", "pagenum": "${i}"}`,
    );
  }
  return `, "table_of_contents": [${items.join(", ")}]`;
}
