/** An import may merge a book, of which something was written here, into another. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { EditedCatalog } from "./edited-catalog.ts";
import { Edits } from "./edits.ts";
import type { WriteContext } from "./record-write.ts";

const anna: WriteContext = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };
const rings = "OL27448W";

test("an edition made here of a book that was merged can still be changed and deleted", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "edits-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const now = () => new Date("2026-11-22T12:00:00Z");
  await using before = aCatalog([anEntry({ work: { key: "OL999W", title: "The Ring" } })]);
  const earlier = new Edits({ dataDir, imported: before, now });
  const { edition } = await earlier.createEdition("OL999W", { title: "A Ring" }, anna);
  earlier[Symbol.dispose]();
  // Here OL999W is a former key of OL27448W.
  await using imported = aFewBooks();
  using edits = new Edits({ dataDir, imported, now });
  const catalog = new EditedCatalog(edits);
  for (const [name, pageCount] of [
    ["OL999W", 10],
    [rings, 20],
  ] as const) {
    const changed = await edits.updateEdition(name, edition.key, { pageCount }, "", anna);
    expect(changed).toMatchObject({ bookKey: rings, edition: { title: "A Ring", pageCount } });
  }
  const page = { workKey: rings, pageSize: 10, pageToken: "", preferredLanguages: [] };
  expect((await catalog.listEditions(page))?.editions).toContainEqual(
    expect.objectContaining({ key: edition.key, pageCount: 20 }),
  );
  expect((await edits.deleteEdition("OL999W", edition.key, "", anna)).bookKey).toBe(rings);
  await expect(edits.updateEdition("OL5W", edition.key, {}, "", anna)).rejects.toThrow();
});
