import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { ReadDatabase } from "./database.ts";

test("lists and rows are read alike, whether the file is mapped or not", () => {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-test-"));
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, [
    anEntry({ work: { title: "Emma" } }),
    anEntry({ work: { title: "Nana" } }),
  ]);
  for (const mapBytes of [0, 1 << 20]) {
    const database = new ReadDatabase(path, { cacheBytes: 1_000_000, mapBytes });
    const [id = 0] = database.numbers("SELECT rowid FROM words WHERE words MATCH ?", '"nana"');
    expect(database.row("SELECT titles FROM ranking WHERE id = ?", id)).toEqual(["nana"]);
    database.close();
  }
  rmSync(folder, { recursive: true });
});

test("whole numbers are bound as integers, or FTS5 would ignore bounds of rowids", () => {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-test-"));
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, [anEntry()]);
  const database = new ReadDatabase(path, { cacheBytes: 1_000_000, mapBytes: 0 });
  expect(database.row("SELECT typeof(?), typeof(?)", 16, 0.5)).toEqual(["integer", "real"]);
  database.close();
  rmSync(folder, { recursive: true });
});
