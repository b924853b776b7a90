import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";

let folder = "";
let database: DatabaseSync;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-plan-"));
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, [anEntry()]);
  database = new DatabaseSync(path, { readOnly: true });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function plan(sql: string, ...parameters: (string | number)[]): string[] {
  return database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map((row) => String(row["detail"]));
}

test("a lane walks the index in order of rowid, within its window, and looks rows up by key", () => {
  const steps = plan(
    "SELECT ranking.id FROM words JOIN ranking ON ranking.id = words.rowid " +
      "WHERE words MATCH ? AND words.rowid > ? AND words.rowid <= ? LIMIT ?",
    '"dune"',
    0,
    1000,
    10,
  );
  // "M" is the match; "<" and ">" are the window, which FTS5 takes into its own walk.
  expect(steps[0]).toMatch(/^SCAN words VIRTUAL TABLE INDEX 0:<?>?M/);
  expect(steps[1]).toBe("SEARCH ranking USING INTEGER PRIMARY KEY (rowid=?)");
  expect(steps.join()).not.toContain("TEMP B-TREE");
});

test.each([
  ["SELECT work_count FROM term WHERE word = ?", /USING COVERING INDEX term_word/],
  ["SELECT work_count FROM stem WHERE word = ?", /USING PRIMARY KEY/],
  ["SELECT work_count FROM heading WHERE token = ?", /USING PRIMARY KEY/],
  ["SELECT target FROM redirect WHERE source = ?", /USING PRIMARY KEY/],
  ["SELECT document, work_count FROM author WHERE number = ?", /USING INTEGER PRIMARY KEY/],
  ["SELECT documents FROM edition WHERE id = ?", /USING INTEGER PRIMARY KEY/],
])("%s is one look-up", (sql, expected) => {
  expect(plan(sql, "1").join()).toMatch(expected);
});

test("browsing everything walks the table in its own order", () => {
  expect(
    plan("SELECT id FROM ranking WHERE id > ? ORDER BY id LIMIT ?", 0, 10).join(),
  ).not.toContain("TEMP B-TREE");
});
