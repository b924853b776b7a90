import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { describeCatalog } from "#server/catalog/testing/contract.ts";
import { IndexedCatalog } from "#server/search/indexed-catalog.ts";
import { creditedAuthors, type TestCatalogOptions } from "./catalog.ts";
import { naiveIndex } from "./naive-index.ts";

function openNaively(entries: readonly CatalogueEntry[], options: TestCatalogOptions) {
  const ordered = entries.toSorted((one, other) => other.popularity - one.popularity);
  const authors = options.authors ?? creditedAuthors(ordered);
  const isBy = (key: string) => (entry: CatalogueEntry) =>
    entry.work.authors.some((author) => author.key === key);
  const records = authors.map((author) => {
    const workCount = ordered.filter(isBy(author.key)).length;
    return [author.key, { ...author, workCount }] as const;
  });
  const former = ordered.flatMap(({ work, formerKeys }) =>
    formerKeys.map((key) => [key, work.key] as const),
  );
  const info: CatalogInfo = {
    revision: options.revision ?? "test-1",
    workCount: ordered.length,
    editionCount: ordered.reduce((sum, { editions }) => sum + editions.length, 0),
    authorCount: authors.length,
    source: "test",
    buildTime: new Date("2026-11-22T00:00:00Z"),
  };
  const redirects = new Map([...former, ...(options.redirects ?? [])]);
  const index = naiveIndex(ordered, { info, authors: new Map(records), redirects });
  return new IndexedCatalog(index, options);
}

describeCatalog("a naive index in memory", openNaively);
