import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { ReadDatabase } from "../database.ts";
import { APPLICATION_ID, createTables, FORMAT_VERSION } from "../schema.ts";
import { SpelledWords } from "./spelled-words.ts";

test("words are found by their forms, common and rare ones, up to a limit", () => {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-spelled-"));
  const path = join(folder, "words.db");
  const file = new DatabaseSync(path);
  file.exec(`${createTables} PRAGMA application_id = ${APPLICATION_ID};`);
  file.exec(`PRAGMA user_version = ${FORMAT_VERSION}`);
  const terms: [number, string][] = [
    [1, "house"],
    [64, "horse"],
    [400_000, "hose"],
  ];
  for (const [id, word] of terms) {
    file.prepare("INSERT INTO term (id, word, work_count) VALUES (?, ?, 7)").run(id, word);
    file.prepare("INSERT INTO spelling (rowid, form) VALUES (?, ?)").run(id, `${word} hoe`);
  }
  file.close();
  const database = new ReadDatabase(path, { cacheBytes: 1 << 20, mapBytes: 0 });
  const spelled = new SpelledWords(database);
  const found = (forms: string[], limit: number) =>
    spelled.withForms(forms, limit).map(({ word }) => word);
  expect(found(["hoe"], 10)).toEqual(["house", "horse", "hose"]);
  expect(found(["hose", "horse"], 10)).toEqual(["horse", "hose"]);
  expect(found(["hoe"], 2)).toEqual(["house", "horse"]);
  expect(found(["zebra"], 10)).toEqual([]);
  database.close();
  rmSync(folder, { recursive: true });
});
