import type { Candidate, WordRange } from "#server/catalog/ranking/candidate.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Lane, LaneResult, Retrieval } from "../index-port.ts";

/** A candidate and the lanes that found it. */
export type LaneCandidate = Candidate & { lanes: Set<string> };

/** A lane, and what is known of the works it finds. */
export type SearchLane = Lane & {
  /** Which word of the query each part is as it was typed. */
  wordIndexes?: readonly number[] | undefined;
  titleKeyRange?: WordRange | undefined;
  /** Which of the books are worth ranking; all if undefined. */
  isPromising?: ((book: IndexedBook) => boolean) | undefined;
};

/** The works that lanes found, each once. */
export class Candidates {
  readonly byId = new Map<number, LaneCandidate>();
  #retrieval: Retrieval;
  #isSparse = false;

  constructor(retrieval: Retrieval) {
    this.#retrieval = retrieval;
  }

  /** Runs lanes one after the other; see Retrieval. */
  async run(lanes: readonly SearchLane[], stopsWhenSpent = false): Promise<LaneResult[]> {
    const results = await this.#retrieval.run(lanes, stopsWhenSpent);
    for (const [index, { walks, isSparse }] of results.entries()) {
      const lane = lanes[index];
      if (lane === undefined) {
        break;
      }
      this.#isSparse ||= isSparse;
      const { name, titleKeyRange } = lane;
      for (const { books, parts } of walks) {
        const found = { name, indexedWords: wordsOf(lane, parts), titleKeyRange };
        for (const book of books) {
          if (lane.isPromising?.(book) === false) {
            continue;
          }
          addCandidate(this.byId, book, found);
        }
      }
    }
    return results;
  }

  /** True if a lane gave up early: what else matches is far apart. */
  get isSparse(): boolean {
    return this.#isSparse;
  }
}

/** Bit n: word n of the query is among the parts. */
function wordsOf({ wordIndexes }: SearchLane, parts: readonly number[]): number {
  let mask = 0;
  for (const part of parts) {
    const word = wordIndexes?.[part];
    if (word !== undefined) {
      mask |= 1 << word;
    }
  }
  return mask;
}

/** Adds what a lane knows of a book to the candidates. */
export function addCandidate(
  candidates: Map<number, LaneCandidate>,
  book: IndexedBook,
  lane: { name: string; indexedWords: number; titleKeyRange?: WordRange | undefined },
): void {
  const known = candidates.get(book.id);
  if (known === undefined) {
    const { name, indexedWords, titleKeyRange } = lane;
    candidates.set(book.id, { book, indexedWords, titleKeyRange, lanes: new Set([name]) });
    return;
  }
  known.indexedWords |= lane.indexedWords;
  known.titleKeyRange = widest(known.titleKeyRange, lane.titleKeyRange);
  known.lanes.add(lane.name);
}

function widest(one: WordRange | undefined, other: WordRange | undefined): WordRange | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  return one.end - one.start >= other.end - other.start ? one : other;
}
