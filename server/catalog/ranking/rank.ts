/**
 * The one ranking function. It asks how probable it is that a reader who meant this book would have
 * typed this query, and how probable it is that anybody means this book at all; both in bits (log2),
 * so that evidence adds up and a bit means the same everywhere. The criteria, strongest first, are
 * those of the best engines (Algolia, Meilisearch, Typesense); what differs is that none of them is
 * absolute: a book a thousand times more read may overcome one typo, never an exact title with its
 * author.
 *
 *     words       every word of the query that the book lacks costs what the word says
 *     asking      words that probably speak of the asking cost next to nothing
 *     typos       every difference of spelling costs what such a slip is improbable
 *     begun       a last word that is only the beginning of the book's word
 *     exactness   a whole title, or a whole name, is rarely typed by chance; with both, it is certain
 *     coverage    words of the title that were not typed
 *     order       words typed in another order or apart
 *     field       words found only in a series, a subject or a publisher
 *     popularity  how many read it, damped by the logarithm
 */
import type { Candidate } from "./candidate.ts";
import type { WordMatcher } from "./match-words.ts";
import { isAsTyped, otherTitleBits } from "./other-titles.ts";
import { matchElsewhere, placeWords } from "./place-words.ts";
import type { RankingQuery } from "./query-words.ts";
import type { RankedWord, RankedWork } from "./ranked-work.ts";
import { judgeByKey, judgeTitle, type TitleFit } from "./title-fit.ts";
import {
  DEMOTION_BITS,
  MAX_FUZZY_TITLES,
  MAX_TITLES,
  POPULARITY_IN_ORDER,
  POPULARITY_WEIGHT,
} from "./weights.ts";

export type RankingOptions = {
  /** False to measure what popularity contributes. */
  popularity: boolean;
};

/**
 * Where one candidate stands.
 * @param matcher of the same query; pass it again to rank more candidates faster.
 */
export function rankCandidate(
  query: RankingQuery,
  candidate: Candidate,
  options: RankingOptions,
  matcher: WordMatcher,
): RankedWork {
  const { book } = candidate;
  const elsewhere = matchElsewhere(query, book, matcher);
  const popularity = options.popularity ? POPULARITY_WEIGHT * book.popularity : 0;
  const demotion = book.demoted ? DEMOTION_BITS : 0;
  let best: RankedWork | undefined;
  const consider = (title: number, judged: TitleFit): void => {
    const { criteria } = judged;
    const field = criteria.field + otherTitleBits(title, judged);
    // Beginnings in other titles say nothing if the work's own names have the words whole.
    if (title > 0 && criteria.begun < 0 && best?.title === 0 && isAsTyped(best)) {
      return;
    }
    const readers = judged.inOrder ? popularity * POPULARITY_IN_ORDER : popularity;
    const score =
      criteria.words +
      criteria.asking +
      criteria.typos +
      criteria.begun +
      criteria.exactness +
      criteria.coverage +
      criteria.order +
      field +
      readers +
      demotion;
    if (best === undefined || score > best.score) {
      const all = { ...criteria, field, popularity: readers, demotion };
      best = { ...judged, id: book.id, title, criteria: all, score };
    }
  };
  for (const index of promisingTitles(query, book.titleLines)) {
    const title = book.title(index);
    const placed = placeWords(query, candidate, title, elsewhere, matcher, false);
    const hasAsking = query.asks && placed.some(isAskingIn(query));
    consider(index, judgeTitle(query, candidate, title, placed));
    // "looking for [the] book the reader": words about the asking may stand in the title by accident.
    if (hasAsking) {
      const others = placeWords(query, candidate, title, elsewhere, matcher, true);
      consider(index, judgeTitle(query, candidate, title, others));
    }
  }
  // Zeros in front are part of a name, not of a number: "007" is no "Seven".
  const hasZeros = query.words.some(({ token }) => /^0[0-9]/.test(token));
  if (candidate.titleKeyRange !== undefined && query.asTyped && !hasZeros) {
    consider(0, judgeByKey(query, candidate, candidate.titleKeyRange, elsewhere));
  }
  if (best === undefined) {
    throw new Error(`work ${book.id} has no title variant`);
  }
  return best;
}

/** True for a word that may speak of the asking and has a place: without it the others may be elsewhere. */
function isAskingIn({
  words,
  isFuzzy,
}: RankingQuery): (placed: RankedWord, index: number) => boolean {
  // A word that stands in a topic only is left out in any case, if none in its place is looked for.
  return ({ field }, index) =>
    (words[index]?.asking ?? 0) > 0 && field !== "none" && (isFuzzy || field !== "other");
}

/**
 * Indexes of the title variants worth judging: the work's own, and of the others those that hold
 * most of the query's letters as typed. Misspelt words are in none, so then a word less will do.
 */
function promisingTitles(query: RankingQuery, lines: readonly string[]): number[] {
  if (lines.length === 1) {
    return [0];
  }
  const counts: number[] = [];
  let most = 0;
  for (const line of lines) {
    let count = 0;
    for (const word of query.words) {
      if (line.includes(word.token)) {
        count += 1;
      }
    }
    counts.push(count);
    most = Math.max(most, count);
  }
  const least = most - (query.isFuzzy ? 1 : 0);
  const limit = query.isFuzzy ? MAX_FUZZY_TITLES : MAX_TITLES;
  const chosen = [0];
  for (let index = 1; index < lines.length && chosen.length < limit; index++) {
    if ((counts[index] ?? 0) >= least) {
      chosen.push(index);
    }
  }
  return chosen;
}
