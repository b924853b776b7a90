/**
 * A whole title among words that the book lacks: "alexa play [the last battle] by [c.s. lewis]",
 * "[Salt to the Sea] - 03 - Track 03". Nobody knows every word that people put around a title, but
 * words side by side rarely are a whole title by chance, and still more rarely with its author.
 */
import type { ContentQuery } from "./exactness.ts";
import type { NameReading } from "./names.ts";
import type { MatchedField, RankedWord } from "./ranked-work.ts";
import {
  EXACT_AUTHOR_BITS,
  HELD_TITLE_AND_AUTHOR_BITS,
  HELD_TITLE_BITS,
  HELD_TITLE_INFORMATION,
  HELD_TITLE_SHARE,
  MIN_NAME_INFORMATION,
} from "./weights.ts";

export type HeldTitle = {
  /** 0 if the query holds no whole title or name. */
  bits: number;
  /** Its author's family name stands beside it. */
  byAuthor: boolean;
};

const LEAST_TITLE_WORDS = 2;
const LEAST_WORD_INFORMATION = 4;

export const NOTHING_HELD: HeldTitle = { bits: 0, byAuthor: false };

/**
 * What it says for a book that its title, or an author's whole name, is a part of the query.
 * @param isTitle all of the title was typed.
 */
export function readHeld(content: ContentQuery, names: NameReading, isTitle: boolean): HeldTitle {
  const { words } = content;
  const ofTitle = informationOf(content, "title");
  const ofAuthor = informationOf(content, "author");
  const lacking = informationOf(content, "none") + informationOf(content, "other");
  const isMuch = (held: number) =>
    held >= HELD_TITLE_INFORMATION && held >= HELD_TITLE_SHARE * (held + lacking);
  const hasTopics = words.some(({ field }) => field === "other");
  if (ofTitle === 0 && !hasTopics && names.full && isMuch(ofAuthor)) {
    return { bits: EXACT_AUTHOR_BITS, byAuthor: true };
  }
  const byAuthor = names.familyName && !names.begun && ofAuthor >= MIN_NAME_INFORMATION;
  if (!isTitle || !isUnbroken(words) || !isMuch(ofTitle + (byAuthor ? ofAuthor : 0))) {
    return NOTHING_HELD;
  }
  // One word may be in any book: "smith sentry" is no request for "The Sentry".
  if (!byAuthor && tellingWords(content) < LEAST_TITLE_WORDS) {
    return NOTHING_HELD;
  }
  return { bits: byAuthor ? HELD_TITLE_AND_AUTHOR_BITS : HELD_TITLE_BITS, byAuthor };
}

function informationOf({ query, words }: ContentQuery, field: MatchedField): number {
  return words.reduce(
    (sum, word, index) =>
      word.field === field ? sum + (query.words[index]?.information ?? 0) : sum,
    0,
  );
}

function tellingWords({ query, words }: ContentQuery): number {
  return words.filter(
    ({ field }, index) =>
      field === "title" && (query.words[index]?.information ?? 0) >= LEAST_WORD_INFORMATION,
  ).length;
}

/** True if the title's words stand side by side in the query. */
function isUnbroken(words: readonly RankedWord[]): boolean {
  const first = words.findIndex(({ field }) => field === "title");
  const last = words.findLastIndex(({ field }) => field === "title");
  return first >= 0 && words.slice(first, last + 1).every(({ field }) => field === "title");
}
