/** What FTS5 offers by itself: all words in one index, `ORDER BY rank`, on the very same file. */
import { DatabaseSync } from "node:sqlite";
import type { ShapedQuery } from "./query-mix.ts";

/** Each costs up to seconds. */
const QUERIES_PER_SHAPE = 12;

/** Milliseconds of some queries of each shape. */
export function timeBm25(
  catalogueFile: string,
  queries: readonly ShapedQuery[],
): Map<string, number[]> {
  const database = new DatabaseSync(catalogueFile, { readOnly: true });
  try {
    const statement = database.prepare(
      "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20",
    );
    const times = new Map<string, number[]>();
    for (const { shape, text, unfinished } of queries) {
      const known = times.get(shape) ?? [];
      const expression = matchExpression(text, unfinished);
      if (known.length === QUERIES_PER_SHAPE || expression === "") {
        continue;
      }
      const begin = performance.now();
      statement.all(expression);
      known.push(performance.now() - begin);
      times.set(shape, known);
    }
    return times;
  } finally {
    database.close();
  }
}

function matchExpression(text: string, unfinished: boolean): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word, index) => `"${word}"${unfinished && index === words.length - 1 ? "*" : ""}`)
    .join(" ");
}
