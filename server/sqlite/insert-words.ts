import type { DatabaseSync } from "node:sqlite";
import { FENCE_TOKEN, fenceBehind } from "./fences.ts";
import type { PreparedEntry } from "./prepare-entry.ts";
import { ROWID_GAP } from "./schema.ts";

export type Words = PreparedEntry["words"];

const fence: Words = [FENCE_TOKEN, FENCE_TOKEN, FENCE_TOKEN, FENCE_TOKEN, FENCE_TOKEN, FENCE_TOKEN];

/** Indexes the words of the nth most popular work, counted from 1, and the fence behind it. */
export function wordsInserter(database: DatabaseSync): (work: number, words: Words) => void {
  const statement = database.prepare(
    "INSERT INTO words (rowid, title, author, series, topic, publisher, key) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  return (work, words) => {
    statement.run(work * ROWID_GAP, ...words);
    const behind = fenceBehind(work);
    if (behind !== undefined) statement.run(behind, ...fence);
  };
}
