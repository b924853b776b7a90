/**
 * A line of a dump, cut at its first four TABs: `type \t key \t revision \t last_modified \t json`.
 * JSON never holds a raw TAB, but a CSV reader with quoting would still break it: so no CSV reader.
 */
export type Row = {
  /** "work" for "/type/work". */
  type: string;
  key: string;
  revision: number;
  modified: string;
  json: string;
};

/** The row, or the reason why the line isn't one. */
export function splitRow(line: string): Row | { reason: string } {
  const first = line.indexOf("\t");
  const second = line.indexOf("\t", first + 1);
  const third = line.indexOf("\t", second + 1);
  const fourth = line.indexOf("\t", third + 1);
  if (first < 0 || second < 0 || third < 0 || fourth < 0) {
    return { reason: "fewer than 5 columns" };
  }
  if (!line.startsWith("/type/")) {
    return { reason: "first column is no type" };
  }
  const revision = Number(line.slice(second + 1, third));
  return {
    type: line.slice(6, first),
    key: line.slice(first + 1, second),
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : 1,
    modified: line.slice(third + 1, fourth),
    json: line.slice(fourth + 1),
  };
}
