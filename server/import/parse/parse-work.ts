import { keyKind } from "../keys.ts";
import { recordLimits as limits } from "../limits.ts";
import type { Tally } from "../tally.ts";
import { cleanLine } from "./clean-text.ts";
import { FieldReader, type Fields, isFields } from "./fields.ts";
import type { ParsedAuthor, ParsedWork } from "./parsed-records.ts";
import { parseSeries } from "./series.ts";
import { cleanSubjects, seriesAmongSubjects } from "./subjects.ts";

const headings = { items: limits.subjects, length: limits.lineLength };

/** A work as its record tells it; every field may be missing or of a wrong shape. */
export function parseWork(fields: Fields, warnings: Tally): ParsedWork {
  const read = new FieldReader(fields, "work", warnings);
  const subjects = read.lines("subjects", headings);
  const tagged = subjects.length === 0 ? [] : seriesAmongSubjects(subjects);
  return {
    title: readTitle(read),
    subtitle: read.line("subtitle", limits.titleLength),
    authors: read.keys("authors", keyKind.author, limits.authors, "author"),
    description:
      read.paragraphs("description", limits.descriptionLength) ||
      read.paragraphs("first_sentence", limits.descriptionLength),
    firstPublished: read.line("first_publish_date", limits.dateLength),
    subjects: cleanSubjects(subjects, limits.subjects),
    people: cleanSubjects(read.lines("subject_people", headings), limits.subjects),
    places: cleanSubjects(read.lines("subject_places", headings), limits.subjects),
    times: read.lines("subject_times", headings),
    originalLanguage: readLanguages(read, "original_languages")[0] ?? "",
    otherTitles: [...readTitles(read, "other_titles"), ...readTitles(read, "translated_titles")],
    series: parseSeries([...readSeries(read), ...tagged]).slice(0, limits.series),
    coverId: read.firstPositive("covers"),
  };
}

export function parseAuthor(fields: Fields, warnings: Tally): ParsedAuthor {
  const read = new FieldReader(fields, "author", warnings);
  const personal = read.line("personal_name", limits.nameLength);
  const fuller = read.line("fuller_name", limits.nameLength);
  const name = read.line("name", limits.nameLength) || personal || fuller;
  const alternates = read.lines("alternate_names", {
    items: limits.alternateNames,
    length: limits.nameLength,
  });
  for (const other of [personal, fuller]) {
    if (other !== "" && !alternates.includes(other)) {
      alternates.push(other);
    }
  }
  const [born, died] = splitLife(read.line("date", limits.dateLength));
  return {
    name,
    alternateNames: alternates.filter((other) => other !== name),
    birthDate: read.line("birth_date", limits.dateLength) || born,
    deathDate: read.line("death_date", limits.dateLength) || died,
    biography: read.paragraphs("bio", limits.biographyLength),
  };
}

/** A title; "" where it says nothing (".", "<>", "…"). */
export function readTitle(read: FieldReader, name = "title"): string {
  const title = read.line(name, limits.titleLength);
  return /[\p{L}\p{N}]/u.test(title) || /^[!?#$&+*%@]+$/u.test(title) ? title : "";
}

export function readTitles(read: FieldReader, name: string): string[] {
  if (read.value(name) === undefined) {
    return [];
  }
  return read.lines(name, { items: limits.otherTitles, length: limits.titleLength });
}

/** Codes as written, lower case; judged by the catalogue's table of languages later. */
export function readLanguages(read: FieldReader, name: string): string[] {
  const names = read.keyNames(name, limits.languages);
  return names.map((code) => code.toLowerCase()).filter((code) => code !== "");
}

/** Series as text; since 2026 also `{series: {key}, position}`, whose name is in no dump file. */
export function readSeries(read: FieldReader): string[] {
  const value = read.value("series");
  if (value === undefined) {
    return [];
  }
  const statements: string[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item === "string") {
      statements.push(cleanLine(item, limits.lineLength));
    } else if (isFields(item)) {
      statements.push(...seriesObject(item));
    } else if (item !== null) {
      read.note("series", "is no text", item);
    }
  }
  return statements.filter((statement) => statement !== "").slice(0, limits.series * 2);
}

function seriesObject(item: Fields): string[] {
  const inner = isFields(item["series"]) ? item["series"] : item;
  const title = [inner["title"], inner["name"], inner["value"], item["series"]].find(
    (candidate) => typeof candidate === "string",
  );
  if (typeof title !== "string" || title.startsWith("/")) {
    return [];
  }
  const place = item["position"];
  const position = typeof place === "string" || typeof place === "number" ? ` ; ${place}` : "";
  return [cleanLine(title + position, limits.lineLength)];
}

/** "1828-1910" → born 1828, died 1910; anything else is kept as a birth date. */
function splitLife(date: string): [string, string] {
  const match = /^(\S.*?\d)\s*[-–]\s*(\S.*)?$/u.exec(date);
  return match === null ? [date, ""] : [match[1] ?? "", match[2] ?? ""];
}
