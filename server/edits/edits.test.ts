import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { editsFile } from "./edit-database.ts";
import { EditStore } from "./edit-store.ts";
import { EditedCatalog } from "./edited-catalog.ts";
import { Edits } from "./edits.ts";
import { etagOf } from "./etag.ts";
import type { WriteContext } from "./record-write.ts";
import { BadFieldError, NothingThereError, StaleEtagError } from "./write-errors.ts";

const imported = aFewBooks();
afterAll(() => imported[Symbol.asyncDispose]());

let dataDir = "";
let edits: Edits;
let catalog: EditedCatalog;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "edits-"));
  open();
});
afterEach(() => {
  edits[Symbol.dispose]();
  rmSync(dataDir, { recursive: true });
});

function open(): void {
  edits = new Edits({ dataDir, imported, now: () => new Date("2026-11-22T12:00:00Z") });
  catalog = new EditedCatalog(edits);
}

const anna: WriteContext = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };
const rings = "OL27448W";

async function present(key: string) {
  const work = await catalog.getWork(key);
  if (work === undefined) {
    throw new Error(`There is no ${key}`);
  }
  return { work, etag: etagOf(work) };
}

describe("a book", () => {
  test("is made with a key of its own, and is there at once and after a restart", async () => {
    const work = await edits.createBook({ title: "Emma", firstPublished: "1815" }, anna);
    expect(work).toMatchObject({
      key: "OL900000001W",
      title: "Emma",
      firstPublished: { year: 1815, precision: "year" },
    });
    expect((await edits.createBook({ title: "Persuasion" }, anna)).key).toBe("OL900000002W");
    edits[Symbol.dispose]();
    open();
    expect(await catalog.getWork("OL900000001W")).toEqual(work);
    expect((await edits.createBook({ title: "Sanditon" }, anna)).key).toBe("OL900000003W");
  });

  test("is changed in the fields that are written, and in no others", async () => {
    const before = await present(rings);
    const work = await edits.updateBook(rings, { title: "The Ring", subjects: [] }, "", anna);
    expect(work).toEqual({ ...before.work, title: "The Ring", subjects: [] });
    expect((await present(rings)).work).toEqual(work);
    expect((await imported.getWork(rings))?.title).toBe("The Lord of the Rings");
  });

  test("goes to the first of two editors with the same etag", async () => {
    const { etag } = await present(rings);
    const outcomes = await Promise.allSettled([
      edits.updateBook(rings, { title: "Anna's" }, etag, anna),
      edits.updateBook(rings, { title: "Ben's" }, etag, { ...anna, actor: "user:2" }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(StaleEtagError) });
    expect((await present(rings)).work.title).toBe("Anna's");
  });

  test("is deleted and comes back as it was", async () => {
    await edits.updateBook(rings, { title: "The Ring" }, "", anna);
    const { work, etag } = await present(rings);
    await edits.setBookDeleted(rings, true, etag, anna);
    expect(await catalog.getWork(rings)).toBeUndefined();
    expect(await catalog.listEditions(aPage(rings))).toBeUndefined();
    await expect(edits.updateBook(rings, { title: "x" }, "", anna)).rejects.toThrow(/undelete/);
    await expect(edits.setBookDeleted(rings, true, "", anna)).rejects.toThrow(NothingThereError);
    await edits.setBookDeleted(rings, false, "", anna);
    expect((await present(rings)).work).toEqual(work);
    // What is there already stays.
    expect(await edits.setBookDeleted(rings, false, "", anna)).toEqual(work);
  });

  test("is found under a key that was merged into it", async () => {
    await edits.updateBook("OL999W", { title: "The Ring" }, "", anna);
    expect((await present(rings)).work.title).toBe("The Ring");
  });

  test("that never was can't be written", async () => {
    for (const write of [
      edits.updateBook("OL5W", { title: "x" }, "", anna),
      edits.setBookDeleted("OL5W", true, "", anna),
      edits.setBookDeleted("OL5W", false, "", anna),
      edits.createEdition("OL5W", { title: "x" }, anna),
      edits.revisions("OL5W", 1, Number.MAX_SAFE_INTEGER),
    ]) {
      await expect(write).rejects.toThrow(NothingThereError);
    }
  });

  test("remembers who did what, newest first", async () => {
    await edits.updateBook(rings, { title: "The Ring" }, "", anna);
    await edits.updateBook(rings, { title: "The Ring" }, "", anna);
    await edits.setBookDeleted(rings, true, "", { ...anna, actor: "key:laptop" });
    await edits.setBookDeleted(rings, false, "", anna);
    const { revisions } = await edits.revisions(rings, 10, Number.MAX_SAFE_INTEGER);
    expect(revisions).toMatchObject([
      { action: "undelete", actor: "user:1" },
      { action: "delete", actor: "key:laptop", changes: [] },
      {
        action: "update",
        actor: "user:1",
        address: "::1",
        at: "2026-11-22T12:00:00.000Z",
        changes: [{ field: "title", before: "The Lord of the Rings", after: "The Ring" }],
      },
    ]);
    const older = await edits.revisions(rings, 10, revisions[1]?.id ?? 0);
    expect(older.revisions).toHaveLength(1);
  });
});

describe("a request", () => {
  test("with an id is carried out once, however often it is sent", async () => {
    const once = { ...anna, requestId: "a" };
    const first = await edits.createBook({ title: "Emma" }, once);
    expect(await edits.createBook({ title: "Emma" }, once)).toEqual(first);
    expect((await edits.createBook({ title: "Emma" }, { ...once, actor: "user:2" })).key).not.toBe(
      first.key,
    );
    const { etag } = await present(rings);
    const update = () =>
      edits.updateBook(rings, { title: "The Ring" }, etag, { ...anna, requestId: "b" });
    // The second time, the etag is stale; it was this very request that changed the book.
    expect(await update()).toEqual(await update());
  });

  test("may not share its id with another", async () => {
    await edits.createBook({ title: "Emma" }, { ...anna, requestId: "a" });
    await expect(edits.createBook({ title: "Ema" }, { ...anna, requestId: "a" })).rejects.toThrow(
      BadFieldError,
    );
  });

  test("that only validates writes nothing, and fails as it would", async () => {
    const asIf = { ...anna, validateOnly: true, requestId: "a" };
    expect((await edits.createBook({ title: "Emma" }, asIf)).title).toBe("Emma");
    expect((await edits.updateBook(rings, { title: "The Ring" }, "", asIf)).title).toBe("The Ring");
    await expect(edits.updateBook(rings, { title: "x" }, "stale", asIf)).rejects.toThrow(
      StaleEtagError,
    );
    expect(edits.store.generation()).toBe(0);
    expect((await edits.createBook({ title: "Another" }, anna)).key).toBe("OL900000001W");
    expect((await present(rings)).work.title).toBe("The Lord of the Rings");
  });
});

const aPage = (workKey: string, pageSize = 20, pageToken = "") => ({
  workKey,
  pageSize,
  pageToken,
  preferredLanguages: [],
});

async function editionsOf(workKey: string, pageSize: number) {
  const titles: string[] = [];
  let pageToken = "";
  do {
    const page = await catalog.listEditions(aPage(workKey, pageSize, pageToken));
    titles.push(...(page?.editions.map(({ title }) => title) ?? []));
    pageToken = page?.nextPageToken ?? "";
  } while (pageToken !== "");
  return titles;
}

describe("editions", () => {
  test("of a book made here make up its count, languages and ISBN", async () => {
    const { key } = await edits.createBook({ title: "Emma" }, anna);
    const patch = { title: "Emma", languages: ["eng"], isbn13: ["9780141439587"] };
    const { edition } = await edits.createEdition(key, patch, anna);
    expect(edition.key).toBe("OL900000001M");
    expect((await present(key)).work).toMatchObject({
      editionCount: 1,
      languages: ["eng"],
      isbn13: "9780141439587",
    });
    expect(await catalog.listEditions(aPage(key))).toMatchObject({
      editions: [edition],
      totalSize: 1,
    });
    await edits.deleteEdition(key, edition.key, etagOf(edition), anna);
    expect(await catalog.listEditions(aPage(key))).toMatchObject({ editions: [], totalSize: 0 });
  });

  test.each([1, 2, 3, 20])("are listed each once, %i at a time", async (pageSize) => {
    for (const title of ["A", "B", "C"]) {
      await edits.createEdition(rings, { title }, anna);
    }
    await edits.updateEdition(rings, "OL2M", { title: "Der Herr der Ringe, neu" }, "", anna);
    expect(await editionsOf(rings, pageSize)).toEqual([
      "A",
      "B",
      "C",
      "The Lord of the Rings",
      "Der Herr der Ringe, neu",
    ]);
    await edits.deleteEdition(rings, "OL51708686M", "", anna);
    expect(await editionsOf(rings, pageSize)).toHaveLength(4);
    expect((await present(rings)).work.editionCount).toBe(4);
  });

  test("belong to their book", async () => {
    const { edition } = await edits.createEdition(rings, { title: "A" }, anna);
    for (const key of [edition.key, "OL2M", "OL5M"]) {
      const write = edits.updateEdition("OL262758W", key, { title: "x" }, "", anna);
      await expect(write).rejects.toThrow(NothingThereError);
    }
  });
});

test("ends what caches keep with every write, and only then", async () => {
  const { revision } = await catalog.info();
  expect(revision).toBe((await imported.info()).revision);
  await edits.createBook({ title: "Emma" }, anna);
  const after = (await catalog.info()).revision;
  expect(after).not.toBe(revision);
  await edits.updateBook(rings, { title: "The Lord of the Rings" }, "", anna);
  expect((await catalog.info()).revision).toBe(after);
});

describe("a conflict with an import", () => {
  beforeEach(async () => {
    await edits.updateBook(rings, { title: "The Ring", coverId: 7 }, "", anna);
    using store = new EditStore(editsFile(dataDir));
    expect(store.all()).toMatchObject([
      { work: rings, patch: { title: "The Ring", coverId: 7 }, base: { coverId: 14625765 } },
    ]);
    store.replaceConflicts([
      { work: rings, reason: "changed", imported: { title: "Lord of the Rings", coverId: 9 } },
    ]);
  });

  test("is listed with all three sides", () => {
    expect(edits.conflicts(10, "")).toEqual([
      {
        work: rings,
        reason: "changed",
        patch: { title: "The Ring", coverId: 7 },
        base: { title: "The Lord of the Rings", coverId: 14625765 },
        imported: { title: "Lord of the Rings", coverId: 9 },
      },
    ]);
    expect(edits.conflicts(10, rings)).toEqual([]);
  });

  test("ends with the edit in force", async () => {
    const work = await edits.resolveConflict(rings, "edit", anna);
    expect(work).toMatchObject({ title: "The Ring", coverId: 7 });
    expect(edits.conflicts(10, "")).toEqual([]);
    using store = new EditStore(editsFile(dataDir));
    expect(store.get(rings)?.base).toEqual({ title: "Lord of the Rings", coverId: 9 });
  });

  test("ends with the import's values, which are remembered as a change", async () => {
    const work = await edits.resolveConflict(rings, "import", anna);
    expect(work).toMatchObject({ title: "Lord of the Rings", coverId: 9 });
    const { revisions } = await edits.revisions(rings, 1, Number.MAX_SAFE_INTEGER);
    expect(revisions).toMatchObject([
      {
        action: "resolve",
        changes: [
          { field: "title", before: "The Ring", after: "Lord of the Rings" },
          { field: "coverId", before: 7, after: 9 },
        ],
      },
    ]);
    await expect(edits.resolveConflict(rings, "import", anna)).rejects.toThrow(NothingThereError);
  });
});
