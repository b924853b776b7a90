/**
 * Cuts a query into tokens. Identifiers are found first, so that nothing inside a link or an ISBN is
 * taken for an operator; then signs count as operators only where a word may begin: the hyphen of
 * "catch-22", the quote of 5", the parentheses of "f(x)" are letters like others.
 */
import type { QueryNotice } from "../catalog.ts";
import { type FoundIdentifier, findIdentifiers } from "../identifiers/find-identifiers.ts";
import { findLinks, type PastedLink } from "../identifiers/link-title.ts";
import { notice } from "../notices.ts";
import { isFileName, wordsOfFileName } from "./file-name.ts";
import { isReference } from "./pasted-text.ts";
import { closingQuotes, type QueryToken, readToken } from "./read-token.ts";
import { readTaggedRecord } from "./tagged-record.ts";

/** Fields that may stand with a space after the colon, as in records: "Title: Dune Author: Herbert". */
const spacedAtStart = new Set(
  "title author by isbn subject series publisher language year".split(" "),
);
/** Of those, the ones that no title is likely to hold: not "A Brief History of Time: …". */
const spacedAnywhere = new Set(["author", "isbn"]);

/** @param characters code points of the query. @param notices remarks are added to it. */
export function queryTokens(characters: readonly string[], notices: QueryNotice[]): QueryToken[] {
  const text = characters.join("");
  if (isFileName(text)) {
    const words = wordsOfFileName(text);
    return [{ kind: "word", text: words, start: 0, end: characters.length }];
  }
  const identifiers = findIdentifiers(text);
  const record = readTaggedRecord(text);
  if (record !== undefined) {
    const span = { start: 0, end: characters.length };
    notices.push(notice("record_read", span, record));
    return [...numbersOfRecord(identifiers, span), { kind: "word", text: record, ...span }];
  }
  const isPasted = isReference(text);
  // A query all in capitals shouts its "OR" with the rest: "TRUTH OR DARE".
  const isShouted = !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text.replace(/\bOR\b/g, ""));
  const links = findLinks(text);
  const tokens: QueryToken[] = [];
  const unclosed = new Set<string>();
  let place = 0;
  let nextIdentifier = 0;
  while (place < characters.length) {
    while ((identifiers[nextIdentifier]?.start ?? Number.POSITIVE_INFINITY) < place) {
      nextIdentifier++;
    }
    const identifier = identifiers[nextIdentifier];
    const link = links.find(({ start }) => start === place);
    if (link !== undefined && link.text !== "") {
      tokens.push(...linkTokens(link, identifier));
      notices.push(notice("link_read", { start: place, end: link.end }, link.text));
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
    } else if (token.kind !== "blank") {
      tokens.push(token);
    }
    place = token.end;
  }
  return tokens;
}

/** The ISBNs of a record; where one is known, the book is certain. */
function numbersOfRecord(
  identifiers: readonly FoundIdentifier[],
  span: { start: number; end: number },
): QueryToken[] {
  return identifiers
    .filter(({ type, valid }) => type === "isbn13" && valid)
    .map((identifier) => ({ kind: "identifier", identifier, ...span }));
}

/** The number of a book that a link has, and the words of its path. */
function linkTokens(link: PastedLink, identifier: FoundIdentifier | undefined): QueryToken[] {
  const { start, end, text } = link;
  const word: QueryToken = { kind: "word", text, start, end };
  if (identifier === undefined || identifier.start >= end) {
    return [word];
  }
  return [{ kind: "identifier", identifier, start, end }, word];
}

function maySpace(name: string, before: readonly QueryToken[]): boolean {
  const [first] = before;
  const isRecord = first === undefined || (first.kind === "field" && first.isSpaced);
  return (isRecord ? spacedAtStart : spacedAnywhere).has(name.toLowerCase());
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
