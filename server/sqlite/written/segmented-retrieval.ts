import type { Lane, LaneResult, Retrieval } from "#server/search/index-port.ts";
import type { SqliteRetrieval } from "../read/retrieval.ts";
import { merged } from "./merged-ids.ts";
import type { WrittenTokens } from "./written-tokens.ts";

/** Candidates of the imported works and of those that were written: each lane runs on both. */
export class SegmentedRetrieval implements Retrieval {
  readonly #imported: Retrieval;
  readonly #written: SqliteRetrieval;
  readonly #tokens: WrittenTokens;

  constructor(imported: Retrieval, written: SqliteRetrieval, tokens: WrittenTokens) {
    this.#imported = imported;
    this.#written = written;
    this.#tokens = tokens;
  }

  async run(lanes: readonly Lane[], stopsWhenSpent?: boolean): Promise<LaneResult[]> {
    const results = await this.#imported.run(lanes, stopsWhenSpent);
    // The same lanes: what is written may not be missing where little is left to spend.
    const promising = [...results.keys()].filter((place) => this.#mayMatch(lanes[place]));
    if (promising.length === 0) {
      return results;
    }
    const written = await this.#written.run(
      promising.flatMap((place) => lanes[place] ?? []),
      false,
      promising.map((place) => lastOfFull(results[place], lanes[place]?.limit)),
    );
    for (const [order, place] of promising.entries()) {
      const [one, other, lane] = [results[place], written[order], lanes[place]];
      if (one !== undefined && other !== undefined && lane !== undefined) {
        results[place] = joined(one, other, lane.limit);
      }
    }
    return results;
  }

  #mayMatch(lane: Lane | undefined): boolean {
    return lane?.parts.every(({ expression }) => this.#tokens.mayMatch(expression)) ?? false;
  }
}

/** The last work of a lane that is full: a lane has the most popular works, of both indexes. */
function lastOfFull(result: LaneResult | undefined, limit = 0): number | undefined {
  // One that gave up early says that it is full, too.
  return result?.isFull === true && result.ids.length >= limit ? result.ids.at(-1) : undefined;
}

function joined(imported: LaneResult, written: LaneResult, limit: number): LaneResult {
  if (written.found === 0) {
    return imported;
  }
  const found = Math.min(limit, imported.found + written.found);
  return {
    walks: [...imported.walks, ...written.walks],
    found,
    isFull: imported.isFull || written.isFull || found >= limit,
    isSparse: imported.isSparse,
    ids: merged(imported.ids, written.ids).slice(0, limit),
  };
}
