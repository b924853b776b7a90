import type { CallOptions, Catalog } from "./catalog.ts";
import { plainSearch } from "./plain-search.ts";
import type { Work } from "./records.ts";

/** Longest query a search takes, in characters; the schema says the same. */
export const QUERY_CHARS_MAX = 2000;

/** The one book that a query most likely means; undefined if nothing matches. */
export async function bestMatch(
  catalog: Catalog,
  query: string,
  call?: CallOptions,
): Promise<Work | undefined> {
  const { results } = await catalog.search(plainSearch(query, { pageSize: 1 }), call);
  return results[0]?.work;
}

/** The names of a work's authors in one line, as the published example shows them. */
export function authorLine(work: Work): string {
  return work.authors.map((author) => author.name).join(", ");
}
