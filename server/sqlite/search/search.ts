/**
 * One search from request to answer: parse, climb the ladder, collapse duplicates, cut the page,
 * explain.
 */
import type {
  QueryNotice,
  Relaxation,
  SearchRequest,
  SearchResponse,
} from "#server/catalog/catalog.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { titleToken } from "../key-tokens.ts";
import { beyondTitles } from "./beyond-titles.ts";
import { Effort } from "./effort.ts";
import { facetsOf } from "./facets.ts";
import { type FilterExpression, filterExpression, narrowed } from "./filter-expression.ts";
import { EVERYTHING, emptyFound, type Found, type SearchContext } from "./found.ts";
import { findByIdentifier } from "./identifiers.ts";
import { interpret } from "./interpretation.ts";
import { Ladder } from "./ladder.ts";
import { Lanes } from "./lanes.ts";
import { parsePageToken, printPageToken } from "./page-token.ts";
import { joinParts, type Plan, planQuery, quote } from "./plan.ts";
import { buildResult } from "./results.ts";
import { orderIds } from "./sort.ts";
import { WordReader } from "./word-reader.ts";

/** Works counted for a total; above it the total is a lower bound. */
const MAX_COUNTED = 1_000;

/** Runs a search. @throws {BadPageTokenError} */
export function search(context: SearchContext, request: SearchRequest): SearchResponse {
  const fingerprint = JSON.stringify({ ...request, pageSize: 0, pageToken: "" });
  const position = parsePageToken(request.pageToken, context.revision, fingerprint);
  const effort = new Effort(context.effort);
  const { root, notices } = parseQuery(request.query);
  const plan = planQuery(root, request.query);
  const found = { ...find(context, request, plan, effort), root };
  const duplicates = request.expandDuplicates
    ? new Map<number, number[]>()
    : collapseDuplicates(found);
  // However long it took to find the first page, the next ones are there.
  const lanes = new Lanes(context.database, context.workCount, new Effort(context.effort));

  const page = found.ids.slice(position.offset, position.offset + request.pageSize);
  let next = { offset: position.offset + page.length, afterId: position.afterId };
  let more = next.offset < found.ids.length;
  if (!more && found.tail !== undefined) {
    const known = new Set([...found.ids, ...[...duplicates.values()].flat()]);
    const room = request.pageSize - page.length;
    // The tail has the first works, too; they are skipped, so read as many more as there are.
    for (const id of lanes.ids(found.tail, room + 1 + known.size, position.afterId)) {
      if (known.has(id)) continue;
      if (page.length === request.pageSize) {
        more = true;
        break;
      }
      page.push(id);
      next = { ...next, afterId: id };
    }
  }
  const results = page.map((id) =>
    buildResult(context, request, found, id, duplicates.get(id) ?? []),
  );
  return {
    results,
    nextPageToken: more ? printPageToken(next, context.revision, fingerprint) : "",
    total: countFound(context, request, found, lanes),
    facets: facetsOf(context, request, found, (filter) => {
      const open: SearchRequest = { ...request, filter, order: "relevance" };
      const others = find(context, open, plan, new Effort(context.effort));
      if (!request.expandDuplicates) collapseDuplicates(others);
      return others;
    }),
    interpretation: interpret(request, root, found, [...notices, ...found.notices]),
  };
}

function find(context: SearchContext, request: SearchRequest, plan: Plan, effort: Effort): Found {
  const filter = conditionsOf(request, plan);
  const identified = findByIdentifier(context, request, plan, filter);
  if (identified !== undefined) return identified;
  const asTyped = plan.compile((index) => quote(plan.words[index]?.token ?? ""));
  const strict = narrowed(asTyped, filter);
  if (plan.words.length === 0 && plan.plain) return findSigns(context, plan, filter, effort);
  if (plan.words.length === 0) return browse(context, request, strict, effort);
  const found = climb(context, request, plan, filter, effort);
  const better = beyondTitles(context, request, plan, filter, found, effort);
  if (better !== undefined) return sorted(context, request, better, better.tail, effort);
  if (found.ids.length > 0 || request.verbatim || filter.groups.length === 0) {
    return sorted(context, request, found, strict, effort);
  }
  return sorted(
    context,
    request,
    withoutFilter(context, request, plan, filter, effort),
    undefined,
    effort,
  );
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
  const lanes = new Lanes(context.database, context.workCount, effort);
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
  const lanes = new Lanes(context.database, context.workCount, effort);
  const ladder = new Ladder(
    lanes,
    new WordReader(context.terms, context.workCount),
    { plan, filter, unfinished: request.unfinished, verbatim: request.verbatim },
    context.ladder,
  );
  const result = ladder.climb();
  const ranked = keepBest(result.ranked, request.verbatim);
  const phrased = ranked.filter((one) =>
    plan.phrases.every(({ tokens, field }) =>
      result.candidates.get(one.id)?.hasPhrase(tokens, field),
    ),
  );
  // A phrase that no book has is misremembered: its words find more than nothing does.
  const isLoose = phrased.length === 0 && !request.verbatim;
  const kept = isLoose ? ranked : phrased;
  const loose = isLoose && ranked.length > 0 ? plan.phrases.map(looseNotice) : [];
  return {
    ...emptyFound(),
    ids: kept.map((one) => one.id),
    complete: result.more === undefined && !lanes.expired,
    // Whether words stand together is not known of works that were not looked at.
    tail: plan.phrases.length === 0 && kept[0]?.criteria.words === 0 ? result.more : undefined,
    ladder: result,
    notices: lanes.expired ? [lateNotice, ...loose] : loose,
  };
}

function looseNotice({ span }: Plan["phrases"][number]): QueryNotice {
  const message = "No book has this phrase; its words were searched one by one.";
  return { reason: "phrase_not_found", message, span };
}

const lateNotice: QueryNotice = {
  reason: "deadline",
  message: "The search stopped early; there may be more books than are shown.",
  span: undefined,
};

/** Books whose words differ from those typed by so much more than the best one's are not meant. */
const MUCH_WORSE_BITS = 10;
const MUCH_WORSE_LACKING_BITS = 3;

/** Only candidates that lack no more of the query than the best one does. */
function keepBest(ranked: readonly Ranked[], verbatim: boolean): Ranked[] {
  const [best] = ranked;
  if (best === undefined) return [];
  // Where words were given up, books that only resemble the others are noise.
  const worse = best.criteria.words < 0 ? MUCH_WORSE_LACKING_BITS : MUCH_WORSE_BITS;
  const kept = ranked.filter(
    (one) =>
      one.criteria.words >= best.criteria.words &&
      one.criteria.typos >= best.criteria.typos - worse &&
      hasEvidence(one),
  );
  if (!verbatim) return kept;
  return kept.filter((one) => one.criteria.words === 0 && one.criteria.typos === 0);
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

function browse(
  context: SearchContext,
  request: SearchRequest,
  expression: string | undefined,
  effort: Effort,
): Found {
  const lanes = new Lanes(context.database, context.workCount, effort);
  const limit = context.ladder.candidates;
  const ids =
    expression === undefined
      ? context.database.numbers("SELECT id FROM ranking ORDER BY id LIMIT ?", limit)
      : lanes.ids(expression, limit);
  const found: Found = {
    ...emptyFound(),
    ids,
    complete: ids.length < limit,
    tail: ids.length < limit ? undefined : (expression ?? EVERYTHING),
  };
  return sorted(context, request, found, expression ?? EVERYTHING, effort);
}

function sorted(
  context: SearchContext,
  request: SearchRequest,
  found: Found,
  expression: string | undefined,
  effort: Effort,
): Found {
  if (request.order === "relevance") return found;
  return orderIds(context, request.order, found, expression, effort);
}

/** Takes works of one duplicate group out of `found.ids` but the first; returns them by the first. */
function collapseDuplicates(found: Found): Map<number, number[]> {
  const merged = new Map<number, number[]>();
  const firsts = new Map<number, number>();
  const { ladder } = found;
  if (ladder === undefined) return merged;
  found.ids = found.ids.filter((id) => {
    const group = ladder.candidates.get(id)?.duplicate;
    if (group === undefined) return true;
    const first = firsts.get(group);
    if (first === undefined) {
      firsts.set(group, id);
      return true;
    }
    merged.set(first, [...(merged.get(first) ?? []), id]);
    return false;
  });
  return merged;
}

function countFound(context: SearchContext, request: SearchRequest, found: Found, lanes: Lanes) {
  // Between two keystrokes nobody reads how many there are; counting would take half of the time.
  if (found.tail === undefined || request.unfinished) {
    return { value: found.ids.length, lowerBound: !found.complete };
  }
  if (found.tail === EVERYTHING) return { value: context.workCount, lowerBound: false };
  const value = Math.max(lanes.count(found.tail, MAX_COUNTED + 1), found.ids.length);
  const lowerBound = value > MAX_COUNTED || lanes.expired;
  return { value: Math.min(value, MAX_COUNTED), lowerBound };
}
