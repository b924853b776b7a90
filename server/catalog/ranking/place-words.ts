/** Where each word of a query stands in a book: in a title, a name, a series, or nowhere. */
import type { Candidate } from "./candidate.ts";
import type { WordMatch } from "./compare-words.ts";
import { isPosition } from "./exactness.ts";
import type { AuthorNames, IndexedBook, Title } from "./indexed-book.ts";
import type { WordMatcher } from "./match-words.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import type { MatchedField, RankedWord } from "./ranked-work.ts";
import { AUTHOR_WORD_BITS, SERIES_WORD_BITS } from "./weights.ts";

/** For each word the best match outside the titles. */
export function matchElsewhere(
  query: RankingQuery,
  book: IndexedBook,
  matcher: WordMatcher,
): RankedWord[] {
  return query.words.map((word, index) => {
    let best: RankedWord = { field: "none", match: undefined };
    const mayHave = word.number !== undefined || book.mayHaveElsewhere(word.token);
    if (!query.isFuzzy && !mayHave) {
      return best;
    }
    const consider = (field: MatchedField, match: WordMatch | undefined) => {
      if (match !== undefined && (best.match === undefined || match.bits < best.match.bits)) {
        best = { field, match };
      }
    };
    if (allows(word, "author")) {
      for (const author of book.authors) {
        consider("author", nameMatch(word, index, author, matcher));
      }
    }
    if (allows(word, "series")) {
      for (const series of book.series) {
        consider("series", matcher.best(word, index, series.words));
        if (series.position !== "" && isPosition(word, series.position)) {
          consider("series", { way: "words", bits: 0, word: word.token, position: -1, length: 1 });
        }
      }
    }
    return best;
  });
}

/**
 * The best place of each word, in one title variant or else in `elsewhere`; `leavesOut`: none for words
 * that may speak of the asking.
 */
export function placeWords(
  query: RankingQuery,
  candidate: Candidate,
  title: Title,
  elsewhere: readonly RankedWord[],
  matcher: WordMatcher,
  leavesOut: boolean,
): RankedWord[] {
  let before = -1;
  // A word typed twice is in two places: "cicero cicero", "there there".
  const taken = new Set<string>();
  const names: string[] = [];
  return query.words.map((word, index): RankedWord => {
    if (leavesOut && word.asking > 0) {
      return { field: "none", match: undefined };
    }
    const other = elsewhere[index] ?? { field: "none", match: undefined };
    let match = allows(word, "title") ? matcher.best(word, index, title.words, before) : undefined;
    if (match !== undefined && matcher.hasRepeats && taken.has(placeOf(word, match))) {
      // "great sin great" may begin "Great Sin! Greater Salvation!".
      const others = title.words.with(match.position, "");
      match = matcher.best(word, index, others, before);
    }
    if (match !== undefined && costOf(match) <= costOf(other.match, other)) {
      before = match.position + match.length - 1;
      if (matcher.hasRepeats) {
        taken.add(placeOf(word, match));
      }
      return { field: "title", match };
    }
    if (other.match === undefined) {
      return unplaced(query, index, candidate);
    }
    const name = other.match.word;
    const isTaken = other.field === "author" && names.includes(name);
    if (isTaken && !isNamedTwice(candidate.book, other.match)) {
      return { field: "none", match: undefined };
    }
    names.push(name);
    return other;
  });
}

/** Few letters begin many names, so that a name begun says less than a word of a title begun. */
function nameMatch(
  word: QueryWord,
  index: number,
  author: AuthorNames,
  matcher: WordMatcher,
): WordMatch | undefined {
  const match = matcher.bestInName(word, index, author);
  if (match?.way !== "prefix") {
    return match;
  }
  // Of all spellings of a name the credited family name counts: "tolk" begins Tolkien, then Толкин.
  const [form = ""] = author.forms;
  const family = matcher.best(word, index, [form.slice(form.lastIndexOf(" ") + 1)]);
  const begun = family?.way === "prefix" ? { ...match, word: family.word } : match;
  return { ...begun, bits: begun.bits + Math.max(1, 7 - 1.5 * word.token.length) };
}

function placeOf({ token }: QueryWord, { position }: WordMatch): string {
  return `${token} ${position}`;
}

/** True if two authors have the word in their names, or one has it twice ("Ford Madox Ford"). */
function isNamedTwice({ authors }: IndexedBook, { word }: WordMatch): boolean {
  let count = 0;
  for (const { words, forms } of authors) {
    if (words.includes(word)) {
      count += 1;
    }
    if (forms.some((form) => form.split(" ").filter((one) => one === word).length > 1)) {
      return true;
    }
  }
  return count > 1;
}

function costOf(match: WordMatch | undefined, word?: RankedWord): number {
  if (match === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  if (word?.field === "series") {
    return match.bits - SERIES_WORD_BITS;
  }
  return word === undefined ? match.bits : match.bits - AUTHOR_WORD_BITS;
}

/** FTS found the word in the work; if neither titles, names nor series have it, topics do. */
export function unplaced(query: RankingQuery, index: number, candidate: Candidate): RankedWord {
  const indexed = query.asTyped && (candidate.indexedWords & (1 << index)) !== 0;
  return { field: indexed ? "other" : "none", match: undefined };
}

function allows(word: QueryWord, field: MatchedField): boolean {
  if (word.field === undefined) {
    return true;
  }
  if (field === "title") {
    return word.field === "title" || word.field === "otherTitle";
  }
  return word.field === field;
}
