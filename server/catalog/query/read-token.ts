/** Reads one token of a query: a word, a phrase, a field name with its colon, or an operator. */
import type { QueryNotice } from "../catalog.ts";
import type { FoundIdentifier } from "../identifiers/find-identifiers.ts";
import { notice } from "../notices.ts";
import { withCarriersApart } from "./carrier-phrases.ts";
import { type FieldName, fieldNamed, similarFieldName } from "./fields.ts";
import { remarkOn } from "./foreign-signs.ts";

export type QueryToken = { start: number; end: number } & (
  | { kind: "word" | "phrase"; text: string }
  | { kind: "open" | "close" | "or" | "minus" }
  /** `isSpaced`: "title: dune" rather than "title:dune". */
  | { kind: "field"; field: FieldName["field"]; text: string; isSpaced: boolean }
  | { kind: "identifier"; identifier: FoundIdentifier }
);

export const closingQuotes = new Map([
  ['"', '"”“'],
  ["“", '”"“'],
  ["”", '”"'],
  ["„", '“”"'],
  ["«", "»"],
  ["»", "«»"],
  ["‹", "›"],
  ["「", "」"],
  ["『", "』"],
]);

/** Labels of identifiers, which are found before fields are where they are right. */
const numberFields = new Set(["lccn", "oclc", "asin", "amazon", "goodreads"]);

export const space = /\s/u;

/** What may follow a minus sign that excludes. */
const excludable = /[\p{L}\p{N}"“„«‹「『(]/u;

/** A field's name with its colon, and what tells it from a link. */
const MAX_FIELD_LENGTH = 17;

const fieldPattern = /^(\p{L}{2,12}\d{0,2}):(?!\/\/)/u;

type Blank = { kind: "blank"; start: number; end: number };

type Reading = {
  /** Where the next identifier begins. */
  limit: number;
  isShouted: boolean;
  /** A citation has no operators. */
  isPasted: boolean;
  /** Closing quotes that are known to be missing in the rest, so that it is looked through once. */
  unclosed: Set<string>;
  notices: QueryNotice[];
};

export function readToken(
  characters: readonly string[],
  start: number,
  reading: Reading,
): QueryToken | Blank {
  const character = characters[start] ?? "";
  const next = characters[start + 1] ?? "";
  const end = start + 1;
  if (space.test(character)) {
    return { kind: "blank", start, end };
  }
  if (reading.isPasted) {
    return readPlainWord(characters, start, reading.limit);
  }
  if (character === "(") {
    return { kind: "open", start, end };
  }
  if (character === ")") {
    return { kind: "close", start, end };
  }
  if (character === "|") {
    return { kind: characters[start - 1] === "|" ? "blank" : "or", start, end };
  }
  const excludes = excludable.test(next) && beginsWord(characters[start - 1]);
  if (/[-−]/u.test(character) && excludes && !isBetweenDashes(characters, start)) {
    return { kind: "minus", start, end };
  }
  const closers = closingQuotes.get(character);
  // A number in quotation marks is a number.
  if (closers !== undefined && opensNumber(characters, end, reading.limit)) {
    return { kind: "blank", start, end };
  }
  if (closers !== undefined) {
    return readPhrase(characters, start, closers, reading);
  }
  return readWord(characters, start, reading);
}

/** All up to the next space, whatever signs there are. */
function readPlainWord(characters: readonly string[], start: number, limit: number): QueryToken {
  let end = start + 1;
  while (end < limit && !space.test(characters[end] ?? " ")) {
    end++;
  }
  return { kind: "word", text: characters.slice(start, end).join(""), start, end };
}

/** True if only spaces and other quotation marks are between a quotation mark and an identifier. */
function opensNumber(characters: readonly string[], end: number, limit: number): boolean {
  return (
    limit < characters.length && /^[\s"“„«‹「『]*$/u.test(characters.slice(end, limit).join(""))
  );
}

/** "-guns-": dashes around a word are no operator. */
function isBetweenDashes(characters: readonly string[], start: number): boolean {
  let end = start + 1;
  while (end < characters.length && !space.test(characters[end] ?? " ")) {
    end++;
  }
  return end > start + 2 && /[-−]/u.test(characters[end - 1] ?? "");
}

function beginsWord(before: string | undefined): boolean {
  return before === undefined || before === "(" || before === "|" || space.test(before);
}

function readPhrase(
  characters: readonly string[],
  start: number,
  closers: string,
  { unclosed, notices }: Reading,
): QueryToken | Blank {
  for (let end = start + 1; end < characters.length && !unclosed.has(closers); end++) {
    if (!closers.includes(characters[end] ?? " ")) {
      continue;
    }
    const text = characters
      .slice(start + 1, end)
      .join("")
      .trim();
    if (text === "") {
      notices.push(notice("empty_quotes", { start, end: end + 1 }));
      return { kind: "blank", start, end: end + 1 };
    }
    return { kind: "phrase", text, start, end: end + 1 };
  }
  unclosed.add(closers);
  notices.push(notice("unclosed_quote", { start, end: start + 1 }));
  return { kind: "blank", start, end: start + 1 };
}

function readWord(
  characters: readonly string[],
  start: number,
  { limit, isShouted, notices }: Reading,
): QueryToken {
  const field = readField(characters, start, limit, notices);
  if (field !== undefined) {
    return field;
  }
  let end = start;
  let open = 0;
  for (; end < limit; end++) {
    const character = characters[end] ?? " ";
    if (space.test(character) || character === "|") {
      break;
    }
    if (character === "(") {
      open++;
    }
    if (character === ")" && --open < 0) {
      break;
    }
  }
  const text = characters.slice(start, end).join("");
  if (text === "OR" && !isShouted) {
    return { kind: "or", start, end };
  }
  const remark = remarkOn(text, start, isShouted);
  if (remark !== undefined) {
    notices.push(remark);
  }
  return { kind: "word", text: withCarriersApart(text), start, end: Math.max(end, start + 1) };
}

function readField(
  characters: readonly string[],
  start: number,
  limit: number,
  notices: QueryNotice[],
): QueryToken | undefined {
  const head = characters.slice(start, Math.min(limit, start + MAX_FIELD_LENGTH)).join("");
  const name = fieldPattern.exec(head)?.[1];
  if (name === undefined) {
    return undefined;
  }
  const colon = start + [...name].length;
  const field = fieldNamed(name);
  const isSpaced = space.test(characters[colon + 1] ?? " ");
  if (field !== undefined) {
    return { kind: "field", field, text: name, isSpaced, start, end: colon + 1 };
  }
  // "Dune: Messiah", "Re:Zero" and "re:zero" are titles; "autor:borges" was meant as a field.
  const isLast = colon + 1 >= limit || /[\s|)]/u.test(characters[colon + 1] ?? " ");
  if (isLast || !/^[a-z]{3,}$/.test(name)) {
    return undefined;
  }
  const span = { start, end: colon + 1 };
  notices.push(
    numberFields.has(name)
      ? notice("bad_identifier", span, name)
      : notice("unknown_field", span, name, similarFieldName(name)),
  );
  return undefined;
}
