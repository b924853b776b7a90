/**
 * Counts by name with a few examples each: how an import says what it skipped and what it mended.
 */

export type TallyCount = { count: number; examples: string[] };
export type TallyCounts = Record<string, TallyCount>;

const examplesKept = 3;
const exampleLength = 160;
/** Names may hold parts of the input (unknown types); this keeps a hostile file from filling memory. */
const namesKept = 500;

export class Tally {
  readonly #counts = new Map<string, TallyCount>();

  add(name: string, example = "", count = 1): void {
    const known = this.#counts.get(name) ?? this.#open(name);
    known.count += count;
    if (example !== "" && known.examples.length < examplesKept) {
      known.examples.push(shorten(example));
    }
  }

  merge(counts: TallyCounts): void {
    for (const [name, { count, examples }] of Object.entries(counts)) {
      this.add(name, "", count);
      const known = this.#counts.get(name);
      known?.examples.push(...examples.slice(0, examplesKept - known.examples.length));
    }
  }

  /** Sorted by name, so that equal tallies print equally. */
  counts(): TallyCounts {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  total(): number {
    let sum = 0;
    for (const { count } of this.#counts.values()) {
      sum += count;
    }
    return sum;
  }

  #open(name: string): TallyCount {
    const usedName = this.#counts.size < namesKept ? name : "other";
    const fresh = this.#counts.get(usedName) ?? { count: 0, examples: [] };
    this.#counts.set(usedName, fresh);
    return fresh;
  }
}

function shorten(example: string): string {
  const line = example.replace(/\p{Cc}/gu, "·").toWellFormed();
  return line.length <= exampleLength ? line : `${line.slice(0, exampleLength)}…`;
}
