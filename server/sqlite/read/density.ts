/** Which parts of a lane are worth walking, and how many entries of lists a walk reads. */
import { type Expression, ofAllWorks } from "#server/search/expression.ts";
import type { SearchedPart } from "#server/search/index-port.ts";
import { ENTRIES_OF_PAGE, type ListLengths } from "./list-lengths.ts";
import { USUAL_DENSITY } from "./walker.ts";

/**
 * A walk for a core of words should end well below its limit, since words of one title stand
 * together more often than by chance.
 */
const CORE_SHARE = 0.5;

/** Few works have the same title, so that a walk for one passes hardly any entries. */
const KEY_DENSITY = 0.001;

type PartCount = Pick<SearchedPart, "workCount">;

/**
 * The rarest parts, by index: of all works, so few have all of them that every one can be looked at.
 * Every work that has all parts is among those, and the ranking function sees which ones have the
 * others too; so lists as long as those of "the" and "of" need not be walked. Undefined if that takes
 * all parts.
 */
export function coreOf(
  parts: readonly PartCount[],
  workCount: number,
  limit: number,
): number[] | undefined {
  const core: number[] = [];
  let expected = workCount;
  const rarestFirst = parts
    .map(({ workCount: count = 0 }, index) => ({ count, index }))
    .sort((one, other) => one.count - other.count);
  for (const { count, index } of rarestFirst) {
    if (core.length > 0 && expected <= limit * CORE_SHARE) {
      return core.sort((one, other) => one - other);
    }
    core.push(index);
    expected *= Math.min(1, count / Math.max(1, workCount));
  }
  return undefined;
}

/**
 * Entries of lists that are read for each work that a walk for all parts passes. Of a long list only
 * the pages are read where the shortest one has entries.
 */
export function densityOf(parts: readonly PartCount[], workCount: number): number {
  if (parts.length === 0) {
    return USUAL_DENSITY;
  }
  const counts = parts.flatMap(({ workCount: count }) => (count === undefined ? [] : [count]));
  const least = counts.length < parts.length ? KEY_DENSITY : 0;
  if (counts.length === 0) {
    return least;
  }
  const shortest = Math.max(1, Math.min(...counts));
  let read = 0;
  for (const count of counts) {
    read += Math.min(count, shortest * ENTRIES_OF_PAGE);
  }
  return Math.max(least, Math.max(1, read) / Math.max(1, workCount));
}

/** As `densityOf`, with what a walk passes beside the parts: conditions, what is unwanted, other fields. */
export function densityOfWalk(
  expression: Expression,
  parts: readonly PartCount[],
  workCount: number,
  lengths: Pick<ListLengths, "passedBeside" | "entriesRead"> | undefined,
): number {
  if (ofAllWorks(expression) !== undefined) {
    return 1;
  }
  const density = densityOf(parts, workCount);
  if (lengths === undefined) {
    return density;
  }
  const passed = lengths.passedBeside(expression, workCount) / Math.max(1, workCount);
  if (parts.length > 0) {
    return density + passed;
  }
  // Nobody said what is walked for: the lists say it, as far as they are counted.
  const read = lengths.entriesRead(expression) / Math.max(1, workCount);
  return Math.max(KEY_DENSITY, Math.min(density, read)) + passed;
}
