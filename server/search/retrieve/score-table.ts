/**
 * The sums of weights of many works. A request described from memory brings twenty thousand entries of
 * works: a Map takes several times as long to add them up, and sorting them all as long again.
 */

export type WorkScore = [id: number, score: number];

/** The best first; of equal ones the most read. */
export function byScore([one, a]: WorkScore, [other, b]: WorkScore): number {
  return b - a || one - other;
}

export class ScoreTable {
  readonly #mask: number;
  /** Ids at their places, by open addressing; no work has the id 0. */
  readonly #ids: Float64Array;
  readonly #scores: Float64Array;

  /** @param most ids that are added at most. */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#mask = places - 1;
    this.#ids = new Float64Array(places);
    this.#scores = new Float64Array(places);
  }

  /** Adds a weight to the score of each of some works. */
  add(ids: readonly number[], weight: number): void {
    for (const id of ids) {
      // Ids are multiples of one another's distance: their low bits alone would collide.
      let place = Math.imul(id, 0x9e3779b1) >>> 7;
      for (place &= this.#mask; this.#ids[place] !== id; place = (place + 1) & this.#mask) {
        if (this.#ids[place] === 0) {
          this.#ids[place] = id;
          break;
        }
      }
      this.#scores[place] = (this.#scores[place] ?? 0) + weight;
    }
  }

  /** The best works and their scores, best first. */
  best(limit: number): WorkScore[] {
    const best: WorkScore[] = [];
    let least = 0;
    for (let place = 0; place <= this.#mask; place++) {
      const id = this.#ids[place] ?? 0;
      const score = this.#scores[place] ?? 0;
      if (id === 0 || score < least) {
        continue;
      }
      best.push([id, score]);
      if (best.length === 2 * limit) {
        best.sort(byScore).splice(limit);
        least = best.at(-1)?.[1] ?? 0;
      }
    }
    return best.sort(byScore).slice(0, limit);
  }
}
