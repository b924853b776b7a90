/**
 * How well a query fits one title variant of a book, with its authors and series: every criterion of
 * the ranking (rank.ts) that depends on which title is compared.
 */
import type { Candidate, WordRange } from "./candidate.ts";
import { mayBePrefix, type WordMatch } from "./compare-words.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import {
  asksForSet,
  type ContentQuery,
  certaintyOf,
  markedNumberBits,
  readSeries,
  type SeriesReading,
  shortenedTitleBits,
  startBits,
  wholeTitleBits,
} from "./exactness.ts";
import { NOTHING_HELD, readHeld } from "./held-title.ts";
import type { IndexedBook, Title } from "./indexed-book.ts";
import { readNames, wholeNameBits } from "./names.ts";
import { unplaced } from "./place-words.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import type { Criteria, MatchedField, RankedWord, RankedWork } from "./ranked-work.ts";
import { bitsOfLeavingOut, bitsOfMissing, findReplaced, repairReplaced } from "./replaced-word.ts";
import { unreadBits } from "./unread.ts";
import {
  ADDED_ARTICLE_BITS,
  ASKED_SERIES_BITS,
  ASKED_SET_BITS,
  ASKED_TITLE_BITS,
  AUTHOR_WORD_BITS,
  BEGUN_BITS,
  BREAK_BITS,
  MAX_POSITION_BITS,
  NEXT_OF_PART_BITS,
  OTHER_WORD_BITS,
  POSITION_BITS,
  REPLACED_WORD_BITS,
  SERIES_WORD_BITS,
  SET_POPULARITY,
  TITLE_KEY_BITS,
  UNREAD_POPULARITY,
} from "./weights.ts";

export type TitleFit = Omit<RankedWork, "id" | "score" | "title" | "criteria"> & {
  /** See SeriesReading. */
  inOrder: boolean;
  criteria: Omit<Criteria, "popularity" | "demotion">;
};

/** How well the query fits one title variant, its authors and series, by where its words were placed. */
export function judgeTitle(
  query: RankingQuery,
  candidate: Candidate,
  title: Title,
  words: RankedWord[],
): TitleFit {
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
export function judgeByKey(
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
  const costs = wordCosts(query, words);
  const { typos, begun } = costs;
  let { field } = costs;
  const content = contentOf(query, words);
  const isPart = content.words.length < words.length;
  const names = readNames(content.words, book);
  const byAuthor = content.words.filter((word) => word.field === "author").length;
  const allPlaced = content.words.every((word) => word.field !== "none" && word.field !== "other");
  const exactTitle = coverage.exact && allPlaced && byAuthor < content.words.length;
  const exactAuthor = allPlaced && names.whole;
  let exactness = exactAuthor
    ? certaintyOf(-typos) * wholeNameBits(names, book, content.words.length)
    : 0;
  if (exactTitle && begun === 0) {
    exactness =
      wholeTitleBits(content, names, isPart) +
      (typos < 0 ? 0 : unreadBits(content, book, coverage));
  } else if (begun < 0 && !mayBePrefix(query)) {
    exactness = exactTitle ? shortenedTitleBits(content) : 0;
  } else if (begun < 0 && byAuthor === content.words.length && allPlaced && names.familyName) {
    // Beside a whole family name, a word that begins another name is more often one of a title.
    if (names.begun || query.unfinished) {
      exactness = BEGUN_BITS;
    }
  } else if (coverage.fromStart && allPlaced) {
    exactness = startBits(content, { begun: begun < 0, typos: -typos });
    // "the bible" begins many titles that nobody reads.
    if (!query.unfinished && begun === 0) {
      exactness = Math.max(0, exactness + unreadBits(content, book, coverage));
    }
  }
  const isHeld = !allPlaced && begun === 0 && !query.unfinished;
  const held = isHeld ? readHeld(content, names, coverage.exact) : NOTHING_HELD;
  if (held.bits > 0) {
    const unread = held.byAuthor ? 0 : unreadBits(content, book, coverage);
    exactness = Math.max(exactness, certaintyOf(-typos) * held.bits + unread);
  }
  if (query.asks && exactTitle && hasAskingWord(query, words)) {
    exactness += ASKED_TITLE_BITS;
  }
  exactness += markedNumberBits(query, words);
  const series = readSeries(content, book);
  if (series.bits > 0) {
    // One word that is title and series, too, is evidence once.
    const isSameWord = exactTitle && content.words.length === 1 && !query.unfinished;
    exactness = series.inOrder ? series.bits : exactness + (isSameWord ? 0 : series.bits);
    field -= SERIES_WORD_BITS * words.filter((word) => word.field === "series").length;
  }
  // "darkest powers trilogy" is a series, and a title that people read, too.
  const isWhole = exactTitle && !isLaterVolume(series);
  const isOwnTitle = isWhole && query.asksSeries && book.popularity >= UNREAD_POPULARITY;
  const isSet = isOwnTitle && isPart && asksForSet(query) && book.popularity >= SET_POPULARITY;
  if (isOwnTitle && !isPart) {
    exactness = ASKED_SERIES_BITS;
  } else if (isSet) {
    exactness = ASKED_SET_BITS + (hasAskingWord(query, words) ? ASKED_TITLE_BITS : 0);
  }
  return {
    words,
    exactTitle,
    exactAuthor,
    holdsTitle: held.bits > 0,
    inOrder: series.inOrder && !(isWhole && !isPart) && !isSet,
    criteria: {
      words: costs.missing,
      asking: costs.asking,
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

/**
 * The criteria that add up word by word. Words that fit so badly that they more probably belong to the
 * request, or are lacking, are marked so in `words`.
 */
function wordCosts(
  query: RankingQuery,
  words: RankedWord[],
): { missing: number; asking: number; typos: number; begun: number; field: number } {
  let missing = 0;
  let asking = 0;
  let typos = 0;
  let begun = 0;
  let field = 0;
  for (const [index, { field: where, match }] of words.entries()) {
    const word = query.words[index];
    const isInFront = index === 0 && words.length > 1 && !query.unfinished;
    if (where === "none" && isInFront && isArticle(word)) {
      words[index] = { field: "asking", match: undefined };
      asking -= ADDED_ARTICLE_BITS;
      continue;
    }
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
    if (match === undefined) {
      missing -= where === "other" ? 0 : missingBits;
    } else if (match.bits > missingBits) {
      words[index] = { field: "none", match: undefined };
      missing -= missingBits;
    } else if (match.way === "prefix") {
      begun -= match.bits;
    } else {
      typos -= match.bits;
    }
    if (where === "author") {
      field += AUTHOR_WORD_BITS;
    } else if (where === "series") {
      field += SERIES_WORD_BITS;
    } else if (where === "other") {
      field += OTHER_WORD_BITS;
    }
  }
  return { missing, asking, typos, begun, field };
}

/** "Inheritance" is the fourth book of the Inheritance Cycle, not all of it. */
function isLaterVolume({ inOrder, bits }: SeriesReading): boolean {
  return (
    inOrder &&
    bits < ASKED_SERIES_BITS - POSITION_BITS &&
    bits > ASKED_SERIES_BITS - MAX_POSITION_BITS
  );
}

/** True if a word that may speak of the asking more probably does than it stands where it was found. */
function isUnsaid(word: QueryWord, where: MatchedField, match: WordMatch | undefined): boolean {
  if (where === "none" || where === "other") {
    return true;
  }
  return match !== undefined && match.bits > bitsOfLeavingOut(word);
}

/** Of English: "le" and "der" begin names, too. */
function isArticle(word: QueryWord | undefined): boolean {
  return word !== undefined && word.asking === 0 && /^(?:the|an?)$/.test(word.token);
}

/** True if a word that may speak of the asking was found in the title. */
function hasAskingWord(query: RankingQuery, words: readonly RankedWord[]): boolean {
  return words.some(
    ({ field }, index) => field === "title" && (query.words[index]?.asking ?? 0) > 0,
  );
}

/** The query without the words that were taken for words about the asking. */
function contentOf(query: RankingQuery, words: readonly RankedWord[]): ContentQuery {
  if (!words.some(({ field }) => field === "asking")) {
    return { query, words };
  }
  const isContent = (_: unknown, index: number) => words[index]?.field !== "asking";
  return {
    query: { ...query, words: query.words.filter(isContent) },
    words: words.filter(isContent),
  };
}
