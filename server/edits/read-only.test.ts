import { afterAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { EditedCatalog } from "./edited-catalog.ts";
import { Edits } from "./edits.ts";
import type { WriteContext } from "./record-write.ts";
import { ReadOnlyError } from "./write-errors.ts";

const imported = aFewBooks();
afterAll(() => imported[Symbol.asyncDispose]());

const anna: WriteContext = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };
const rings = "OL27448W";

test("where nothing can be written, every write is refused with the reason, and reads go on", async () => {
  using closed = new Edits({
    dataDir: undefined,
    imported,
    now: () => new Date("2026-11-22T12:00:00Z"),
    readOnlyBecause: "The catalogue is elsewhere",
  });
  const row = { target: undefined, patch: { title: "Emma" }, etag: "", editions: [] };
  const writes = [
    () => closed.createBook({ title: "Emma" }, anna),
    () => closed.createBook({ title: "Emma" }, { ...anna, validateOnly: true }),
    () => closed.updateBook(rings, { title: "Emma" }, "", anna),
    () => closed.setBookDeleted(rings, true, "", anna),
    () => closed.createEdition(rings, { title: "Emma" }, anna),
    () => closed.writeBatch([row], anna),
  ];
  for (const write of writes) {
    const writing = write();
    await expect(writing).rejects.toThrow(ReadOnlyError);
    await expect(writing).rejects.toThrow("The catalogue is elsewhere");
  }
  expect(await new EditedCatalog(closed).getWork(rings)).toEqual(await imported.getWork(rings));
});
