import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Author } from "#server/catalog/records.ts";
import { prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { openSqliteCatalog, type SqliteCatalogOptions } from "#server/sqlite/catalog.ts";
import { IndexWriter } from "#server/sqlite/index-writer.ts";
import { anAuthor } from "./builders.ts";

export type TestCatalogOptions = SqliteCatalogOptions & {
  /** Authors' records; by default one for each credited author, with its name only. */
  authors?: Author[];
  redirects?: [from: string, to: string][];
  revision?: string;
};

export type OpenCatalog = (
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions,
) => Catalog;

let openCatalog: OpenCatalog = aSqliteCatalog;

/** From now on the tests of this file have catalogues of another engine; see describeCatalog. */
export function useEngine(open: OpenCatalog): void {
  openCatalog = open;
}

/** A catalogue of some entries; of SQLite, unless another engine is tested. */
export function aCatalog(
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions = {},
): Catalog {
  return openCatalog(entries, options);
}

/** A real SQLite catalogue, in a temporary folder that its disposal removes. */
function aSqliteCatalog(
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions = {},
): Catalog {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-test-"));
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, entries, options);
  const catalog = openSqliteCatalog(path, options);
  return owningFolder(catalog, folder);
}

/** The catalogue, whose disposal removes a folder, too. */
export function owningFolder(catalog: Catalog, folder: string): Catalog {
  const close = catalog[Symbol.asyncDispose].bind(catalog);
  catalog[Symbol.asyncDispose] = async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  };
  return catalog;
}

/** Writes a finished catalogue file of some entries, ordered by their popularity. */
export function writeCatalogue(
  path: string,
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions = {},
): void {
  const writer = new IndexWriter(path, { wordBufferBytes: 4 * 1024 * 1024 });
  const ordered = entries.toSorted((one, other) => other.popularity - one.popularity);
  for (const entry of ordered) {
    writer.add(prepareEntry(entry));
  }
  for (const author of options.authors ?? creditedAuthors(ordered)) {
    const works = ordered.filter(({ work }) => work.authors.some(({ key }) => key === author.key));
    writer.addAuthor(author, works.length);
  }
  for (const { work, formerKeys } of ordered) {
    for (const former of formerKeys) {
      writer.addRedirect(former, work.key);
    }
  }
  for (const [from, to] of options.redirects ?? []) {
    writer.addRedirect(from, to);
  }
  writer.finish({
    source: "test",
    buildTime: new Date("2026-11-22T00:00:00Z"),
    revision: options.revision ?? "test-1",
  });
}

/** Records of the credited authors, with their names only. */
export function creditedAuthors(entries: readonly CatalogueEntry[]): Author[] {
  const authors = new Map<string, Author>();
  for (const { work, authorAlternateNames } of entries) {
    for (const [index, { key, name }] of work.authors.entries()) {
      if (key === "") {
        continue;
      }
      const alternateNames = authorAlternateNames[index] ?? [];
      authors.set(key, anAuthor({ key, name, alternateNames }));
    }
  }
  return [...authors.values()];
}
