import type { DatabaseSync } from "node:sqlite";
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { fenceBehind, fenceToken } from "./fences.ts";

export type Words = PreparedEntry["words"];

/** Indexes the words of the nth most popular work, counted from 1, and the fence behind it. */
export function wordsInserter(database: DatabaseSync): (work: number, words: Words) => void {
  const statement = database.prepare(
    "INSERT INTO words (rowid, title, author, series, topic, publisher, key) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  return (work, words) => {
    statement.run(work * ROWID_GAP, ...words);
    const behind = fenceBehind(work);
    if (behind === undefined) {
      return;
    }
    const token = fenceToken(behind);
    statement.run(behind, token, token, token, token, token, token);
  };
}
