/**
 * One search from request to answer: parse, climb the ladder, collapse duplicates, cut the page,
 * explain.
 */
import type {
  QueryNotice,
  Relaxation,
  SearchRequest,
  SearchResponse,
  TextSpan,
} from "#server/catalog/catalog.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { titleToken } from "#server/sqlite/key-tokens.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import { collapseDuplicates } from "./answer/duplicates.ts";
import { facetsOf } from "./answer/facets.ts";
import { interpret } from "./answer/interpretation.ts";
import { parsePageToken, printPageToken } from "./answer/page-token.ts";
import { countFound, cutPage } from "./answer/pages.ts";
import { withShownRanked } from "./answer/rank-shown.ts";
import { buildResult } from "./answer/results.ts";
import { orderIds } from "./answer/sort.ts";
import { CANDIDATE_EFFORT, Effort } from "./effort.ts";
import { EVERYTHING, emptyFound, type Found, lateNotice, type SearchContext } from "./found.ts";
import { beyondTitles } from "./retrieve/beyond-titles.ts";
import { findByIdentifier } from "./retrieve/identifiers.ts";
import { Ladder, type LadderResult } from "./retrieve/ladder.ts";
import { idsMeeting, meets, type Phrases } from "./retrieve/phrases.ts";
import {
  type FilterExpression,
  filterExpression,
  narrowed,
} from "./understand/filter-expression.ts";
import {
  withKnownAlternatives,
  withKnownAuthors,
  withKnownValues,
} from "./understand/known-values.ts";
import { joinParts, MAX_WORDS, type Plan, planQuery, quote } from "./understand/plan.ts";
import { WordReader } from "./understand/word-reader.ts";

/** Runs a search. @throws {BadPageTokenError} */
export function search(context: SearchContext, asked: SearchRequest): SearchResponse {
  const fingerprint = JSON.stringify({ ...asked, pageSize: 0, pageToken: "" });
  const request = { ...asked, filter: withKnownAuthors(context, asked.filter) };
  const position = parsePageToken(request.pageToken, context.revision, fingerprint);
  const effort = new Effort(context.effort);
  const collapsed = (all: Found) =>
    request.expandDuplicates ? all : collapseDuplicates(context.database, all, request.order);
  const { root, notices } = parseQuery(request.query);
  const known = withKnownValues(context, root, request);
  const { plan, corrections } = withKnownAlternatives(
    context,
    planQuery(known.root, request.query),
    request,
  );
  const found = { ...collapsed(find(context, request, plan, effort)), root: known.root };
  // However long it took to find the first page, the next ones are there.
  const lanes = new Lanes(context, new Effort(context.effort));
  const page = cutPage(context, request, found, lanes, position);
  const shown = withShownRanked(context, request, plan, found, page.ids);
  return {
    results: page.ids.map((id) =>
      buildResult(context, request, shown, id, found.merged.get(id) ?? []),
    ),
    nextPageToken:
      page.next === undefined ? "" : printPageToken(page.next, context.revision, fingerprint),
    total: countFound(context, request, found, lanes),
    facets: facetsOf(context, request, found, (filter) => {
      const open: SearchRequest = { ...request, filter, order: "relevance" };
      return collapsed(find(context, open, plan, new Effort(context.effort)));
    }),
    interpretation: interpret(request, root, {
      ...shown,
      corrections: [...known.corrections, ...corrections, ...found.corrections],
      notices: [...notices, ...known.notices, ...found.notices],
    }),
  };
}

function find(context: SearchContext, request: SearchRequest, plan: Plan, effort: Effort): Found {
  const filter = conditionsOf(request, plan);
  const identified = findByIdentifier(context, request, plan, filter);
  const found =
    identified.found ??
    (plan.identifiers.length > 0 && plan.conditions.length + plan.words.length === 0
      ? emptyFound()
      : findByWords(context, request, plan, filter, effort));
  return { ...found, notices: [...identified.notices, ...found.notices] };
}

function findByWords(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  effort: Effort,
): Found {
  const asTyped = plan.compile((index) => quote(plan.words[index]?.token ?? ""));
  const strict = narrowed(asTyped, filter);
  if (plan.words.length === 0 && plan.plain) return findSigns(context, plan, filter, effort);
  if (plan.words.length === 0) return browse(context, request, plan, strict);
  const found = climb(context, request, plan, filter, effort);
  const better = beyondTitles(context, request, plan, filter, found, effort);
  if (better !== undefined) {
    const phrases = { wanted: [], unwanted: plan.excludedPhrases };
    const ids = idsMeeting(context.books, phrases, better.ids);
    return sorted(context, request, { ...better, ids, phrases }, better.tail?.expression);
  }
  if (found.ids.length > 0 || request.verbatim || filter.groups.length === 0) {
    return sorted(context, request, found, strict);
  }
  const loose = withoutFilter(context, request, plan, filter, effort);
  return sorted(context, request, loose, undefined);
}

/** What the request filters by and what the query demands beside words. */
function conditionsOf(request: SearchRequest, plan: Plan): FilterExpression {
  const wanted = filterExpression(request.filter);
  return {
    groups: [...wanted.groups, ...plan.conditions],
    none: joinParts([wanted.none, plan.excluded], "OR"),
  };
}

/** A query of nothing but signs: a title of nothing but signs ("?"). */
function findSigns(
  context: SearchContext,
  plan: Plan,
  filter: FilterExpression,
  effort: Effort,
): Found {
  const keys = titleKeys(plan.text.trim()).map((key) => quote(titleToken(key)));
  const expression = narrowed(joinParts(keys, "OR"), filter);
  if (keys.length === 0 || expression === undefined) return emptyFound();
  const lanes = new Lanes(context, effort);
  return { ...emptyFound(), ids: lanes.ids(expression, context.ladder.candidates) };
}

/** Gives up one filter after the other, the last named first, until something is found. */
function withoutFilter(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  effort: Effort,
): Found {
  const relaxations: Relaxation[] = [];
  let groups = filter.groups;
  let found: Found | undefined;
  while (groups.length > 0 && (found === undefined || found.ids.length === 0)) {
    const dropped = groups.at(-1);
    groups = groups.slice(0, -1);
    relaxations.push({ kind: "filterDropped", text: dropped?.name ?? "", span: dropped?.span });
    effort.extend(context.effort / 2);
    found = climb(context, request, plan, { ...filter, groups }, effort);
  }
  if (found === undefined || found.ids.length === 0) return emptyFound();
  return { ...found, relaxations };
}

function climb(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  effort: Effort,
): Found {
  const lanes = new Lanes(context, effort);
  const ladder = new Ladder(
    lanes,
    new WordReader(context.terms, context.workCount),
    { plan, filter, unfinished: request.unfinished, verbatim: request.verbatim },
    context.ladder,
  );
  const result = ladder.climb();
  const ranked = keepBest(result.ranked, plan, request.verbatim);
  const phrases = { wanted: plan.phrases, unwanted: plan.excludedPhrases };
  const phrased = meeting(ranked, phrases, result);
  const more = ranked[0]?.criteria.words === 0 ? result.more : undefined;
  // A phrase that no book has is misremembered: its words find more than nothing does.
  const isLoose =
    phrased.length === 0 && !request.verbatim && !hasMeeting(context, more, phrases, lanes);
  const asked = isLoose ? { ...phrases, wanted: [] } : phrases;
  const kept = isLoose ? meeting(ranked, asked, result) : phrased;
  const loose = isLoose && kept.length > 0 ? plan.phrases.map(looseNotice) : [];
  return {
    ...emptyFound(),
    ids: kept.map((one) => one.id),
    complete: result.more === undefined && !lanes.expired,
    tail:
      more === undefined
        ? undefined
        : { expression: more, head: lanes.foundBy(more), isSparse: lanes.sawMostReadOnly },
    phrases: asked,
    ladder: result,
    notices: [
      ...(lanes.expired ? [lateNotice] : []),
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

function hasMeeting(
  context: SearchContext,
  tail: string | undefined,
  phrases: Phrases,
  lanes: Lanes,
): boolean {
  if (tail === undefined || phrases.wanted.length === 0) return false;
  const ids = lanes.ids(tail, MAX_LOOKED_THROUGH);
  lanes.spend(ids.length * CANDIDATE_EFFORT);
  return idsMeeting(context.books, phrases, ids).length > 0;
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
function browse(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  expression: string | undefined,
): Found {
  const order = request.order === "relevance" ? "popularity" : request.order;
  const phrases = { wanted: [], unwanted: plan.excludedPhrases };
  return orderIds(context, order, { ...emptyFound(), phrases }, expression ?? EVERYTHING);
}

function sorted(
  context: SearchContext,
  request: SearchRequest,
  found: Found,
  expression: string | undefined,
): Found {
  if (request.order === "relevance") return found;
  return orderIds(context, request.order, found, expression);
}
