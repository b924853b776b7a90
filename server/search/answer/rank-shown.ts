import type { SearchRequest } from "#server/catalog/catalog.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import { Effort } from "../effort.ts";
import type { Found, SearchContext } from "../found.ts";
import { Readings } from "../retrieve/readings.ts";
import type { Plan } from "../understand/plan.ts";
import { WordReader } from "../understand/word-reader.ts";

/**
 * What was found with all works of a page ranked, so that each can be explained: those of the tail and
 * of other orders have every word, but no lane looked at them.
 */
export function withShownRanked(
  context: SearchContext,
  { unfinished }: SearchRequest,
  plan: Plan,
  found: Found,
  shown: readonly number[],
): Found {
  const { ladder } = found;
  if (ladder === undefined) return found;
  const missing = shown.filter((id) => !ladder.candidates.has(id));
  if (missing.length === 0) return found;
  const { terms, workCount } = context;
  const words = new WordReader(terms, workCount).readAll(plan);
  const lanes = new Lanes(context, new Effort(context.effort));
  lanes.addWorks(missing, { name: "all_words", indexedWords: 2 ** words.length - 1 });
  const readings = new Readings(words, unfinished, { popularity: context.ladder.popularity });
  const ranked = readings.rank(lanes.candidates);
  return {
    ...found,
    ladder: {
      ...ladder,
      ranked: [...ladder.ranked, ...ranked.map((one) => one.ranked)],
      candidates: new Map([...ladder.candidates, ...lanes.candidates]),
      readings: new Map([
        ...ladder.readings,
        ...ranked.map((one) => [one.ranked.id, one.reading] as const),
      ]),
    },
  };
}
