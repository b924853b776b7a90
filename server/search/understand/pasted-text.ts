/**
 * Text that was pasted rather than typed: a citation, a file's name, a link, a heading of a library.
 *
 *     Herbert, Frank. | Dune. | Philadelphia: | Chilton Books, | 1965. | Print.
 *     Frank Herbert - | Dune | (1965) | .epub
 *
 * The signs between its words say where a title or a name may begin and end. What else it holds is true
 * of some edition (a publisher, a place, a year), but says little of which book is meant.
 */
import { foldWithSpans } from "#server/catalog/text/fold.ts";

/** Fewer parts may be a title with its subtitle, or a title and a name. */
const LEAST_PARTS = 3;

/** Longer text tells of a book in sentences. */
const MAX_REFERENCE_WORDS = 28;
const MAX_WORDS_OF_PART = 4;

/** Signs that end a part wherever they stand. */
const ends = /[;:()[\]{}|/"“”«»]|\s[-–—=]+\s|_-_/u;
/** A file of a text, or of a reading of one. */
const fileName =
  /\.(?:epub|pdf|mobi|azw3?|kfx|djvu|fb2|txt|rtf|docx?|lit|cb[rz]|m4b|mp3|zip|rar)\s*$/i;
const link = /^\s*(?:https?:\/\/|www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)+\/)\S+\s*$/i;
/** "Herbert, Frank, 1920-1986", "Austen, Jane." */
const heading = /^\s*\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}.'’ -]*[.,(]/u;
const yearInParentheses = /\((?:1[4-9]|20)[0-9]{2}[a-z]?\)/;

/**
 * For each folded word of a text the number of the part it stands in; undefined if nothing says that the
 * text was pasted.
 * @param text of the query's words.
 * @param query all that was pasted.
 */
export function readPastedParts(text: string, query: string): number[] | undefined {
  const spans = foldWithSpans(text);
  const characters = [...text];
  const parts: number[] = [];
  let part = 0;
  let commas = 0;
  let before: { start: number; end: number } | undefined;
  for (const span of spans) {
    if (before !== undefined && span.start >= before.end) {
      const between = characters.slice(before.end, span.start).join("");
      const isInitial = before.end - before.start === 1;
      if (ends.test(between) || (/\.\s/.test(between) && !isInitial)) part += 1;
      else if (/,/.test(between)) commas += 1;
    }
    parts.push(part);
    before = span;
  }
  const isReference = heading.test(query) || yearInParentheses.test(query);
  const isShort =
    spans.length <= MAX_REFERENCE_WORDS && spans.length <= MAX_WORDS_OF_PART * (part + commas + 1);
  const isPasted =
    fileName.test(query) ||
    link.test(query) ||
    (isShort && part + 1 >= LEAST_PARTS && (isReference || commas > 0)) ||
    (isShort && isReference && part >= 1);
  return isPasted ? parts : undefined;
}
