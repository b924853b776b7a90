import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anEntry, aWork } from "#server/testing/builders.ts";
import { prepareEntry } from "./prepare-entry.ts";
import { finishWords, WordsWriter } from "./words-writer.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-words-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const titles = Array.from({ length: 40 }, (_, index) => `Winter ${index % 7} of book ${index}`);
/** So small that every few works make a segment. */
const bufferBytes = 2000;

function writePart(path: string, worksBefore: number, end: number): void {
  using writer = new WordsWriter(path, bufferBytes, worksBefore);
  for (const title of titles.slice(worksBefore + writer.workCount, end)) {
    writer.add(prepareEntry(anEntry({ work: aWork({ title }) })).words);
  }
  writer.finish();
}

/** All that is in a finished file, and what FTS5 says about it. */
function contentsOf(path: string): unknown {
  const database = new DatabaseSync(path);
  try {
    database.exec(`
      INSERT INTO words(words) VALUES ('integrity-check');
      CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, words, 'instance');
    `);
    return ["temp.instances", "term", "topic_term", "heading"].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
    );
  } finally {
    database.close();
  }
}

test.each([0, 1, 17, 40])("%i works in one part, the rest in another: as if in one", (middle) => {
  const [whole = "", first = "", second = ""] = ["whole", "first", "second"].map((name) =>
    join(folder, `${name}.db`),
  );
  writePart(whole, 0, titles.length);
  finishWords(whole, []);
  writePart(first, 0, middle);
  writePart(second, middle, titles.length);
  finishWords(first, [second]);
  expect(contentsOf(first)).toEqual(contentsOf(whole));
});

test("a part that was written, and parts that were made one, stay as they are when asked again", () => {
  const [first = "", second = ""] = ["first", "second"].map((name) => join(folder, `${name}.db`));
  for (let time = 0; time < 2; time++) {
    writePart(first, 0, 20);
    writePart(second, 20, titles.length);
  }
  finishWords(first, [second]);
  const before = contentsOf(first);
  finishWords(first, [second]);
  expect(contentsOf(first)).toEqual(before);
});
