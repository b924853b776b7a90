/**
 * Cuts a query into tokens. Identifiers are found first, so that nothing inside a link or an ISBN is
 * taken for an operator; then signs count as operators only where a word may begin: the hyphen of
 * "catch-22", the quote of 5", the parentheses of "f(x)" are letters like others.
 */
import type { QueryNotice } from "../catalog.ts";
import { type FoundIdentifier, findIdentifiers } from "../identifiers/find-identifiers.ts";
import { findLinks, type PastedLink } from "../identifiers/link-title.ts";
import { linkNotice } from "../notices.ts";
import { withCarriersApart } from "./carrier-phrases.ts";
import { type FieldName, fieldNamed, similarFieldName } from "./fields.ts";
import { isFileName, wordsOfFileName } from "./file-name.ts";
import { remarkOn } from "./foreign-signs.ts";
import { isReference } from "./pasted-text.ts";

export type QueryToken = { start: number; end: number } & (
  | { kind: "word" | "phrase"; text: string }
  | { kind: "open" | "close" | "or" | "minus" }
  /** `isSpaced`: "title: dune" rather than "title:dune". */
  | { kind: "field"; field: FieldName["field"]; text: string; isSpaced: boolean }
  | { kind: "identifier"; identifier: FoundIdentifier }
);

const closingQuotes = new Map([
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

/** Fields that may stand with a space after the colon, as in records: "Title: Dune Author: Herbert". */
const spacedAtStart = new Set(
  "title author by isbn subject series publisher language year".split(" "),
);
/** Of those, the ones that no title is likely to hold: not "A Brief History of Time: …". */
const spacedAnywhere = new Set(["author", "isbn"]);

/** Labels of identifiers, which are found before fields are where they are right. */
const numberFields = new Set(["lccn", "oclc", "asin", "amazon", "goodreads"]);

const space = /\s/u;
/** What may follow a minus sign that excludes. */
const excludable = /[\p{L}\p{N}"“„«‹「『(]/u;
/** A field's name with its colon, and what tells it from a link. */
const MAX_FIELD_LENGTH = 17;
const fieldPattern = /^(\p{L}{2,12}\d{0,2}):(?!\/\/)/u;

/** @param characters code points of the query. @param notices remarks are added to it. */
export function queryTokens(characters: readonly string[], notices: QueryNotice[]): QueryToken[] {
  const text = characters.join("");
  if (isFileName(text)) {
    const words = wordsOfFileName(text);
    return [{ kind: "word", text: words, start: 0, end: characters.length }];
  }
  const identifiers = findIdentifiers(text);
  const isPasted = isReference(text);
  // A query all in capitals shouts its "OR" with the rest: "TRUTH OR DARE".
  const isShouted = !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text.replace(/\bOR\b/g, ""));
  const links = findLinks(text);
  const tokens: QueryToken[] = [];
  const unclosed = new Set<string>();
  let place = 0;
  let nextIdentifier = 0;
  while (place < characters.length) {
    while ((identifiers[nextIdentifier]?.start ?? Number.POSITIVE_INFINITY) < place)
      nextIdentifier++;
    const identifier = identifiers[nextIdentifier];
    const link = links.find(({ start }) => start === place);
    if (link !== undefined && link.text !== "") {
      tokens.push(...linkTokens(link, identifier));
      notices.push(linkNotice(link.text, { start: place, end: link.end }));
      place = link.end;
      continue;
    }
    if (identifier?.start === place) {
      tokens.push({ kind: "identifier", identifier, start: place, end: identifier.end });
      place = identifier.end + closingQuote(characters, place, identifier.end);
      continue;
    }
    const nextLink = links.find(({ start, text: words }) => start > place && words !== "");
    const limit = Math.min(
      identifier?.start ?? characters.length,
      nextLink?.start ?? characters.length,
    );
    const token = readToken(characters, place, {
      limit,
      isShouted,
      isPasted,
      unclosed,
      notices,
    });
    if (token.kind === "field" && token.isSpaced && !maySpace(token.text, tokens)) {
      tokens.push({ ...token, kind: "word", text: `${token.text}:` });
    } else if (token.kind !== "blank") tokens.push(token);
    place = token.end;
  }
  return tokens;
}

/** The number of a book that a link has, and the words of its path. */
function linkTokens(link: PastedLink, identifier: FoundIdentifier | undefined): QueryToken[] {
  const { start, end, text } = link;
  const word: QueryToken = { kind: "word", text, start, end };
  if (identifier === undefined || identifier.start >= end) return [word];
  return [{ kind: "identifier", identifier, start, end }, word];
}

function maySpace(name: string, before: readonly QueryToken[]): boolean {
  const [first] = before;
  const isRecord = first === undefined || (first.kind === "field" && first.isSpaced);
  return (isRecord ? spacedAtStart : spacedAnywhere).has(name.toLowerCase());
}

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

function readToken(
  characters: readonly string[],
  start: number,
  reading: Reading,
): QueryToken | Blank {
  const character = characters[start] ?? "";
  const next = characters[start + 1] ?? "";
  const end = start + 1;
  if (space.test(character)) return { kind: "blank", start, end };
  if (reading.isPasted) return readPlainWord(characters, start, reading.limit);
  if (character === "(") return { kind: "open", start, end };
  if (character === ")") return { kind: "close", start, end };
  if (character === "|") {
    return { kind: characters[start - 1] === "|" ? "blank" : "or", start, end };
  }
  if (/[-−]/u.test(character) && excludable.test(next) && beginsWord(characters[start - 1])) {
    return { kind: "minus", start, end };
  }
  const closers = closingQuotes.get(character);
  // A number in quotation marks is a number.
  if (closers !== undefined && opensNumber(characters, end, reading.limit)) {
    return { kind: "blank", start, end };
  }
  if (closers !== undefined) return readPhrase(characters, start, closers, reading);
  return readWord(characters, start, reading);
}

/** All up to the next space, whatever signs there are. */
function readPlainWord(characters: readonly string[], start: number, limit: number): QueryToken {
  let end = start + 1;
  while (end < limit && !space.test(characters[end] ?? " ")) end++;
  return { kind: "word", text: characters.slice(start, end).join(""), start, end };
}

/** How many characters behind an identifier close the quotation marks that it stands in. */
function closingQuote(characters: readonly string[], start: number, end: number): number {
  const before =
    characters
      .slice(Math.max(0, start - 3), start)
      .join("")
      .trimEnd()
      .at(-1) ?? "";
  const behind = /^\s*["”“»«›」』]/u.exec(characters.slice(end, end + 4).join(""))?.[0] ?? "";
  return closingQuotes.has(before) ? [...behind].length : 0;
}

/** True if only spaces and other quotation marks are between a quotation mark and an identifier. */
function opensNumber(characters: readonly string[], end: number, limit: number): boolean {
  return (
    limit < characters.length && /^[\s"“„«‹「『]*$/u.test(characters.slice(end, limit).join(""))
  );
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
    if (!closers.includes(characters[end] ?? " ")) continue;
    const text = characters
      .slice(start + 1, end)
      .join("")
      .trim();
    if (text === "") {
      notices.push({
        reason: "empty_quotes",
        message: "There is nothing between these quotation marks; they were ignored.",
        span: { start, end: end + 1 },
      });
      return { kind: "blank", start, end: end + 1 };
    }
    return { kind: "phrase", text, start, end: end + 1 };
  }
  unclosed.add(closers);
  notices.push({
    reason: "unclosed_quote",
    message: "This quotation mark has no partner; the words after it were searched one by one.",
    span: { start, end: start + 1 },
  });
  return { kind: "blank", start, end: start + 1 };
}

function readWord(
  characters: readonly string[],
  start: number,
  { limit, isShouted, notices }: Reading,
): QueryToken {
  const field = readField(characters, start, limit, notices);
  if (field !== undefined) return field;
  let end = start;
  let open = 0;
  for (; end < limit; end++) {
    const character = characters[end] ?? " ";
    if (space.test(character) || character === "|") break;
    if (character === "(") open++;
    if (character === ")" && --open < 0) break;
  }
  const text = characters.slice(start, end).join("");
  if (text === "OR" && !isShouted) return { kind: "or", start, end };
  const remark = remarkOn(text, start, isShouted);
  if (remark !== undefined) notices.push(remark);
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
  if (name === undefined) return undefined;
  const colon = start + [...name].length;
  const field = fieldNamed(name);
  const isSpaced = space.test(characters[colon + 1] ?? " ");
  if (field !== undefined) {
    return { kind: "field", field, text: name, isSpaced, start, end: colon + 1 };
  }
  // "Dune: Messiah", "Re:Zero" and "re:zero" are titles; "autor:borges" was meant as a field.
  const isLast = colon + 1 >= limit || /[\s|)]/u.test(characters[colon + 1] ?? " ");
  if (isLast || !/^[a-z]{3,}$/.test(name)) return undefined;
  const similar = similarFieldName(name);
  const span = { start, end: colon + 1 };
  if (numberFields.has(name)) {
    const message = `What follows "${name}:" is no such number; it was searched as words.`;
    notices.push({ reason: "bad_identifier", message, span });
    return undefined;
  }
  notices.push({
    reason: "unknown_field",
    message: `There is no field "${name}:"; it was searched as words.${similar === undefined ? "" : ` Did you mean "${similar}:"?`}`,
    span,
  });
  return undefined;
}
