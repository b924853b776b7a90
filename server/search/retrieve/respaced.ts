/** Readings in which an unknown word is two words, or two words are one. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { type Effort, payableCandidates } from "../effort.ts";
import { MAX_WORDS } from "../understand/plan-builder.ts";
import type { SearchedWord, WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";
import type { Readings } from "./readings.ts";

/** Candidates of one reading; of a long one fewer, since each is compared word by word. */
const RESPACED_LIMIT = 80;
const RESPACED_WORDS = 800;
/**
 * Words of all readings together: every candidate is ranked by every reading, so that a query of thirty
 * misspelt words, each of which may be two, would take sixty times as long.
 */
const MAX_READ_WORDS = 90;
/** A word of more works stands by itself. */
const SPLIT_WORKS_MAX = 2;

/** Searches words split and joined; the readings that find something are added. */
export async function searchRespaced(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
  readings: Readings,
  effort: Effort,
): Promise<void> {
  const tried = await readingsOf(words, reader);
  if (tried.length === 0) {
    return;
  }
  await reader.loadFuzzy(tried.flat());
  const most = Math.min(RESPACED_LIMIT, Math.ceil(RESPACED_WORDS / words.length));
  const limit = payableCandidates(effort, words.length, most);
  const find = async (
    some: readonly QueryWord[][],
    search: (word: QueryWord) => SearchedWord,
  ): Promise<QueryWord[][]> => {
    const results = await candidates.run(
      some.map((reading) => ({
        name: "respaced",
        parts: reading.map(search),
        limit,
        coreLimit: limit,
      })),
      true,
    );
    return some.filter((_, index) => (results[index]?.found ?? 0) > 0);
  };
  const found = new Set(
    await find(tried, (word) => (word.workCount === 0 ? reader.fuzzy(word) : reader.typed(word))),
  );
  // "mid night children": the joined word is misspelt, too.
  const left = tried.filter((reading) => !found.has(reading));
  for (const reading of await find(left, (word) => reader.fuzzy(word))) {
    found.add(reading);
  }
  for (const reading of tried) {
    if (found.has(reading)) {
      readings.add(reading);
    }
  }
}

async function readingsOf(words: readonly QueryWord[], reader: WordReader): Promise<QueryWord[][]> {
  const isSplit = (word: QueryWord) => word.workCount <= SPLIT_WORKS_MAX;
  await reader.loadRespaced(words, words.filter(isSplit));
  const most = Math.floor(MAX_READ_WORDS / words.length);
  return words
    .flatMap((word, index) => {
      const split = isSplit(word) ? reader.split(word) : undefined;
      const next = words[index + 1];
      const joined = next === undefined ? undefined : reader.join(word, next);
      return [
        split && words.toSpliced(index, 1, ...split),
        joined && words.toSpliced(index, 2, joined),
      ];
    })
    .filter((reading) => reading !== undefined)
    .filter((reading) => reading.length <= MAX_WORDS)
    .slice(0, most);
}
