/** Readings in which an unknown word is two words, or two words are one. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { joinParts, MAX_WORDS, quote } from "./plan.ts";
import type { Readings } from "./readings.ts";
import type { RunLane } from "./title-lanes.ts";
import type { WordReader } from "./word-reader.ts";

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
): void {
  const tryReading = (reading: readonly QueryWord[]): void => {
    if (reading.length > MAX_WORDS) return;
    const expression = (part: (word: QueryWord) => string) => joinParts(reading.map(part), "AND");
    const asRead = expression((word) =>
      word.workCount === 0 ? reader.loose(word) : quote(word.token),
    );
    const lane = { indexedWords: 0 };
    const found =
      run("respaced", asRead, RESPACED_LIMIT, lane) ||
      // "mid night children": the joined word is misspelt, too.
      run(
        "respaced",
        expression((word) => reader.loose(word)),
        RESPACED_LIMIT,
        lane,
      );
    if (found > 0) readings.add(reading);
  };
  for (const [index, word] of words.entries()) {
    const split = word.workCount <= SPLIT_WORKS_MAX ? reader.split(word) : undefined;
    if (split !== undefined) tryReading(words.toSpliced(index, 1, ...split));
    const next = words[index + 1];
    const joined = next === undefined ? undefined : reader.join(word, next);
    if (joined !== undefined) tryReading(words.toSpliced(index, 2, joined));
  }
}
