import { afterAll } from "vitest";
import type { Catalog, SearchOrder, SearchRequest } from "#server/catalog/catalog.ts";
import { aCatalog } from "./catalog.ts";

/** As `aCatalog`, for all tests of a file or a describe block, after which it closes. */
export const sharedCatalog: typeof aCatalog = (entries, options) => {
  const catalog = aCatalog(entries, options);
  afterAll(() => catalog[Symbol.asyncDispose]());
  return catalog;
};

export const everyOrder: readonly SearchOrder[] = [
  "relevance",
  "popularity",
  "rating",
  "newest",
  "oldest",
  "title",
  "author",
];

/** The keys of the works that a search finds, page by page. */
export async function allKeys(catalog: Catalog, request: SearchRequest): Promise<string[]> {
  const keys: string[] = [];
  for (let token = ""; ; ) {
    const page = await catalog.search({ ...request, pageToken: token });
    keys.push(...page.results.map(({ work }) => work.key));
    token = page.nextPageToken;
    if (token === "") {
      return keys;
    }
  }
}
