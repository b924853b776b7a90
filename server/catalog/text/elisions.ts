/** Words that lose their vowel before another word: "l'étranger", "d'artagnan". */
import { WordSet } from "./text-hash.ts";

/** Words before an apostrophe that stand for themselves in French, Italian and Catalan. */
export const elisions: WordSet = new WordSet(
  (
    "l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu un dell nell all dall sull coll " +
    "quell quest bell sant gl com dov cos"
  ).split(" "),
);

/** Looking up a longer word would cost time in proportion to its length, at each apostrophe. */
export const maxElisionLength = 8;
