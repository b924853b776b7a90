import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { editsFile } from "./edit-database.ts";
import { EditedCatalog } from "./edited-catalog.ts";
import { Edits } from "./edits.ts";

const imported = aFewBooks();
const dataDir = mkdtempSync(join(tmpdir(), "edited-"));
afterAll(async () => {
  await imported[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true });
});

/** The revision that a server tells of which this is written first. */
async function revisionAfter(title: string): Promise<string> {
  using edits = new Edits({ dataDir, imported, now: () => new Date("2026-11-22T12:00:00Z") });
  const who = { address: "::1", requestId: "", validateOnly: false };
  if (title !== "") {
    await edits.updateBook("OL27448W", { title }, "", { ...who, actor: `key:${title}` });
  }
  return (await new EditedCatalog(edits).info()).revision;
}

test("a state has one name, after a restart too, and another history of as many writes another", async () => {
  const untouched = await revisionAfter("");
  const first = await revisionAfter("The Ring");
  expect(first).not.toBe(untouched);
  expect(await revisionAfter("")).toBe(first);
  // As after a backup was restored, to which somebody else has written since.
  rmSync(editsFile(dataDir));
  expect(await revisionAfter("")).toBe(untouched);
  expect(await revisionAfter("Rings")).not.toBe(first);
});
