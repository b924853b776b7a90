/** The words of a query as parts of an FTS5 expression, and which of them are worth walking. */

/** One word of a query, as it is searched. */
export type WordPart = {
  /** Which word of the query it is. */
  index: number;
  expression: string;
  /** About how many works have it. */
  workCount: number;
};

/**
 * A walk for a core of words should end well below its limit, since words of one title stand
 * together more often than by chance.
 */
const CORE_SHARE = 0.5;

/**
 * The rarest words of a query: of all works, so few have all of them that every one can be looked at.
 * Every work that has all words of the query is among those, and the ranking function sees which ones
 * have the others too; so lists as long as those of "the" and "of" need not be walked. Undefined if
 * that takes all words.
 */
function coreOf(
  parts: readonly WordPart[],
  workCount: number,
  limit: number,
): WordPart[] | undefined {
  const core: WordPart[] = [];
  let expected = workCount;
  for (const part of parts.toSorted((one, other) => one.workCount - other.workCount)) {
    if (core.length > 0 && expected <= limit * CORE_SHARE) {
      return core.sort((one, other) => one.index - other.index);
    }
    core.push(part);
    expected *= Math.min(1, part.workCount / Math.max(1, workCount));
  }
  return undefined;
}

/**
 * Walks for a core of the parts, or for all of them where more than `coreLimit` works have the core.
 * Returns how many works were found, and whether that was a walk for all.
 */
export function walkCoreOrAll(
  parts: readonly WordPart[],
  workCount: number,
  { limit, coreLimit }: { limit: number; coreLimit: number },
  walk: (parts: readonly WordPart[], limit: number, isCore: boolean) => number,
): { found: number; all: boolean } {
  const core = coreOf(parts, workCount, limit);
  const found = core === undefined ? coreLimit : walk(core, coreLimit, true);
  if (found < coreLimit) return { found, all: false };
  return { found: walk(parts, limit, false), all: true };
}

/** What it costs to find a place in a list, read and unpack its page, in entries read one by one. */
const ENTRIES_OF_SEEK = 250;

/**
 * Entries of lists that are read for each work that a walk for all parts passes. Of a long list only
 * the pages are read where the shortest one has entries.
 */
export function densityOf(
  parts: readonly Pick<WordPart, "workCount">[],
  workCount: number,
): number {
  const shortest = Math.min(...parts.map((part) => part.workCount));
  const read = parts.map((part) =>
    Math.min(part.workCount, Math.max(1, shortest) * ENTRIES_OF_SEEK),
  );
  return Math.max(1, sum(read)) / Math.max(1, workCount);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
