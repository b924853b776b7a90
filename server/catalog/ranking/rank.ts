/**
 * The one ranking function. It asks how probable it is that a reader who meant this book would have
 * typed this query, and how probable it is that anybody means this book at all; both in bits (log2),
 * so that evidence adds up and a bit means the same everywhere. The criteria, strongest first, are
 * those of the best engines (Algolia, Meilisearch, Typesense); what differs is that none of them is
 * absolute: a book a thousand times more read may overcome one typo, never an exact title with its
 * author.
 *
 *     words       every word of the query that the book lacks costs what the word says
 *     typos       every difference of spelling costs what such a slip is improbable
 *     begun       a last word that is only the beginning of the book's word
 *     exactness   a whole title, or a whole name, is rarely typed by chance; with both, it is certain
 *     coverage    words of the title that were not typed
 *     order       words typed in another order or apart
 *     field       words found only in a series, a subject or a publisher
 *     popularity  how many read it, damped by the logarithm
 */
import type { AuthorNames, Candidate, Title } from "./candidate.ts";
import { type WordMatch, WordMatcher } from "./match-words.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";

export type MatchedField = "title" | "author" | "series" | "other" | "none";

export type RankedWord = { field: MatchedField; match: WordMatch | undefined };

export type Ranked = {
  id: number;
  /** The sum of the criteria; higher is better. */
  score: number;
  criteria: Criteria;
  /** For each word of the query. */
  words: RankedWord[];
  /** Index of the title variant that matches best. */
  title: number;
  exactTitle: boolean;
  exactAuthor: boolean;
};

/** In bits; costs are negative. */
export type Criteria = {
  words: number;
  typos: number;
  begun: number;
  exactness: number;
  coverage: number;
  order: number;
  field: number;
  popularity: number;
  demotion: number;
};

export type RankingOptions = {
  /** False to measure what popularity contributes. */
  popularity: boolean;
};

/** Popularity is a sum of natural logarithms already (server/import/popularity.ts); a nat is 1.44 bits. */
const POPULARITY_WEIGHT = 0.9;
const DEMOTION_BITS = -4;

const MISSING_BITS = 4;
const MISSING_INFORMATION_WEIGHT = 0.9;

const EXACT_TITLE_BITS = 8;
const EXACT_AUTHOR_BITS = 8;
/** More than any popularity is worth. */
const EXACT_TITLE_AND_AUTHOR_BITS = 24;
const TITLE_START_BITS = 5;
/** A name misspelt by more is perhaps another name. */
const MAX_TYPOS_IN_EXACT_AUTHOR = 8;
/** "of" and "the" in the name of an institution are no author. */
const MIN_NAME_INFORMATION = 5;
const NUMBER_IN_SERIES_BITS = 6;

/** Which words of a title somebody types is a choice among as many: a bit for each doubling. */
const UNTYPED_BITS = -1;
const SUBTITLE_WORD_WEIGHT = 0.15;
const SMALL_WORD_WEIGHT = 0.3;

/** A title without its article or subtitle, with its numbers in other words. */
const TITLE_KEY_BITS = -1.5;

const BREAK_BITS = -1.5;
const MAX_BREAKS = 5;

const AUTHOR_WORD_BITS = -0.2;
/** Nobody types parts of several names and nothing of the title. */
const SEVERAL_NAMES_BITS = -3;
const SERIES_WORD_BITS = -1;
const OTHER_WORD_BITS = -5;

/** Words that titles are often quoted without. */
const smallWords = new Set(
  "a an and by das de der des die el en et for from in la las le les los of on the to und with".split(
    " ",
  ),
);

/**
 * Ranks candidates, best first; equals by popularity, which is the order of ids.
 * @param matcher of the same query; pass it again to rank more candidates faster.
 */
export function rankCandidates(
  query: RankingQuery,
  candidates: Iterable<Candidate>,
  options: RankingOptions = { popularity: true },
  matcher: WordMatcher = new WordMatcher(query),
): Ranked[] {
  const ranked: Ranked[] = [];
  for (const candidate of candidates) ranked.push(rankOne(query, candidate, matcher, options));
  return ranked.sort((one, other) => other.score - one.score || one.id - other.id);
}

function rankOne(
  query: RankingQuery,
  candidate: Candidate,
  matcher: WordMatcher,
  options: RankingOptions,
): Ranked {
  const elsewhere = matchElsewhere(query.words, candidate, matcher);
  const popularity = options.popularity ? POPULARITY_WEIGHT * candidate.popularity : 0;
  const demotion = candidate.demoted ? DEMOTION_BITS : 0;
  let best: Ranked | undefined;
  const consider = (title: number, judged: Judged): void => {
    const criteria: Criteria = { ...judged.criteria, popularity, demotion };
    const score = Object.values(criteria).reduce((sum, bits) => sum + bits, 0);
    if (best === undefined || score > best.score) {
      best = { ...judged, id: candidate.id, title, criteria, score };
    }
  };
  for (const [index, line] of candidate.titleLines.entries()) {
    // A variant without a word of the query can't do better than the work's own title.
    if (index > 0 && !query.forgiving && !hasAnyWord(query, line)) continue;
    consider(index, judgeTitle(query, candidate, candidate.title(index), elsewhere, matcher));
  }
  if (candidate.titleKeyRange !== undefined && query.asTyped) {
    consider(0, judgeByKey(query, candidate, candidate.titleKeyRange, elsewhere));
  }
  if (best === undefined) throw new Error(`work ${candidate.id} has no title variant`);
  return best;
}

/** For each word the best match outside the titles. */
function matchElsewhere(
  words: readonly QueryWord[],
  candidate: Candidate,
  matcher: WordMatcher,
): RankedWord[] {
  return words.map((word, index) => {
    let best: RankedWord = { field: "none", match: undefined };
    const consider = (field: MatchedField, match: WordMatch | undefined) => {
      if (match !== undefined && (best.match === undefined || match.bits < best.match.bits)) {
        best = { field, match };
      }
    };
    if (allows(word, "author")) {
      for (const author of candidate.authors) {
        consider("author", nameMatch(word, index, author, matcher));
      }
    }
    if (allows(word, "series")) {
      for (const series of candidate.series) {
        consider("series", matcher.best(word, index, series.words));
        if (series.position === word.token) {
          consider("series", { way: "words", bits: 0, word: word.token, position: -1, length: 1 });
        }
      }
    }
    return best;
  });
}

type Judged = Omit<Ranked, "id" | "score" | "title" | "criteria"> & {
  criteria: Omit<Criteria, "popularity" | "demotion">;
};

/** Few letters begin many names, so that a name begun says less than a word of a title begun. */
function nameMatch(
  word: QueryWord,
  index: number,
  author: AuthorNames,
  matcher: WordMatcher,
): WordMatch | undefined {
  const match = matcher.bestInName(word, index, author);
  if (match?.way !== "prefix") return match;
  return { ...match, bits: match.bits + Math.max(1, 7 - 1.5 * word.token.length) };
}

/** How well the query fits one title variant, its authors and series. */
function judgeTitle(
  query: RankingQuery,
  candidate: Candidate,
  title: Title,
  elsewhere: readonly RankedWord[],
  matcher: WordMatcher,
): Judged {
  let before = -1;
  const words = query.words.map((word, index): RankedWord => {
    const other = elsewhere[index] ?? { field: "none", match: undefined };
    const match = allows(word, "title")
      ? matcher.best(word, index, title.words, before)
      : undefined;
    if (match !== undefined && prefersTitle(query.words, index, match, other)) {
      before = match.position + match.length - 1;
      return { field: "title", match };
    }
    return other.match === undefined ? unplaced(query, index, candidate) : other;
  });
  return judge(query, candidate, words, coverageOf(title, words));
}

/** A word goes to the title, unless it fits elsewhere better or was typed before ("cicero cicero"). */
function prefersTitle(
  words: readonly QueryWord[],
  index: number,
  match: WordMatch,
  other: RankedWord,
): boolean {
  if (other.match === undefined) return true;
  const token = words[index]?.token;
  const repeated = words.findIndex((word) => word.token === token) < index;
  return repeated ? match.bits < other.match.bits : match.bits <= other.match.bits;
}

/** As `judgeTitle`, where the index knows that some words are a title, but not word by word. */
function judgeByKey(
  query: RankingQuery,
  candidate: Candidate,
  range: { start: number; end: number },
  elsewhere: readonly RankedWord[],
): Judged {
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
  return judge(query, candidate, words, {
    bits: TITLE_KEY_BITS,
    exact: true,
    fromStart: true,
    breaks: 0,
  });
}

function judge(
  query: RankingQuery,
  candidate: Candidate,
  words: RankedWord[],
  coverage: Coverage,
): Judged {
  let missing = 0;
  let typos = 0;
  let begun = 0;
  let field = 0;
  let authorBits = 0;
  let authorWords = 0;
  for (const [index, { field: where, match }] of words.entries()) {
    const information = query.words[index]?.information ?? 0;
    const missingBits = MISSING_BITS + MISSING_INFORMATION_WEIGHT * information;
    if (match === undefined) missing -= where === "other" ? 0 : missingBits;
    else if (match.bits > missingBits) {
      words[index] = { field: "none", match: undefined };
      missing -= missingBits;
    } else if (match.way === "prefix") begun -= match.bits;
    else typos -= match.bits;
    if (words[index]?.field === "author") {
      field += AUTHOR_WORD_BITS;
      authorBits += match?.bits ?? 0;
      if (information >= MIN_NAME_INFORMATION) authorWords += 1;
    } else if (where === "series") field += SERIES_WORD_BITS;
    else if (where === "other") field += OTHER_WORD_BITS;
  }

  const byAuthor = words.filter((word) => word.field === "author").length;
  const allPlaced = words.every((word) => word.field !== "none" && word.field !== "other");
  const exactTitle = coverage.exact && allPlaced;
  const exactAuthor = allPlaced && byAuthor === words.length && isWholeName(words, candidate);
  let exactness = 0;
  if (exactTitle && authorWords > 0 && begun === 0) {
    exactness =
      authorBits > MAX_TYPOS_IN_EXACT_AUTHOR ? EXACT_TITLE_BITS : EXACT_TITLE_AND_AUTHOR_BITS;
  } else if (exactTitle && begun === 0 && byAuthor === 0) exactness = EXACT_TITLE_BITS;
  else if (exactAuthor) exactness = EXACT_AUTHOR_BITS;
  else if (coverage.fromStart && allPlaced && (byAuthor === 0 || words.length - byAuthor > 1)) {
    exactness = TITLE_START_BITS;
  }
  if (
    byAuthor > 1 &&
    byAuthor === words.length &&
    !exactAuthor &&
    !isPartOfName(words, candidate)
  ) {
    field += SEVERAL_NAMES_BITS;
  }
  if (hasSeriesNumber(query, words, candidate)) exactness += NUMBER_IN_SERIES_BITS;
  return {
    words,
    exactTitle,
    exactAuthor,
    criteria: {
      words: missing,
      typos,
      begun,
      exactness,
      // Of an author's books, the length of a title says nothing.
      coverage: byAuthor === words.length ? 0 : coverage.bits,
      order: coverage.breaks * BREAK_BITS,
      field,
    },
  };
}

/** FTS found the word in the work; if neither titles, names nor series have it, topics do. */
function unplaced(query: RankingQuery, index: number, candidate: Candidate): RankedWord {
  const indexed = query.asTyped && (candidate.indexedWords & (1 << index)) !== 0;
  return { field: indexed ? "other" : "none", match: undefined };
}

function isWholeName(words: readonly RankedWord[], candidate: Candidate): boolean {
  const matched = new Set(words.map(({ match }) => match?.word ?? ""));
  return candidate.authors.some(({ forms }) =>
    forms.some((form) => {
      const parts = form.split(" ");
      return parts.length === words.length && parts.every((part) => matched.has(part));
    }),
  );
}

/** All words are of one name, each another word of it. */
function isPartOfName(words: readonly RankedWord[], candidate: Candidate): boolean {
  const parts = new Set(words.map(({ match }) => match?.word ?? ""));
  if (parts.size < words.length) return false;
  return candidate.authors.some((author) =>
    [...parts].every((part) => author.words.includes(part)),
  );
}

function hasSeriesNumber(
  query: RankingQuery,
  words: readonly RankedWord[],
  candidate: Candidate,
): boolean {
  return candidate.series.some(
    (series) =>
      series.position !== "" &&
      query.words.some((word) => word.token === series.position) &&
      series.words.every(
        (part) => smallWords.has(part) || words.some(({ match }) => match?.word === part),
      ),
  );
}

type Coverage = { bits: number; exact: boolean; fromStart: boolean; breaks: number };

/** How much of a title was typed, and in what order. */
function coverageOf(title: Title, words: readonly RankedWord[]): Coverage {
  const typed = new Set<number>();
  let breaks = 0;
  let before = -1;
  let first = true;
  for (const { field, match } of words) {
    if (field !== "title" || match === undefined) continue;
    for (let part = 0; part < match.length; part++) typed.add(match.position + part);
    if (!first && match.position !== before + 1) breaks += 1;
    first = false;
    before = match.position + match.length - 1;
  }
  if (typed.size === 0)
    return { bits: untypedBits(title, typed), exact: false, fromStart: false, breaks: 0 };
  const lastTyped = Math.max(...typed);
  const exact = isExact(title, typed, lastTyped);
  let fromStart = true;
  for (let position = 0; position <= lastTyped; position++) {
    if (!typed.has(position) && !(position === 0 && smallWords.has(title.words[0] ?? "")))
      fromStart = false;
  }
  return {
    bits: exact ? 0.5 * untypedBits(title, typed) : untypedBits(title, typed),
    exact: exact && breaks === 0,
    fromStart: fromStart && breaks === 0,
    breaks: Math.min(breaks, MAX_BREAKS),
  };
}

/** The typed words are all words of the first segments, a leading small word excepted. */
function isExact(title: Title, typed: ReadonlySet<number>, lastTyped: number): boolean {
  const end = title.ends.find((one) => one > lastTyped) ?? title.words.length;
  for (let position = 0; position < end; position++) {
    if (typed.has(position)) continue;
    if (position > 0 || !smallWords.has(title.words[0] ?? "")) return false;
  }
  return true;
}

function untypedBits(title: Title, typed: ReadonlySet<number>): number {
  const [mainEnd = 0] = title.ends;
  let untyped = 0;
  for (let position = 0; position < title.words.length; position++) {
    if (typed.has(position)) continue;
    if (position >= mainEnd) untyped += SUBTITLE_WORD_WEIGHT;
    else untyped += smallWords.has(title.words[position] ?? "") ? SMALL_WORD_WEIGHT : 1;
  }
  return UNTYPED_BITS * Math.log2(1 + untyped);
}

function hasAnyWord(query: RankingQuery, line: string): boolean {
  return query.words.some((word) => line.includes(word.token));
}

function allows(word: QueryWord, field: MatchedField): boolean {
  if (word.field === undefined) return true;
  if (field === "title") return word.field === "title" || word.field === "otherTitle";
  return word.field === field;
}
