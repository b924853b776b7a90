import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { editsFile, openEditDatabase } from "#server/edits/edit-database.ts";
import { ImportError } from "#server/import/import-error.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { backUp } from "./catalog-commands.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-backup-"));
  writeCatalogue(join(folder, "catalogue.db"), [anEntry({})]);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a backup has what is being written, and nothing beside it", async () => {
  using database = openEditDatabase(editsFile(folder));
  database.exec("INSERT INTO last_number (kind, number) VALUES ('book', 7)");
  mkdirSync(join(folder, "copies"));
  await backUp(folder, join(folder, "copies/today.db"));
  expect(readdirSync(join(folder, "copies")).sort()).toEqual(["today.db", "today.db.edits"]);
  using copy = openEditDatabase(join(folder, "copies/today.db.edits"));
  expect(copy.prepare("SELECT number FROM last_number").get()).toMatchObject({ number: 7 });
});

test("a backup into a folder that isn't there is refused", async () => {
  const target = join(folder, "missing/today.db");
  await expect(backUp(folder, target)).rejects.toThrow(ImportError);
  await expect(backUp(folder, target)).rejects.toThrow(/no folder .*missing/);
  expect(existsSync(target)).toBe(false);
});
