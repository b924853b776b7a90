/** How much an entry of the index is like a row, so that only the likeliest works are read and compared. */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { RowWords } from "./row-words.ts";
import { totalWeight } from "./word-agreement.ts";

/** More titles are those of a book that its first ones tell already. */
const MAX_TITLES = 60;
const TITLE_WEIGHT = 8;
const WORD_WEIGHT = 0.25;
const NAME_WEIGHT = 4;
const READERS_WEIGHT = 0.1;

/** The words of a row, and what misspelt ones may be. */
export type LikelyWords = {
  title: ReadonlySet<string>;
  name: ReadonlySet<string>;
  /** What the row's title weighs, if it is known where it ends. */
  titleWeight: number;
};

/** @param meant what a word may be instead. */
export function likelyWords(
  { titleWords, nameWords, isMixed }: RowWords,
  meant: (word: string) => readonly string[],
): LikelyWords {
  const withMeant = (words: readonly string[]) =>
    new Set(words.flatMap((word) => [word, ...meant(word)]));
  return {
    title: withMeant(titleWords),
    name: withMeant(nameWords),
    titleWeight: isMixed ? 0 : totalWeight(titleWords),
  };
}

/** How likely a row means a book, and by which of its titles. */
export function likeness(
  book: IndexedBook,
  words: LikelyWords,
): { likeness: number; title: number } {
  let best = 0;
  let title = 0;
  const count = Math.min(book.titleLines.length, MAX_TITLES);
  for (let index = 0; index < count; index++) {
    const { words: all, ends } = book.title(index);
    const main = all.slice(0, ends[0]);
    const shared = totalWeight(main.filter((word) => words.title.has(word)));
    const share = shared / Math.max(totalWeight(main), words.titleWeight, Number.MIN_VALUE);
    const score = TITLE_WEIGHT * share ** 3 + WORD_WEIGHT * share * Math.min(8, main.length - 1);
    if (score > best) {
      best = score;
      title = index;
    }
  }
  const isNamed = book.authors.some((author) => author.words.some((word) => words.name.has(word)));
  const named = isNamed ? NAME_WEIGHT : 0;
  return { likeness: best + named + READERS_WEIGHT * Math.log1p(book.popularity), title };
}
