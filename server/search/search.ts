/**
 * One search from request to answer: parse, climb the ladder, collapse duplicates, cut the page,
 * explain.
 */
import type {
  CallOptions,
  QueryNotice,
  Relaxation,
  SearchRequest,
  SearchResponse,
  TextSpan,
} from "#server/catalog/catalog.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { collapseDuplicates } from "./answer/duplicates.ts";
import { facetsOf } from "./answer/facets.ts";
import { interpret } from "./answer/interpretation.ts";
import { parsePageToken, printPageToken } from "./answer/page-token.ts";
import { countFound, cutPage } from "./answer/pages.ts";
import { withShownRanked } from "./answer/rank-shown.ts";
import { buildResults } from "./answer/results.ts";
import { orderIds } from "./answer/sort.ts";
import { CANDIDATE_EFFORT, Effort } from "./effort.ts";
import { anyOf, type Expression, everything, narrowed, titleOf, wordOf } from "./expression.ts";
import { emptyFound, type Found, lateNotice } from "./found.ts";
import type { SearchIndex } from "./index-port.ts";
import { beyondTitles } from "./retrieve/beyond-titles.ts";
import { findByIdentifier } from "./retrieve/identifiers.ts";
import { climbLadder } from "./retrieve/ladder.ts";
import type { LadderResult } from "./retrieve/ladder-result.ts";
import { idsMeeting, meets, type Phrases } from "./retrieve/phrases.ts";
import { type SearchOptions, type SearchRun, withEffort } from "./search-run.ts";
import {
  type FilterExpression,
  filterExpression,
  workFilter,
} from "./understand/filter-expression.ts";
import {
  withKnownAlternatives,
  withKnownAuthors,
  withKnownValues,
} from "./understand/known-values.ts";
import { MAX_WORDS, type Plan, planQuery } from "./understand/plan.ts";
import { Vocabulary } from "./understand/vocabulary.ts";

/** A run of a request, with all the effort that one may use. */
export function beginRun(
  index: SearchIndex,
  options: SearchOptions,
  call: CallOptions | undefined,
): SearchRun {
  const effort = new Effort(options.effort, call);
  return { index, options, effort, vocabulary: new Vocabulary(index, effort) };
}

/** Runs a search. @throws {BadPageTokenError} */
export async function search(run: SearchRun, asked: SearchRequest): Promise<SearchResponse> {
  const { revision } = run.index.info;
  const fingerprint = JSON.stringify({ ...asked, pageSize: 0, pageToken: "" });
  const position = parsePageToken(asked.pageToken, revision, fingerprint);
  const request = { ...asked, filter: await withKnownAuthors(run, asked.filter) };
  const collapsed = async (all: Found) =>
    request.expandDuplicates ? all : collapseDuplicates(run, all, request.order);
  const { root, notices } = parseQuery(request.query);
  const known = await withKnownValues(run, root, request);
  const planned = planQuery(known.root, request.query);
  const { plan, corrections } = await withKnownAlternatives(run, planned, request);
  const found = { ...(await collapsed(await find(run, request, plan))), root: known.root };
  // However long it took to find the first page, the next ones are there.
  const paging = withEffort(run);
  const page = await cutPage(paging, request, found, position);
  const shown = await withShownRanked(withEffort(run), request, plan, found, page.ids);
  const facets = await facetsOf(run, request, found, async (filter) => {
    const open: SearchRequest = { ...request, filter, order: "relevance" };
    return collapsed(await find(withEffort(run), open, plan));
  });
  return {
    results: await buildResults(run, request, shown, page.ids),
    nextPageToken: page.next === undefined ? "" : printPageToken(page.next, revision, fingerprint),
    total: await countFound(paging, request, found),
    facets,
    interpretation: interpret(request, root, {
      ...shown,
      corrections: [...known.corrections, ...corrections, ...found.corrections],
      notices: [...notices, ...known.notices, ...found.notices],
    }),
  };
}

async function find(run: SearchRun, request: SearchRequest, plan: Plan): Promise<Found> {
  const filter = conditionsOf(request, plan);
  const identified = await findByIdentifier(run, request, plan, filter);
  const onlyNumbers =
    plan.identifiers.length > 0 && plan.conditions.length + plan.words.length === 0;
  const found =
    identified.found ??
    (onlyNumbers ? emptyFound() : await findByWords(run, request, plan, filter));
  return { ...found, notices: [...identified.notices, ...found.notices] };
}

async function findByWords(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Promise<Found> {
  const asTyped = plan.compile((index) => wordOf(plan.words[index]?.token ?? ""));
  const strict = narrowed(asTyped, workFilter(filter));
  if (plan.words.length === 0 && plan.plain) return findSigns(run, plan, filter);
  if (plan.words.length === 0) return browse(run, request, plan, strict);
  const found = await climb(run, request, plan, filter);
  const better = await beyondTitles(run, request, plan, filter, found);
  if (better !== undefined) {
    const phrases = { wanted: [], unwanted: plan.excludedPhrases };
    const ids = await idsMeeting(run, phrases, better.ids);
    return sorted(run, request, { ...better, ids, phrases }, better.tail?.expression);
  }
  if (found.ids.length > 0 || request.verbatim || filter.groups.length === 0) {
    return sorted(run, request, found, strict);
  }
  const loose = await withoutFilter(run, request, plan, filter);
  return sorted(run, request, loose, undefined);
}

/** What the request filters by and what the query demands beside words. */
function conditionsOf(request: SearchRequest, plan: Plan): FilterExpression {
  const wanted = filterExpression(request.filter);
  return {
    groups: [...wanted.groups, ...plan.conditions],
    none: anyOf([wanted.none, plan.excluded]),
  };
}

/** A query of nothing but signs: a title of nothing but signs ("?"). */
async function findSigns(run: SearchRun, plan: Plan, filter: FilterExpression): Promise<Found> {
  const titles = anyOf(titleKeys(plan.text.trim()).map(titleOf));
  const expression = titles && narrowed(titles, workFilter(filter));
  if (expression === undefined) return emptyFound();
  const limit = run.options.ladder.candidates;
  return { ...emptyFound(), ids: await run.index.walk({ expression, limit }, run.effort) };
}

/** Gives up one filter after the other, the last named first, until something is found. */
async function withoutFilter(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Promise<Found> {
  const relaxations: Relaxation[] = [];
  let groups = filter.groups;
  let found: Found | undefined;
  while (groups.length > 0 && (found === undefined || found.ids.length === 0)) {
    const dropped = groups.at(-1);
    groups = groups.slice(0, -1);
    relaxations.push({ kind: "filterDropped", text: dropped?.name ?? "", span: dropped?.span });
    run.effort.extend(run.options.effort / 2);
    found = await climb(run, request, plan, { ...filter, groups });
  }
  if (found === undefined || found.ids.length === 0) return emptyFound();
  return { ...found, relaxations };
}

async function climb(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Promise<Found> {
  const { unfinished, verbatim } = request;
  const result = await climbLadder(run, { plan, filter, unfinished, verbatim });
  const ranked = keepBest(result.ranked, plan, verbatim);
  const phrases = { wanted: plan.phrases, unwanted: plan.excludedPhrases };
  const phrased = meeting(ranked, phrases, result);
  const more = ranked[0]?.criteria.words === 0 ? result.more : undefined;
  // A phrase that no book has is misremembered: its words find more than nothing does.
  const isLoose =
    phrased.length === 0 && !verbatim && !(await hasMeeting(run, more?.expression, phrases));
  const asked = isLoose ? { ...phrases, wanted: [] } : phrases;
  const kept = isLoose ? meeting(ranked, asked, result) : phrased;
  const loose = isLoose && kept.length > 0 ? plan.phrases.map(looseNotice) : [];
  const { exceeded } = run.effort;
  return {
    ...emptyFound(),
    ids: kept.map((one) => one.id),
    complete: result.more === undefined && !exceeded,
    tail: more === undefined ? undefined : { ...more, isSparse: result.isSparse },
    phrases: asked,
    ladder: result,
    notices: [
      ...(exceeded ? [lateNotice] : []),
      ...(plan.ignored === undefined ? [] : [ignoredNotice(plan.ignored)]),
      ...loose,
    ],
  };
}

function ignoredNotice(span: TextSpan): QueryNotice {
  const message = `Only the first ${MAX_WORDS} words were searched.`;
  return { reason: "words_ignored", message, span };
}

function looseNotice({ span }: Plan["phrases"][number]): QueryNotice {
  const message = "No book has this phrase; its words were searched one by one.";
  return { reason: "phrase_not_found", message, span };
}

/** Those ranked that meet the phrases. */
function meeting(ranked: readonly Ranked[], phrases: Phrases, result: LadderResult): Ranked[] {
  if (phrases.wanted.length + phrases.unwanted.length === 0) return [...ranked];
  return ranked.filter(({ id }) => {
    const candidate = result.candidates.get(id);
    return candidate !== undefined && meets(phrases, candidate.book);
  });
}

/** Works of a tail that are looked through for a phrase that no candidate has. */
const MAX_LOOKED_THROUGH = 2_000;

async function hasMeeting(
  run: SearchRun,
  expression: Expression | undefined,
  phrases: Phrases,
): Promise<boolean> {
  if (expression === undefined || phrases.wanted.length === 0) return false;
  const ids = await run.index.walk({ expression, limit: MAX_LOOKED_THROUGH }, run.effort);
  run.effort.spend(ids.length * CANDIDATE_EFFORT);
  return (await idsMeeting(run, phrases, ids)).length > 0;
}

/** Books whose words differ from those typed by so much more than the best one's are not meant. */
const MUCH_WORSE_BITS = 10;
const MUCH_WORSE_LACKING_BITS = 3;

/** Only candidates that lack no more of the query than the best one does. */
function keepBest(ranked: readonly Ranked[], plan: Plan, verbatim: boolean): Ranked[] {
  const [best] = ranked;
  if (best === undefined) return [];
  const isExact = plan.words.every(({ field }) => field !== undefined) && isUncorrected(best);
  // Where words were given up, books that only resemble the others are noise.
  const worse = isExact ? 0 : best.criteria.words < 0 ? MUCH_WORSE_LACKING_BITS : MUCH_WORSE_BITS;
  const kept = ranked.filter(
    (one) =>
      one.criteria.words >= best.criteria.words &&
      one.criteria.typos >= best.criteria.typos - worse &&
      hasEvidence(one),
  );
  if (!verbatim) return kept;
  return kept.filter(isUncorrected);
}

function isUncorrected({ criteria }: Ranked): boolean {
  return criteria.words === 0 && criteria.typos === 0;
}

/** A slip in a word of five letters or more. */
const PLAIN_SLIP_BITS = 5;

/** A short word corrected says nothing where all others were given up: "zen motorcycle" is no Zeno. */
function hasEvidence({ criteria, words }: Ranked): boolean {
  if (criteria.words === 0) return true;
  const placed = words.filter(({ field }) => field !== "none");
  return (
    placed.length !== 1 ||
    placed.some(({ match }) => match?.way !== "spelling" || match.bits <= PLAIN_SLIP_BITS)
  );
}

/** Works for which a ladder was not climbed, most popular first. */
async function browse(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  expression: Expression = everything,
): Promise<Found> {
  const order = request.order === "relevance" ? "popularity" : request.order;
  const phrases = { wanted: [], unwanted: plan.excludedPhrases };
  return orderIds(run, order, { ...emptyFound(), phrases }, expression);
}

async function sorted(
  run: SearchRun,
  request: SearchRequest,
  found: Found,
  expression: Expression | undefined,
): Promise<Found> {
  if (request.order === "relevance") return found;
  return orderIds(run, request.order, found, expression);
}
