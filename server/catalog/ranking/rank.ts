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
import type { Candidate, WordRange } from "./candidate.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import {
  type ContentQuery,
  certaintyOf,
  readSeries,
  startBits,
  wholeTitleBits,
} from "./exactness.ts";
import type { IndexedBook, Title } from "./indexed-book.ts";
import { mayBePrefix, type WordMatch, type WordMatcher } from "./match-words.ts";
import { type NameReading, readNames } from "./names.ts";
import { isAsTyped, otherTitleBits } from "./other-titles.ts";
import { matchElsewhere, placeWords, unplaced } from "./place-words.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import type { Criteria, MatchedField, RankedWord, RankedWork } from "./ranked-work.ts";
import { bitsOfLeavingOut, bitsOfMissing, findReplaced, repairReplaced } from "./replaced-word.ts";
import {
  ASKED_SERIES_BITS,
  ASKED_TITLE_BITS,
  AUTHOR_WORD_BITS,
  BEGUN_BITS,
  BREAK_BITS,
  DEMOTION_BITS,
  EXACT_AUTHOR_BITS,
  FAMILY_NAME_ALONE_BITS,
  MAX_FUZZY_TITLES,
  MAX_TITLES,
  NEXT_OF_PART_BITS,
  OTHER_FAMILY_NAME_BITS,
  OTHER_WORD_BITS,
  POPULARITY_IN_ORDER,
  POPULARITY_WEIGHT,
  REPLACED_WORD_BITS,
  SERIES_WORD_BITS,
  SHORT_TITLE_WORDS,
  TITLE_KEY_BITS,
  UNREAD_POPULARITY,
  UNREAD_TITLE_BITS,
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
    if (title > 0 && criteria.begun < 0 && best?.title === 0 && isAsTyped(best)) return;
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
    consider(index, judgeTitle(query, candidate, title, elsewhere, matcher, false));
    // "looking for [the] book the reader": words about the asking may stand in the title by accident.
    if (query.asks) consider(index, judgeTitle(query, candidate, title, elsewhere, matcher, true));
  }
  // Zeros in front are part of a name, not of a number: "007" is no "Seven".
  const hasZeros = query.words.some(({ token }) => /^0[0-9]/.test(token));
  if (candidate.titleKeyRange !== undefined && query.asTyped && !hasZeros) {
    consider(0, judgeByKey(query, candidate, candidate.titleKeyRange, elsewhere));
  }
  if (best === undefined) throw new Error(`work ${book.id} has no title variant`);
  return best;
}

type TitleFit = Omit<RankedWork, "id" | "score" | "title" | "criteria"> & {
  /** See SeriesReading. */
  inOrder: boolean;
  criteria: Omit<Criteria, "popularity" | "demotion">;
};

/** How well the query fits one title variant, its authors and series. */
function judgeTitle(
  query: RankingQuery,
  candidate: Candidate,
  title: Title,
  elsewhere: readonly RankedWord[],
  matcher: WordMatcher,
  leavesOut: boolean,
): TitleFit {
  const words = placeWords(query, candidate, title, elsewhere, matcher, leavesOut);
  const replaced = query.isFuzzy ? findReplaced(title, words) : undefined;
  const match = replaced === undefined ? undefined : repairReplaced(query, title, replaced);
  if (match !== undefined && replaced !== undefined) {
    words[replaced.index] = { field: "title", match };
  }
  const judged = judge(query, candidate.book, words, coverageOf(title, words));
  if (replaced !== undefined && match === undefined) {
    judged.criteria.exactness += REPLACED_WORD_BITS;
  }
  return judged;
}

/** As `judgeTitle`, where the index knows that some words are a title, but not word by word. */
function judgeByKey(
  query: RankingQuery,
  candidate: Candidate,
  range: WordRange,
  elsewhere: readonly RankedWord[],
): TitleFit {
  const words = query.words.map((word, index): RankedWord => {
    if (index >= range.start && index < range.end) {
      return {
        field: "title",
        match: { way: "words", bits: 0, word: word.token, position: -1, length: 1 },
      };
    }
    const other = elsewhere[index];
    return other?.match === undefined ? unplaced(query, index, candidate) : other;
  });
  return judge(query, candidate.book, words, {
    bits: TITLE_KEY_BITS,
    exact: true,
    fromStart: true,
    breaks: 0,
  });
}

function judge(
  query: RankingQuery,
  book: IndexedBook,
  words: RankedWord[],
  coverage: Coverage,
): TitleFit {
  let missing = 0;
  let asking = 0;
  let typos = 0;
  let begun = 0;
  let field = 0;
  for (const [index, { field: where, match }] of words.entries()) {
    const word = query.words[index];
    if (word !== undefined && word.asking > 0 && isUnsaid(word, where, match)) {
      words[index] = { field: "asking", match: undefined };
      const before = query.words[index - 1];
      const goesOn =
        word.part !== undefined &&
        before?.part === word.part &&
        words[index - 1]?.field === "asking";
      // Parts of a pasted text are left out whole: a publisher's second word says no more.
      asking -= goesOn
        ? Math.min(NEXT_OF_PART_BITS, bitsOfLeavingOut(word))
        : bitsOfLeavingOut(word);
      continue;
    }
    const missingBits = bitsOfMissing(word?.information ?? 0);
    if (match === undefined) missing -= where === "other" ? 0 : missingBits;
    else if (match.bits > missingBits) {
      words[index] = { field: "none", match: undefined };
      missing -= missingBits;
    } else if (match.way === "prefix") begun -= match.bits;
    else typos -= match.bits;
    if (where === "author") field += AUTHOR_WORD_BITS;
    else if (where === "series") field += SERIES_WORD_BITS;
    else if (where === "other") field += OTHER_WORD_BITS;
  }
  const content = contentOf(query, words);
  const isPart = content.words.length < words.length;
  const names = readNames(content.words, book);
  const byAuthor = content.words.filter((word) => word.field === "author").length;
  const allPlaced = content.words.every((word) => word.field !== "none" && word.field !== "other");
  const exactTitle = coverage.exact && allPlaced && byAuthor < content.words.length;
  const exactAuthor = allPlaced && names.whole;
  let exactness = exactAuthor ? certaintyOf(-typos) * wholeNameBits(names, book) : 0;
  if (exactTitle && begun === 0) {
    exactness =
      wholeTitleBits(content, names, isPart) + (typos < 0 ? 0 : unreadBits(content, book));
  } else if (begun < 0 && !mayBePrefix(query)) exactness = 0;
  else if (begun < 0 && byAuthor === content.words.length && allPlaced && names.familyName) {
    // Beside a whole family name, a word that begins another name is more often one of a title.
    if (names.begun || query.unfinished) exactness = BEGUN_BITS;
  } else if (coverage.fromStart && allPlaced) {
    exactness = startBits(content, { begun: begun < 0, typos: -typos });
  }
  if (query.asks && exactTitle && hasAskingWord(query, words)) exactness += ASKED_TITLE_BITS;
  const series = readSeries(content, book);
  if (series.bits > 0) {
    exactness = series.inOrder ? series.bits : exactness + series.bits;
    field -= SERIES_WORD_BITS * words.filter((word) => word.field === "series").length;
  }
  // "darkest powers trilogy" is a series, and a title that people read, too.
  const isOwnTitle = exactTitle && !isPart && book.popularity >= UNREAD_POPULARITY;
  if (isOwnTitle && query.asksSeries) exactness = ASKED_SERIES_BITS;
  return {
    words,
    exactTitle,
    exactAuthor,
    inOrder: series.inOrder && !(exactTitle && !isPart),
    criteria: {
      words: missing,
      asking,
      typos,
      begun,
      exactness,
      // Of an author's books, the length of a title says nothing.
      coverage: byAuthor === content.words.length || series.inOrder ? 0 : coverage.bits,
      order: series.inOrder ? 0 : coverage.breaks * BREAK_BITS,
      field: field + names.bits,
    },
  };
}

function wholeNameBits({ familyAlone, isFirst }: NameReading, book: IndexedBook): number {
  if (!familyAlone) return EXACT_AUTHOR_BITS;
  const unread = book.popularity < UNREAD_POPULARITY ? UNREAD_TITLE_BITS : 0;
  return unread + (isFirst ? FAMILY_NAME_ALONE_BITS : OTHER_FAMILY_NAME_BITS);
}

/** At most 0: a short title that nobody reads is less often meant than a part of a famous one. */
function unreadBits({ words }: ContentQuery, { popularity }: IndexedBook): number {
  if (words.length > SHORT_TITLE_WORDS || popularity >= UNREAD_POPULARITY) return 0;
  return UNREAD_TITLE_BITS;
}

/** True if a word that may speak of the asking more probably does than it stands where it was found. */
function isUnsaid(word: QueryWord, where: MatchedField, match: WordMatch | undefined): boolean {
  if (where === "none" || where === "other") return true;
  return match !== undefined && match.bits > bitsOfLeavingOut(word);
}

/** True if a word that may speak of the asking was found in the title. */
function hasAskingWord(query: RankingQuery, words: readonly RankedWord[]): boolean {
  return words.some(
    ({ field }, index) => field === "title" && (query.words[index]?.asking ?? 0) > 0,
  );
}

/** The query without the words that were taken for words about the asking. */
function contentOf(query: RankingQuery, words: readonly RankedWord[]): ContentQuery {
  if (!words.some(({ field }) => field === "asking")) return { query, words };
  const isContent = (_: unknown, index: number) => words[index]?.field !== "asking";
  return {
    query: { ...query, words: query.words.filter(isContent) },
    words: words.filter(isContent),
  };
}

/**
 * Indexes of the title variants worth judging: the work's own, and of the others those that hold
 * most of the query's letters as typed. Misspelt words are in none, so then a word less will do.
 */
function promisingTitles(query: RankingQuery, lines: readonly string[]): number[] {
  if (lines.length === 1) return [0];
  const counts = lines.map((line) => {
    let count = 0;
    for (const word of query.words) if (line.includes(word.token)) count += 1;
    return count;
  });
  const least = Math.max(...counts) - (query.isFuzzy ? 1 : 0);
  const limit = query.isFuzzy ? MAX_FUZZY_TITLES : MAX_TITLES;
  const chosen = [0];
  for (let index = 1; index < lines.length && chosen.length < limit; index++) {
    if ((counts[index] ?? 0) >= least) chosen.push(index);
  }
  return chosen;
}
