import type { SimilarBook, SimilarBooksRequest } from "#server/catalog/catalog.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { findNeighbours } from "./neighbours.ts";

/** Books like a work, each with what they share; undefined if there is no such work. */
export async function similarBooks(
  run: SearchRun,
  { workKey, pageSize }: SimilarBooksRequest,
): Promise<SimilarBook[] | undefined> {
  const [id] = await run.index.idsOfKeys([workKey], run.effort);
  if (id === undefined) {
    return undefined;
  }
  const neighbours = await findNeighbours(atStage(run, "similar"), id, pageSize);
  return neighbours.map(({ work, reasons }) => ({ work, reasons }));
}
