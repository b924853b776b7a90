/** Books and queries as the ranking function sees them, made of plain text: without an index. */
import { readAsking } from "#server/catalog/query/read-asking.ts";
import { smallWords } from "#server/catalog/ranking/coverage.ts";
import { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { WordMatcher } from "#server/catalog/ranking/match-words.ts";
import type { QueryWord, RankingQuery } from "#server/catalog/ranking/query-words.ts";
import { rankCandidate } from "#server/catalog/ranking/rank.ts";
import type { Criteria } from "#server/catalog/ranking/ranked-work.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { nameForms } from "#server/catalog/text/name-forms.ts";
import { numberValue } from "#server/catalog/text/number-value.ts";
import { romanKey } from "#server/catalog/text/roman-key.ts";

export type ShelfBook = {
  /** With its subtitle behind a colon. */
  title: string;
  otherTitles?: string[];
  by?: string;
  /** "The Hunger Games#2". */
  series?: string;
  /** 0 is a book that nobody reads, 20 one that everybody does. */
  popularity?: number;
  demoted?: boolean;
};

/** What a word says, in bits, in a catalogue of a quarter of a million works. */
const SMALL_WORD_INFORMATION = 2;
const RARE_WORD_INFORMATION = 12;

/** The books in their order for a query, best first, each with what decided. */
export function rankShelf(
  query: string,
  books: readonly ShelfBook[],
): { title: string; criteria: Criteria }[] {
  const read = readQuery(query, books);
  const matcher = new WordMatcher(read);
  return books
    .map((book, id) => {
      const candidate = { book: indexed(book, id), indexedWords: 0, titleKeyRange: undefined };
      const { score, criteria } = rankCandidate(read, candidate, { popularity: true }, matcher);
      return { title: book.title, score, criteria };
    })
    .toSorted((one, other) => other.score - one.score);
}

function indexed(book: ShelfBook, id: number): IndexedBook {
  const { title, otherTitles = [], by, series, popularity = 0, demoted = false } = book;
  return new IndexedBook({
    id,
    titles: [title, ...otherTitles].map(titleLine).join("\n"),
    authors: by === undefined ? "" : nameForms(by).map(joined).join("/"),
    series: series?.replace(/^[^#]*/, (name) => joined(foldTokens(name))) ?? "",
    popularity,
    demoted,
    duplicate: id,
  });
}

function titleLine(title: string): string {
  return title
    .split(":")
    .map((part) => joined(foldTokens(part)))
    .join("|");
}

function joined(words: readonly string[]): string {
  return words.join(" ");
}

/** A query that ends in … is still being typed. Its words are those of the shelf, or of no book. */
function readQuery(typed: string, books: readonly ShelfBook[]): RankingQuery {
  const unfinished = typed.endsWith("…");
  const tokens = foldTokens(typed);
  const asking = readAsking(tokens, unfinished);
  const shelf = books.map(({ title, by = "", series = "" }) =>
    foldTokens(`${title} ${by} ${series}`),
  );
  const words = tokens.map((token, index): QueryWord => {
    const role = asking.roles[index];
    return {
      token,
      roman: romanKey(token),
      field: undefined,
      span: { start: 0, end: 0 },
      last: index === tokens.length - 1,
      information: smallWords.has(token) ? SMALL_WORD_INFORMATION : RARE_WORD_INFORMATION,
      workCount: shelf.filter((known) => known.includes(token)).length,
      asking: asking.probabilities[index] ?? 0,
      role,
      quoted: false,
      part: undefined,
      number: token.length > 1 || /[0-9]/.test(token) ? numberValue(token) : undefined,
    };
  });
  return {
    words,
    unfinished,
    asTyped: true,
    asks: words.some((word) => word.asking > 0),
    asksSeries: words.some(({ role }) => role === "series" || role === "order"),
    isFuzzy: true,
  };
}
