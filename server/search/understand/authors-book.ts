/**
 * Whose book a query asks for, and what it remembers of it: "stephen king book about a clown", "the jules
 * verne one with the submarine", "agatha christie novel set on a train", "libro de garcía márquez sobre el
 * amor". Whether there is such an author the catalogue says.
 */
import { askingWord } from "#server/catalog/query/asking-words.ts";
import type { PlannedWord } from "./plan-builder.ts";

export type AuthorsBookWords = { name: PlannedWord[]; memory: PlannedWord[] };

const MAX_NAME_WORDS = 4;
const MAX_MEMORY_WORDS = 6;
/** "Omnibus" is of a title as often as it asks; what is certain to ask has more. */
const LEAST_ASKING = 0.6;

/** What the book is called where its title is not known. */
const nouns = new Set(
  "book books novel novels novella story stories one ones tale tales play plays poem poems thriller mystery".split(
    " ",
  ),
);
/** Between the author, or the noun, and what is remembered. */
const links = new Set(
  (
    "about abt regarding concerning involving featuring with where wherein in on when which who whose that set " +
    "sobre acerca con com sur avec uber mit su over met om"
  ).split(" "),
);

/** Undefined for queries of another form. */
export function readAuthorsBook(words: readonly PlannedWord[]): AuthorsBookWords | undefined {
  const asks = words.map(({ token }, place) => askingWord(token, words[place - 1]?.token));
  const first = asks.indexOf(undefined);
  const end = words.findIndex(
    ({ token }, place) =>
      place > first && (asks[place] !== undefined || nouns.has(token) || links.has(token)),
  );
  if (first < 0 || end < 0 || end - first > MAX_NAME_WORDS) {
    return undefined;
  }
  const isNounBehind = nouns.has(words[end]?.token ?? "");
  const isNounBefore = asks
    .slice(0, first)
    .some((asking) => asking?.role === "object" && asking.start >= LEAST_ASKING);
  const link = words[isNounBehind ? end + 1 : end]?.token ?? "";
  if (!links.has(link) || !(isNounBehind || isNounBefore || asks[end]?.role === "about")) {
    return undefined;
  }
  const memory = words.filter((_, place) => place > end && asks[place] === undefined);
  const isTold = memory.length > 0 && memory.length <= MAX_MEMORY_WORDS;
  return isTold ? { name: words.slice(first, end), memory } : undefined;
}
