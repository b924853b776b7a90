/**
 * What a new catalogue has to show before it replaces the present one: whole on disk, as many rows
 * as were written, no tenth of the books lost, and answers to sample questions.
 */

import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Catalog, CatalogInfo, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { decodeWork } from "#server/index-entries/documents.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { APPLICATION_ID } from "#server/sqlite/schema.ts";
import { ImportedEntries } from "#server/sqlite/written/imported-entries.ts";
import { ImportError } from "../import-error.ts";

/** A new dump has at least this share of what the last one had; Open Library grows every month. */
const sharePresent = 0.9;
/** Sample works looked up by key and by title. */
const sampleWorks = 50;
/** Share of sample works that a search for their exact title must show among the first results. */
const shareFound = 0.8;

export type ExpectedCounts = { works: number; editions: number; authors: number };

/** @throws {ImportError} that says why the new catalogue is refused. */
export async function proveCatalogue(
  built: string,
  present: string,
  expected: ExpectedCounts,
  force: boolean,
): Promise<void> {
  checkIntegrity(built);
  await using catalog = openSqliteCatalog(built);
  const info = await catalog.info();
  const rows = { works: info.workCount, editions: info.editionCount, authors: info.authorCount };
  if (JSON.stringify(rows) !== JSON.stringify(expected)) {
    const told = `${JSON.stringify(rows)} instead of ${JSON.stringify(expected)}`;
    throw new ImportError(
      `the new catalogue holds ${told}; delete the import folder and start anew`,
    );
  }
  if (info.workCount === 0) {
    throw new ImportError("the input holds no works and no editions");
  }
  if (!force && existsSync(present)) {
    compareWithPresent(built, present);
  }
  await askSamples(catalog, built);
}

/** Whether the index writer finished the file; one that it was killed in is not. */
export function isFinishedCatalogue(path: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const row = database.prepare("PRAGMA application_id").get();
      return row?.["application_id"] === APPLICATION_ID;
    } finally {
      database.close();
    }
  } catch {
    // A journal that has to be rolled back first can't be read: not finished.
    return false;
  }
}

/** @throws {ImportError} when SQLite finds the file damaged. */
export function checkIntegrity(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database.prepare("PRAGMA quick_check(1)").get();
    const finding = row?.["quick_check"];
    if (finding !== "ok") {
      throw new ImportError(`${path} is damaged: ${finding}`);
    }
  } finally {
    database.close();
  }
}

function compareWithPresent(built: string, present: string): void {
  const old = readImported(present);
  const fresh = readImported(built);
  if (old === undefined || fresh === undefined) {
    return;
  }
  for (const name of ["workCount", "editionCount", "authorCount"] as const) {
    if (fresh[name] >= old[name] * sharePresent) {
      continue;
    }
    const what = name.replace("Count", "s");
    throw new ImportError(
      `the new catalogue has ${fresh[name]} ${what}, the present one (${old.source}) has ` +
        `${old[name]}. If that is right, import with --force.`,
    );
  }
}

/**
 * What is in a catalogue, without what was written here; undefined if it can't be opened by this
 * version.
 */
function readImported(path: string): CatalogInfo | undefined {
  try {
    const entries = new ImportedEntries(path);
    entries.close();
    const { info, written } = entries;
    return {
      ...info,
      workCount: info.workCount - written.madeBooks,
      editionCount: info.editionCount - written.addedEditions,
    };
  } catch {
    // A catalogue of another version, or a damaged one: nothing to compare with.
    return undefined;
  }
}

/** Looks works up by key and by title, spread over all of the popularity. */
async function askSamples(catalog: Catalog, path: string): Promise<void> {
  const works = await sampleOf(catalog, path);
  let found = 0;
  for (const work of works) {
    const { results } = await catalog.search(titleSearch(work));
    if (results.some((result) => isShown(result, work))) {
      found += 1;
    }
  }
  if (found < works.length * shareFound) {
    throw new ImportError(
      `a search for the exact title finds only ${found} of ${works.length} sample works`,
    );
  }
}

async function sampleOf(catalog: Catalog, path: string): Promise<Work[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const last = Number(database.prepare("SELECT max(id) AS id FROM work").get()?.["id"] ?? 0);
    const next = database.prepare("SELECT document FROM work WHERE id >= ? ORDER BY id LIMIT 1");
    const works: Work[] = [];
    for (let i = 0; i < sampleWorks; i++) {
      const row = next.get(Math.floor((last * i) / sampleWorks));
      const { key } = decodeWork(String(row?.["document"]));
      const work = await catalog.getWork(key);
      if (work === undefined) {
        throw new ImportError(`the new catalogue doesn't find its work ${key}`);
      }
      works.push(work);
    }
    return works;
  } finally {
    database.close();
  }
}

function isShown(result: { work: Work; duplicates: Work[] }, work: Work): boolean {
  const shown = [result.work, ...result.duplicates];
  // Works of one title are many ("Poems"): another of the same title is as right an answer.
  return shown.some(({ key, title }) => key === work.key || title === work.title);
}

function titleSearch(work: Work): SearchRequest {
  return plainSearch([work.title, work.authors[0]?.name ?? ""].join(" ").trim().slice(0, 500));
}
