/**
 * Which keys were merged into which, and which were deleted: sorted arrays in shared memory, so that
 * all workers look into one table (about 20 bytes per key). Chains are resolved when the table is
 * built; a loop leads nowhere and is left out.
 */
import type { PackedKey } from "../keys.ts";
import type { Tally } from "../tally.ts";

/** How many merges in a row are followed; real chains have a handful. */
const chainLimit = 50;

export type RedirectTableData = { from: Float64Array; to: Float64Array; deleted: Float64Array };

export class RedirectTable {
  readonly data: RedirectTableData;

  constructor(data: RedirectTableData) {
    this.data = data;
  }

  /** The key's present form: itself unless it was merged. */
  resolve(key: PackedKey): PackedKey {
    const index = find(this.data.from, key);
    return index < 0 ? key : (this.data.to[index] ?? key);
  }

  isMerged(key: PackedKey): boolean {
    return find(this.data.from, key) >= 0;
  }

  isDeleted(key: PackedKey): boolean {
    return find(this.data.deleted, key) >= 0;
  }
}

/** Resolves chains and sorts. Redirects in a loop or of over-long chains are noted and dropped. */
export function buildRedirectTable(
  redirects: ReadonlyMap<PackedKey, PackedKey>,
  deletes: ReadonlySet<PackedKey>,
  warnings: Tally,
): RedirectTable {
  const pairs: [PackedKey, PackedKey][] = [];
  for (const [from, first] of redirects) {
    let target = first;
    let steps = 0;
    while (target !== from && steps < chainLimit) {
      const next = redirects.get(target);
      if (next === undefined) {
        break;
      }
      target = next;
      steps += 1;
    }
    if (target === from || steps === chainLimit) {
      warnings.add("redirects that lead in a circle");
    } else {
      pairs.push([from, target]);
    }
  }
  pairs.sort(([a], [b]) => a - b);
  const from = sharedArray(pairs.length);
  const to = sharedArray(pairs.length);
  pairs.forEach(([source, target], index) => {
    from[index] = source;
    to[index] = target;
  });
  const deleted = sharedArray(deletes.size);
  deleted.set([...deletes].sort((a, b) => a - b));
  return new RedirectTable({ from, to, deleted });
}

function sharedArray(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** Binary search; -1 if absent. */
function find(sorted: Float64Array, key: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] ?? 0;
    if (value === key) {
      return middle;
    }
    if (value < key) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return -1;
}
