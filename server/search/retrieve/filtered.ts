/**
 * What the filter of a request leaves of what was found without it. How the query is read is decided
 * without the filter, so that a filter only ever narrows: the works found under it are some of those
 * found without, with the same corrections, and a facet's number is what a click on it gives.
 */
import type { Relaxation, SearchRequest } from "#server/catalog/catalog.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import {
  allOf,
  anyOf,
  type Expression,
  everything,
  narrowed,
  type WorkFilter,
} from "../expression.ts";
import {
  emptyResultSet,
  type ResultTail,
  type SearchResultSet,
  tailOf,
} from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import { WordReader } from "../understand/word-reader.ts";
import { Candidates, type LaneCandidate, type SearchLane } from "./candidates.ts";
import { climb } from "./climb.ts";
import { firstWorks } from "./first-works.ts";
import type { LadderResult } from "./ladder-result.ts";
import { meets } from "./phrases.ts";
import { hasAllWords, type RankedCandidate, Readings } from "./readings.ts";
import { TitleLanes } from "./title-lanes.ts";
import { inNames } from "./word-lanes.ts";

const MAX_FROM_TAIL = 40;

/** What was found as far as it passes a filter, best first. */
export async function filtered(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  found: SearchResultSet,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const kept = await passing(run, found, filter);
  const { tail, ladder } = found;
  const byRelevance = request.order === "relevance";
  const understood = { ...kept, understoodBy: byRelevance ? found.ids[0] : undefined };
  if (kept === found || ladder === undefined) {
    return kept === found ? found : understood;
  }
  const strict = { ...understood, ladder: withStrictCount(ladder, kept.ids) };
  const lane = tail?.lane;
  if (kept.tail === undefined || run.effort.isSpent()) {
    return strict;
  }
  if (lane === undefined) {
    // Where none of the first passes, some of those behind them may.
    return kept.ids.length > 0
      ? strict
      : { ...strict, ...(await firstWorks(run, kept.tail.expression, MAX_FROM_TAIL)) };
  }
  return withTail(run, request, plan, { ...strict, tail: kept.tail }, lane, filter);
}

/** The same, where what the tail adds is not wanted in an order. */
export async function passing(
  { index, effort }: SearchRun,
  found: SearchResultSet,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const wanted = workFilter(filter);
  const passes = narrowed(undefined, wanted);
  if (passes === undefined) {
    return found;
  }
  const ids = await index.matching(passes, found.ids, found.ids.length, effort);
  return {
    ...found,
    ids,
    typed: found.typed && typedUnder(found.typed, wanted),
    tail: found.tail && tailOf(typedUnder(found.tail.expression, wanted)),
    complete: found.complete && !effort.exceeded,
  };
}

type RankedResultSet = SearchResultSet & { ladder: LadderResult; tail: ResultTail };

/** Works found that pass, and the first of the tail that do, ranked as the ladder ranks them. */
async function withTail(
  run: SearchRun,
  { unfinished }: SearchRequest,
  plan: Plan,
  kept: RankedResultSet,
  lane: SearchLane,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const { index, effort, options } = run;
  const { groups, none } = filter;
  const under: FilterExpression = {
    groups: [...groups, ...plan.conditions],
    none: anyOf([none, plan.excluded]),
  };
  const reader = new WordReader(run.vocabulary);
  const words = await reader.readAll(plan, unfinished);
  const candidates = new Candidates(index.retrieve(workFilter(under), effort));
  const [all] = await candidates.run([lane]);
  const names = { ...lane, name: `${lane.name}_in_names`, expression: namesOf(lane) };
  if (all?.isFull) {
    await candidates.run([names], true);
  }
  const walked = new Set(candidates.byId.keys());
  // Whole titles, however many more read books have the same words.
  if (plan.plain && !effort.isSpent()) {
    await new TitleLanes(words, reader, candidates).whole(plan.text);
  }
  const { popularity } = options.ladder;
  const standings = new Readings(words, unfinished, { popularity }).rank(candidates.byId);
  const known = new Set(kept.ids);
  const others = [...candidates.byId.keys()].filter((id) => !known.has(id) && !walked.has(id));
  const { expression } = kept.tail;
  const inTail = new Set(await index.matching(expression, others, others.length, effort));
  const fresh = standings.filter(({ ranked: { id } }) => {
    if (known.has(id) || !(walked.has(id) || inTail.has(id))) {
      return false;
    }
    const book = candidates.byId.get(id)?.book;
    return book !== undefined && meets(kept.phrases, book);
  });
  for (const { ranked } of fresh) {
    known.add(ranked.id);
  }
  const ladder = joined(kept.ladder, candidates.byId, fresh);
  const ids = ladder.ranked.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const isFull = all?.isFull ?? false;
  return {
    ...kept,
    ids,
    complete: !isFull && !effort.exceeded,
    tail: isFull ? { ...kept.tail, isSparse: all?.isSparse ?? false } : undefined,
    ladder: withStrictCount(ladder, ids),
  };
}

function namesOf({ expression, parts }: SearchLane): Expression | undefined {
  const all = expression ?? allOf(parts.map((part) => part.expression));
  return all && inNames(all);
}

function typedUnder(
  expression: ResultTail["expression"],
  wanted: WorkFilter,
): ResultTail["expression"] {
  const base = expression.kind === "everything" ? undefined : expression;
  return narrowed(base, wanted) ?? everything;
}

function joined(
  ladder: LadderResult,
  candidates: ReadonlyMap<number, LaneCandidate>,
  fresh: readonly RankedCandidate[],
): LadderResult {
  const byScore = (one: RankedWork, other: RankedWork) =>
    other.score - one.score || one.id - other.id;
  const readings = fresh.map(({ ranked, reading }) => [ranked.id, reading] as const);
  // A work that the ladder ranked too low to be kept may stand in the tail, too.
  const known = new Set(ladder.ranked.map(({ id }) => id));
  const added = fresh.map(({ ranked }) => ranked).filter(({ id }) => !known.has(id));
  return {
    ...ladder,
    ranked: [...ladder.ranked, ...added].sort(byScore),
    candidates: new Map([...candidates, ...ladder.candidates]),
    readings: new Map([...readings, ...ladder.readings]),
  };
}

function withStrictCount(ladder: LadderResult, ids: readonly number[]): LadderResult {
  const kept = new Set(ids);
  const strict = ladder.ranked.filter((one) => kept.has(one.id) && hasAllWords(one));
  return { ...ladder, strictCount: strict.length };
}

/**
 * What is found where nothing meets a filter and all conditions: as many of them as something meets,
 * the last named given up first.
 */
export async function relaxed(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  found: SearchResultSet,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const groups = [...filter.groups, ...plan.conditions];
  const none = { groups: [], none: plan.excluded };
  const stage = atStage(run, "relaxed");
  const base = plan.conditions.length === 0 ? found : await climb(stage, request, plan, none);
  if (base.ids.length === 0) {
    return emptyResultSet();
  }
  const unconditional: Plan = { ...plan, conditions: [] };
  const keeping = async (count: number) => {
    const some = { groups: groups.slice(0, count), none: filter.none };
    return filtered(stage, request, unconditional, base, some);
  };
  // What meets more of them meets fewer, too.
  let most = 0;
  let best = await keeping(0);
  for (let least = groups.length; least - most > 1 && !stage.effort.isSpent(); ) {
    const count = Math.floor((most + least) / 2);
    const tried = await keeping(count);
    if (tried.ids.length === 0) {
      least = count;
    } else {
      most = count;
      best = tried;
    }
  }
  const relaxations = groups
    .slice(most)
    .reverse()
    .map(({ name, span }): Relaxation => ({ kind: "filterDropped", text: name, span }));
  return best.ids.length === 0 ? emptyResultSet() : { ...best, typed: undefined, relaxations };
}
