/** What each word of a query is beside a word: about the asking, a number, a part of a pasted text. */

import { isNumberMarker } from "#server/catalog/query/asking-words.ts";
import { readAsking } from "#server/catalog/query/read-asking.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { doubtfulNumbers } from "#server/catalog/text/number-lexicon.ts";
import { numberValue } from "#server/catalog/text/number-value.ts";
import type { Plan } from "./plan.ts";
import type { PlannedWord } from "./plan-builder.ts";

/** A word that more probably speaks of the asking is no reason to leave a book out. */
const LEAST_ASKING = 0.5;

/** True for a word that more probably speaks of the book than of the asking. */
export function isContentWord({ asking }: Pick<QueryWord, "asking">): boolean {
  return asking < LEAST_ASKING;
}

export type ReadPlan = Pick<Plan, "words" | "phrases" | "conjunctive" | "pastedParts">;

export type WordProperties = Pick<QueryWord, "asking" | "role" | "quoted" | "part" | "number">;

/** For each word of a plan what it is; `unfinished`: the last one is still being typed. */
export function readWordProperties(
  { words, phrases, conjunctive, pastedParts }: ReadPlan,
  unfinished: boolean,
): WordProperties[] {
  // What stands between quotation marks is of the book.
  const isQuoted = ({ span }: PlannedWord) =>
    phrases.some((phrase) => phrase.span.start <= span.start && span.end <= phrase.span.end);
  const tokens = words.map((word) => (isQuoted(word) ? "" : word.token));
  const mayAsk = conjunctive && words.every(({ field }) => field === undefined);
  const asking = mayAsk ? readAsking(tokens, unfinished) : undefined;
  return words.map((word, index) => {
    const { token } = word;
    const number = numberAt(words, index);
    return {
      asking: Math.max(
        asking?.probabilities[index] ?? 0,
        pastedParts === undefined ? 0 : inPastedText(token),
        number === 1 && mayAsk && index > 0 && index >= words.length - 2 ? FIRST_PROBABILITY : 0,
      ),
      role: asking?.roles[index],
      // Pairs of characters are no words that somebody meant one by one.
      quoted: isQuoted(word) && /^[a-z0-9]+$/.test(token),
      part: pastedParts?.[index],
      number,
    };
  });
}

/** "twilight 1", "dune book one": the first or only book has no number in most catalogues. */
const FIRST_PROBABILITY = 0.5;

/** A word of a pasted text may be of a publisher, a place or an edition, and some nearly always are. */
const PASTED_PROBABILITY = 0.05;
const PASTED_YEAR_PROBABILITY = 0.6;
const PASTED_FORM_PROBABILITY = 0.9;
const formWords = new Set(
  (
    "print web ed eds edn edition press publisher publishers publishing verlag editions pp isbn retail " +
    "accessed archive org trans translated doi inc ltd epub pdf mobi azw3 ebook kindle calibre libgen zlib"
  ).split(" "),
);

function inPastedText(token: string): number {
  if (formWords.has(token)) {
    return PASTED_FORM_PROBABILITY;
  }
  return /^(?:1[4-9]|20)[0-9]{2}$/.test(token) ? PASTED_YEAR_PROBABILITY : PASTED_PROBABILITY;
}

/**
 * The number that a word of a query is. A letter alone ("i", "v") is one at the end or behind "part", and
 * so are words that are more often something else ("once", "elf").
 */
function numberAt(words: readonly PlannedWord[], index: number): number | undefined {
  const token = words[index]?.token ?? "";
  const isLetter = token.length === 1 && !/[0-9]/.test(token);
  const isMarked = isNumberMarker(words[index - 1]?.token ?? "");
  const isLast = index > 0 && index === words.length - 1;
  if (isLetter && !isMarked && !isLast) {
    return undefined;
  }
  if (doubtfulNumbers.has(token) && !isMarked) {
    return undefined;
  }
  return numberValue(token);
}
