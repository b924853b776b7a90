import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { aWork } from "#server/testing/builders.ts";
import { applyPatch, type Edit, isUnderEdit, valuesOf } from "./edit.ts";
import { editsFile } from "./edit-database.ts";
import { EditStore, readEdits } from "./edit-store.ts";

const root = mkdtempSync(join(tmpdir(), "edits-"));
afterAll(() => rmSync(root, { recursive: true }));

let dataDir = "";
let count = 0;
beforeEach(() => {
  count += 1;
  dataDir = join(root, String(count));
});

const emma: Edit = {
  work: "OL1W",
  patch: { title: "Emma" },
  base: { title: "Ema" },
  editedAt: "2026-11-22T12:00:00.000Z",
};

test("has no edits before the first", () => {
  expect(readEdits(dataDir).works).toEqual([]);
});

test("keeps edits, and adds further fields to the edit of a work", () => {
  {
    using store = new EditStore(editsFile(dataDir));
    store.save(emma);
    store.save({ ...emma, patch: { subjects: ["Love"] }, base: { subjects: [] } });
  }
  expect(readEdits(dataDir).works).toEqual([
    { ...emma, patch: { title: "Emma", subjects: ["Love"] }, base: { title: "Ema", subjects: [] } },
  ]);
});

test("remembers what the import said, not the first edit, when a field is edited twice", () => {
  using store = new EditStore(editsFile(dataDir));
  store.save(emma);
  store.save({ ...emma, patch: { title: "Emma!" }, base: { title: "Emma" } });
  expect(store.get("OL1W")).toMatchObject({ patch: { title: "Emma!" }, base: { title: "Ema" } });
});

test("lists conflicts with their edits until the work is edited again", () => {
  using store = new EditStore(editsFile(dataDir));
  store.save(emma);
  store.replaceConflicts([{ work: "OL1W", reason: "changed", imported: { title: "Emma (1815)" } }]);
  expect(store.conflicts()).toEqual([
    { work: "OL1W", reason: "changed", imported: { title: "Emma (1815)" }, edit: emma },
  ]);
  store.save({ ...emma, patch: { title: "Emma, a novel" }, base: { title: "Emma" } });
  expect(store.conflicts()).toEqual([]);
  expect(store.get("OL1W")?.base).toEqual({ title: "Emma (1815)" });
});

test("puts a patch over a work and finds it settled", () => {
  const work = aWork({ title: "Ema" });
  const patch = { title: "Emma", firstPublished: "1815", subjects: ["Love"] };
  const edit = { ...emma, patch, base: valuesOf(work, patch) };
  const edited = applyPatch(work, patch, 2026);
  expect(edited).toMatchObject({
    title: "Emma",
    subjects: ["Love"],
    firstPublished: { year: 1815 },
  });
  expect(isUnderEdit(edit, valuesOf(work, patch))).toBe(true);
  expect(isUnderEdit(edit, valuesOf(edited, patch))).toBe(true);
  expect(isUnderEdit(edit, { ...edit.base, title: "Another" })).toBe(false);
});
