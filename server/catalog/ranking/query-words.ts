import type { BookField, TextSpan } from "#server/catalog/catalog.ts";
import type { AskingRole } from "#server/catalog/query/asking-words.ts";

/** A word of the query as the ranking function sees it. */
export type QueryWord = {
  /** Folded. */
  token: string;
  /** Its spelling key across transliterations; equal to `token` where it adds nothing. */
  roman: string;
  /** The only field it may match; undefined for any. */
  field: BookField | undefined;
  /** Where it stands in the query as typed, in code points. */
  span: TextSpan;
  /** The last word as typed: it may be the beginning of a word. */
  last: boolean;
  /**
   * How much it says, in bits: log2 of works in the catalogue per work that has the word.
   * 1 ("the") to about 20 (a word of one work or none).
   */
  information: number;
  /** In how many works it stands in a title, name or series. */
  workCount: number;
  /** How probable it is that it speaks of the asking ("pdf", "books by"), not of the book; 0 to 1. */
  asking: number;
  /** What it tells of the question, if it asks. */
  role: AskingRole | undefined;
  /** It stands between quotation marks: as it is, or not at all. */
  quoted: boolean;
  /** The part of a pasted text that it stands in; undefined in what was typed. */
  part: number | undefined;
  /** The number that it is, however it is written ("3", "iii", "third"); undefined if it is none. */
  number: number | undefined;
};

/** The whole query as the ranking function sees it. */
export type RankingQuery = {
  words: readonly QueryWord[];
  /** True if the last word may be unfinished. */
  unfinished: boolean;
  /** False if the words are another reading than the one that the index was asked for. */
  asTyped: boolean;
  /** True if some words may speak of the asking. */
  asks: boolean;
  /** True if all books of a series are asked for: "… series", "… books in order". */
  asksSeries: boolean;
  /** True if spelling may differ and words may be missing. */
  isFuzzy: boolean;
};
