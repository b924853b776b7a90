import type { Lane, LaneResult, Retrieval } from "#server/search/index-port.ts";
import { merged } from "./merged-ids.ts";

/** Candidates of the imported works and of those that were written: each lane runs on both. */
export class SegmentedRetrieval implements Retrieval {
  readonly #imported: Retrieval;
  readonly #written: Retrieval;

  constructor(imported: Retrieval, written: Retrieval) {
    this.#imported = imported;
    this.#written = written;
  }

  async run(lanes: readonly Lane[], stopsWhenSpent?: boolean): Promise<LaneResult[]> {
    const imported = await this.#imported.run(lanes, stopsWhenSpent);
    // The same lanes: what is written may not be missing where little is left to spend.
    const written = await this.#written.run(lanes.slice(0, imported.length));
    return imported.map((result, place) => joined(result, written[place], lanes[place]));
  }
}

function joined(
  imported: LaneResult,
  written: LaneResult | undefined,
  lane: Lane | undefined,
): LaneResult {
  if (written === undefined || lane === undefined || written.found === 0) return imported;
  const found = Math.min(lane.limit, imported.found + written.found);
  return {
    walks: [...imported.walks, ...written.walks],
    found,
    isFull: imported.isFull || written.isFull || found >= lane.limit,
    isSparse: imported.isSparse,
    ids: merged(imported.ids, written.ids).slice(0, lane.limit),
  };
}
