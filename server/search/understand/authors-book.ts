/**
 * Whose book a query asks for, and what it remembers of it: "stephen king book about a clown", "the jules
 * verne one with the submarine", "agatha christie novel set on a train". Whether there is such an author
 * the catalogue says.
 */
import { askingWord } from "#server/catalog/query/asking-words.ts";
import type { PlannedWord } from "./plan-builder.ts";

export type AuthorsBookWords = { name: PlannedWord[]; memory: PlannedWord[] };

const MAX_NAME_WORDS = 4;
const MAX_MEMORY_WORDS = 6;

/** What the book is called where its title is not known. */
const nouns = new Set(
  "book books novel novels novella story stories one ones tale tales play plays poem poems thriller mystery".split(
    " ",
  ),
);
/** Between the author, or the noun, and what is remembered. */
const links = new Set(
  "about abt regarding concerning involving featuring with where wherein in on when which who whose that set".split(
    " ",
  ),
);

/** Undefined for queries of another form. */
export function readAuthorsBook(words: readonly PlannedWord[]): AuthorsBookWords | undefined {
  const asks = words.map(({ token }, place) => askingWord(token, words[place - 1]?.token));
  const first = asks.indexOf(undefined);
  const end = words.findIndex(
    ({ token }, place) => place > first && (asks[place] !== undefined || nouns.has(token)),
  );
  if (first < 0 || end < 0 || end - first > MAX_NAME_WORDS) {
    return undefined;
  }
  const hasNoun = nouns.has(words[end]?.token ?? "");
  const link = words[hasNoun ? end + 1 : end]?.token ?? "";
  if (!links.has(link) || !(hasNoun || asks[end]?.role === "about")) {
    return undefined;
  }
  const memory = words.filter((_, place) => place > end && asks[place] === undefined);
  const isTold = memory.length > 0 && memory.length <= MAX_MEMORY_WORDS;
  return isTold ? { name: words.slice(first, end), memory } : undefined;
}
