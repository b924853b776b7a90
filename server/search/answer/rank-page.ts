import type { SearchRequest } from "#server/catalog/catalog.ts";
import { addCandidate, type LaneCandidate } from "../retrieve/candidates.ts";
import { Readings } from "../retrieve/readings.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import type { Plan } from "../understand/plan.ts";
import { WordReader } from "../understand/word-reader.ts";

/**
 * What was found with all works of a page ranked, so that each can be explained: those of the tail and
 * of other orders have every word, but no lane looked at them.
 */
export async function withPageRanked(
  { index, vocabulary, effort, options }: SearchRun,
  { unfinished }: SearchRequest,
  plan: Plan,
  found: SearchResultSet,
  shown: readonly number[],
): Promise<SearchResultSet> {
  const { ladder } = found;
  if (ladder === undefined) {
    return found;
  }
  const missing = shown.filter((id) => !ladder.candidates.has(id));
  if (missing.length === 0) {
    return found;
  }
  const words = await new WordReader(vocabulary).readAll(plan, unfinished);
  const candidates = new Map<number, LaneCandidate>();
  const lane = { name: "all_words", indexedWords: 2 ** words.length - 1 };
  for (const book of await index.books(missing, effort)) {
    if (book !== undefined) {
      addCandidate(candidates, book, lane);
    }
  }
  const readings = new Readings(words, unfinished, { popularity: options.ladder.popularity });
  const ranked = readings.rank(candidates);
  return {
    ...found,
    ladder: {
      ...ladder,
      ranked: [...ladder.ranked, ...ranked.map((one) => one.ranked)],
      candidates: new Map([...ladder.candidates, ...candidates]),
      readings: new Map([
        ...ladder.readings,
        ...ranked.map((one) => [one.ranked.id, one.reading] as const),
      ]),
    },
  };
}
