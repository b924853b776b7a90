/** "Books like Dune": the book itself, then its neighbours, then other books of that title. */
import type { MatchReason, SimilarityReason } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { narrowed } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { findNeighbours } from "./neighbours.ts";

const MAX_NEIGHBOURS = 40;
/** The question may mean another book of the title. */
const MAX_NAMESAKES = 10;

/** The book that a query names and books like it; undefined if it asks for none, or none are known. */
export async function findBooksLike(
  run: SearchRun,
  conditions: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const { ladder } = found;
  const best = ladder?.ranked.find(({ id }) => id === found.ids[0]);
  const words = best && ladder?.readings.get(best.id)?.words;
  if (ladder === undefined || best === undefined || words === undefined) {
    return undefined;
  }
  if (!asksForLike(words, best)) {
    return undefined;
  }
  const all = await findNeighbours(run, best.id, MAX_NEIGHBOURS);
  const meeting = narrowed(undefined, workFilter(conditions));
  const ids = all.map(({ id }) => id);
  const kept = new Set(
    meeting === undefined ? ids : await run.index.matching(meeting, ids, ids.length, run.effort),
  );
  const neighbours = all.filter(({ id }) => kept.has(id));
  if (neighbours.length === 0) {
    return undefined;
  }
  const isDemoted = (id: number) => ladder.candidates.get(id)?.book.demoted === true;
  const namesakes = ladder.ranked
    .filter(({ id, exactTitle }) => exactTitle && found.ids.includes(id) && !isDemoted(id))
    .slice(0, MAX_NAMESAKES)
    .map(({ id }) => id);
  return {
    ...emptyResultSet(),
    ids: [...new Set([best.id, ...neighbours.map(({ id }) => id), ...namesakes])],
    complete: all.length < MAX_NEIGHBOURS && !run.effort.exceeded,
    ladder,
    similar: new Map(neighbours.map(({ id, reasons }) => [id, reasons])),
    notices: [notice("like_read", undefined), ...found.notices],
  };
}

/** Why a neighbour was found: what it shares with the book that was named. */
export function explainSimilar(reasons: readonly SimilarityReason[]): MatchReason[] {
  return reasons.map(({ field, text }) => ({
    field,
    text,
    highlights: [{ start: 0, end: [...text].length }],
    kind: "exact",
    editionKey: "",
    language: "",
  }));
}

/**
 * True if a word asks for books like the best one ("Like Water for Chocolate" has it in its title), and
 * that has all the others, one of them in its title or series: behind "books like" a name asks for the
 * author's books. Behind a whole title more may be wished: "like Dune but shorter".
 */
function asksForLike(words: readonly QueryWord[], best: RankedWork): boolean {
  const fields = best.words.map(({ field }) => field);
  const isAsked = words.some(({ role }, index) => role === "like" && fields[index] === "asking");
  const isNamed = fields.includes("title") || fields.includes("series");
  return isAsked && isNamed && (best.exactTitle || !fields.includes("none"));
}
