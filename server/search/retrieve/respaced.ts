/** Readings in which an unknown word is two words, or two words are one. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { allOf } from "#server/sqlite/fences.ts";
import { MAX_WORDS } from "../understand/plan.ts";
import type { Searched, WordReader } from "../understand/word-reader.ts";
import type { Readings } from "./readings.ts";
import type { RunLane } from "./title-lanes.ts";
import { densityOf, type WordPart, walkCoreOrAll } from "./word-parts.ts";

/** Candidates of one reading. */
const RESPACED_LIMIT = 80;
/** A word of more works stands by itself. */
const SPLIT_WORKS_MAX = 2;

/** Searches words split and joined; the readings that find something are added. */
export function searchRespaced(
  words: readonly QueryWord[],
  reader: WordReader,
  run: RunLane,
  readings: Readings,
  workCount: number,
): void {
  const tryReading = (reading: readonly QueryWord[]): void => {
    if (reading.length > MAX_WORDS) return;
    const find = (search: (word: QueryWord) => Searched): number => {
      const parts = reading.map((word, index) => ({ ...search(word), index }));
      const limits = { limit: RESPACED_LIMIT, coreLimit: RESPACED_LIMIT };
      return walkCoreOrAll(parts, workCount, limits, runParts).found;
    };
    const found =
      find((word) => (word.workCount === 0 ? reader.loose(word) : reader.typed(word))) ||
      // "mid night children": the joined word is misspelt, too.
      find((word) => reader.loose(word));
    if (found > 0) readings.add(reading);
  };
  const runParts = (parts: readonly WordPart[]): number => {
    const expression = allOf(parts.map((part) => part.expression));
    const density = densityOf(parts, workCount);
    return run("respaced", expression, RESPACED_LIMIT, { indexedWords: 0, density });
  };
  for (const [index, word] of words.entries()) {
    const split = word.workCount <= SPLIT_WORKS_MAX ? reader.split(word) : undefined;
    if (split !== undefined) tryReading(words.toSpliced(index, 1, ...split));
    const next = words[index + 1];
    const joined = next === undefined ? undefined : reader.join(word, next);
    if (joined !== undefined) tryReading(words.toSpliced(index, 2, joined));
  }
}
