/** One search from request to answer: understand, retrieve, answer. */
import type {
  CallOptions,
  QueryNotice,
  SearchFilter,
  SearchRequest,
  SearchResponse,
} from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { collapseDuplicates } from "./answer/duplicates.ts";
import { facetsOf } from "./answer/facets.ts";
import { interpret } from "./answer/interpretation.ts";
import { parsePageToken, printPageToken } from "./answer/page-token.ts";
import { countFound, cutPage } from "./answer/pages.ts";
import { withPageRanked } from "./answer/rank-page.ts";
import { buildResults } from "./answer/results.ts";
import { inOrder } from "./answer/sort.ts";
import { nestVolumes } from "./answer/volumes.ts";
import { withWholeTail } from "./answer/whole-tail.ts";
import { Budget } from "./effort.ts";
import type { SearchIndex } from "./index-port.ts";
import { filtered, passing, relaxed } from "./retrieve/filtered.ts";
import { findUnfiltered } from "./retrieve/find.ts";
import type { SearchResultSet } from "./search-result-set.ts";
import { atStage, type SearchOptions, type SearchRun } from "./search-run.ts";
import { filterExpression } from "./understand/filter-expression.ts";
import { withKnownAuthors } from "./understand/known-values.ts";
import type { Plan } from "./understand/plan.ts";
import { understand } from "./understand/understand.ts";
import { Vocabulary } from "./understand/vocabulary.ts";

/** Starts the run of a request, with its budget. */
export function beginRun(
  index: SearchIndex,
  options: SearchOptions,
  call: CallOptions | undefined,
): SearchRun {
  const budget = new Budget(options.effort, call);
  const vocabulary = new Vocabulary(index, budget.stage("words"));
  return { index, options, budget, effort: budget.stage("values"), vocabulary };
}

/** Runs a search. @throws {BadPageTokenError} */
export async function search(run: SearchRun, asked: SearchRequest): Promise<SearchResponse> {
  const { revision } = run.index.info;
  const fingerprint = JSON.stringify({ ...asked, pageSize: 0, pageToken: "" });
  const position = parsePageToken(asked.pageToken, revision, fingerprint);
  const request = { ...asked, filter: await withKnownAuthors(run, asked.filter) };
  const { typed, root, plan, corrections, notices } = await understand(run, request);
  const unfiltered = await findUnfiltered(run, request, plan);
  const collapsed = (ordered: SearchResultSet, order: SearchRequest["order"]) =>
    request.expandDuplicates ? ordered : collapseDuplicates(run, ordered, order);
  const retrieved = await retrieve(run, request, plan, unfiltered);
  const paging = atStage(run, "page");
  const ordered = await inOrder(run, request, retrieved);
  const isCounted = !request.unfinished && !request.expandDuplicates;
  const whole = isCounted ? await withWholeTail(paging, ordered) : ordered;
  const found = { ...(await collapsed(whole, request.order)), root };
  const nested = nestVolumes(found, request);
  const page = await cutPage(paging, request, nested, position);
  const shown = await withPageRanked(paging, request, plan, nested, page.ids);
  const counting = atStage(run, "facets");
  const findWith = async (filter: SearchFilter) => {
    const passed = await passing(counting, unfiltered, filterExpression(filter));
    return collapsed(await inOrder(run, { ...request, order: "relevance" }, passed), "relevance");
  };
  return {
    results: await buildResults(run, request, shown, page.ids),
    nextPageToken: page.next === undefined ? "" : printPageToken(page.next, revision, fingerprint),
    total: await countFound(paging, request, found),
    facets: await facetsOf(counting, request, found, findWith),
    interpretation: interpret(request, typed, {
      ...shown,
      corrections: [...corrections, ...found.corrections],
      notices: [...notices, ...found.notices, ...partNotices(run)],
    }),
  };
}

/** Says that a part of the catalogue did not answer, if one didn't. */
function partNotices({ budget }: SearchRun): QueryNotice[] {
  return budget.isPartial ? [notice("partly_unavailable", undefined)] : [];
}

/** The results under the request's filter; if there are none, under a part of it (a relaxation). */
async function retrieve(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  unfiltered: SearchResultSet,
): Promise<SearchResultSet> {
  const filter = filterExpression(request.filter);
  const found = await filtered(atStage(run, "filter"), request, plan, unfiltered, filter);
  const conditionCount = filter.groups.length + plan.conditions.length;
  const isFinal = found.isBrowsed || found.identified.size > 0 || plan.words.length === 0;
  if (found.ids.length > 0 || isFinal || request.verbatim || conditionCount === 0) {
    return found;
  }
  return relaxed(run, request, plan, unfiltered, filter);
}
