/** What becomes of a reader on page 1 when the catalogue is imported anew. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { openLiveCatalog } from "#server/catalog-file/live-catalog.ts";
import { importCatalogue } from "#server/import/import-catalogue.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { aDumpFile, aWorkLine } from "#server/testing/dump.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const root = mkdtempSync(join(tmpdir(), "pages-"));
const dumps = join(root, "dumps");
let catalog: Catalog;
let server: TestServer;
let swapped = Promise.withResolvers<void>();

/** Imports a dump of so many numbered books; the server follows. */
async function importBooks(count: number): Promise<string> {
  const lines = Array.from({ length: count }, (_, index) =>
    aWorkLine(index + 1, { title: `Sea Novel ${index + 1}` }),
  );
  aDumpFile(dumps, "works.txt", lines);
  const { catalogueFile } = await importCatalogue({
    inputs: [dumps],
    dataDir: join(root, "data"),
    workers: 0,
  });
  return catalogueFile;
}

async function importAgain(count: number): Promise<void> {
  swapped = Promise.withResolvers();
  await importBooks(count);
  await swapped.promise;
}

beforeAll(async () => {
  mkdirSync(dumps);
  catalog = await openLiveCatalog({
    path: await importBooks(30),
    open: (path) => openSqliteCatalog(path),
    pollMs: 10,
    onSwap: () => swapped.resolve(),
  });
  server = await startServer(catalog);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await catalog?.[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

type Answer = {
  results: { book: { title: string } }[];
  nextPageToken?: string;
  code?: string;
  message?: string;
  details?: { type: string }[];
};

async function page(pageToken = ""): Promise<Answer & { status: number }> {
  const response = await fetch(`${server.url}/bookfinder.v1.BookService/SearchBooks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "sea", pageSize: 12, pageToken }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

/** Titles of all pages, from a token on. */
async function titlesFrom(pageToken?: string): Promise<string[]> {
  const { results, nextPageToken = "" } = await page(pageToken);
  const titles = results.map(({ book }) => book.title);
  return nextPageToken === "" ? titles : [...titles, ...(await titlesFrom(nextPageToken))];
}

test("the same dump again: the old token goes on where it was", async () => {
  const first = await page();
  await importAgain(30);
  const titles = [
    ...first.results.map(({ book }) => book.title),
    ...(await titlesFrom(first.nextPageToken)),
  ];
  expect(titles).toHaveLength(30);
  expect(new Set(titles).size).toBe(30);
});

test("another dump: the old token says that it expired and what to do; a new search has all", async () => {
  const first = await page();
  await importAgain(35);
  const refused = await page(first.nextPageToken);
  expect(refused).toMatchObject({
    status: 400,
    code: "invalid_argument",
    message: expect.stringMatching(/^page_token is from before the catalogue was replaced; search/),
  });
  expect(refused.details?.map(({ type }) => type)).toEqual([
    "google.rpc.ErrorInfo",
    "google.rpc.BadRequest",
    "buf.validate.Violations",
  ]);
  expect(new Set(await titlesFrom()).size).toBe(35);
});
