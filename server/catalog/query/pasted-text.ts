/**
 * Text that was pasted rather than typed: a citation, a heading of a library, a file's name, a link.
 *
 *     Herbert, Frank. | Dune. | Philadelphia: | Chilton Books, 1965. | Print.
 *     CAMUS Albert, | L'Étranger, | Paris, | Gallimard, | 1942.
 *     Frank Herbert - | Dune | (1965) | [retail]
 *
 * The signs between its words say where a title or a name may begin and end. What else it holds is true
 * of some edition (a publisher, a place, a year), but says little of which book is meant.
 */
import { findLinks } from "../identifiers/link-title.ts";
import { foldTokens, foldWithSpans } from "../text/fold.ts";
import { askingWord } from "./asking-words.ts";
import { isFileName } from "./file-name.ts";
import { readTaggedRecord } from "./tagged-record.ts";

/** Longer text tells of a book in sentences. */
const MAX_REFERENCE_LENGTH = 400;
const MAX_WORDS_OF_PART = 4.5;
/** "Amazon.com: Books", "Goodreads". */
const MAX_SITE_WORDS = 4;
/** Signs after a reference's parts, at least; fewer where the year stands in parentheses. */
const LEAST_SIGNS = 4;
const LEAST_SIGNS_WITH_YEAR = 2;

/** Signs that end a part wherever they stand. */
const ends = /[;:()[\]{}|/"“”«»『』「」《》〈〉【】（）：；。，]|\s[-–—=]+\s/u;
/** "Herbert, Frank, 1920-1986", "Austen, Jane.", "Orwell, G., 1949." */
const heading = /^\s*\p{Lu}[\p{L}'’-]+, ?\p{Lu}[\p{L}.'’ -]*[.,(:]/u;
const year = /(?<![0-9])(?:1[4-9]|20)[0-9]{2}(?![0-9])/;
/** "(1949)", "(New York: Viking, 1939)". */
const yearInParentheses = /[(（](?:[^()]{2,60}[ ,])?(?:1[4-9]|20)[0-9]{2}[a-z]?[)）]/;
/** "360 pp.", "409p", "$24.95": of an edition, as a year is. */
const pagesOrPrice = /(?<![\p{L}\p{N}])(?:\d{2,4} ?(?:pp?|pages|pgs|S|с|стр)\b|[$£€] ?\d)/u;
/** A record that says of its parts what they are is read as fields. */
const record = /^\s*(?:title|author|by|isbn|subject|series|publisher|language|year)\s*:/i;

/** "year:1965", "a OR b", "-c": a query, whatever years it has. */
const operators =
  /(?:^|[\s(-])\p{L}{2,12}\d{0,2}:(?=[^\s/])|\sOR\s|\||(?:^|\s)[-−][\p{L}\p{N}"“(]/u;

/** "The Sweetness at the Bottom of the Pie by Alan Bradley | Waterstones": a page's title. */
function isPageTitle(text: string): boolean {
  const [site = "", ...before] = text.split(/\s[|•·]\s/).reverse();
  const tokens = foldTokens(site);
  return (
    before.length > 0 &&
    tokens.length > 0 &&
    tokens.length <= MAX_SITE_WORDS &&
    tokens.every((token) => askingWord(token) !== undefined)
  );
}

/** True for a citation or a heading, whose quotation marks and brackets are no operators. */
export function isReference(text: string): boolean {
  if (text.length > MAX_REFERENCE_LENGTH || record.test(text)) {
    return false;
  }
  if (isPageTitle(text)) {
    return true;
  }
  if (operators.test(text)) {
    return false;
  }
  const signs =
    text.match(/[;:()[\]『』《》（）：；。，]|(?<=\p{L}{2}|\d|["”»])[.,](?=\s|$)|[.,]["”»]/gu)
      ?.length ?? 0;
  const words = text.split(/\s+/).length;
  if (words > MAX_WORDS_OF_PART * (signs + 1)) {
    return false;
  }
  if (heading.test(text)) {
    return signs >= 2;
  }
  return (
    (year.test(text) || pagesOrPrice.test(text)) &&
    (yearInParentheses.test(text) ? signs >= LEAST_SIGNS_WITH_YEAR : signs >= LEAST_SIGNS)
  );
}

/**
 * For each folded word of a text the number of the part it stands in; undefined if nothing says that the
 * text was pasted.
 * @param text of the query's words.
 * @param query all that was pasted.
 */
export function readPastedParts(text: string, query: string): number[] | undefined {
  const isPasted = isReference(query) || isFileName(query) || findLinks(query).length > 0;
  if (!isPasted && readTaggedRecord(query) === undefined) {
    return undefined;
  }
  const parts = partsOf(text, false);
  const isByCommas = (parts.at(-1) ?? 0) < 2 && /,[^,]*,/.test(text);
  return isByCommas ? partsOf(text, true) : parts;
}

/** @param byCommas whether a comma ends a part, too, as in "CAMUS Albert, L'Étranger, Paris". */
function partsOf(text: string, byCommas: boolean): number[] {
  const characters = [...text];
  const parts: number[] = [];
  let part = 0;
  let before: { start: number; end: number } | undefined;
  for (const span of foldWithSpans(text)) {
    if (before !== undefined && span.start >= before.end) {
      const between = characters.slice(before.end, span.start).join("");
      const isInitial = before.end - before.start === 1;
      const isEnd = ends.test(between) || (/\.\s/.test(between) && !isInitial);
      if (isEnd || (byCommas && between.includes(","))) {
        part += 1;
      }
    }
    parts.push(part);
    before = span;
  }
  return parts;
}
