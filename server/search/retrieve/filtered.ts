/**
 * What the filter of a request leaves of what was found without it. How the query is read is decided
 * without the filter, so that a filter only ever narrows: the works found under it are some of those
 * found without, with the same corrections, and a facet's number is what a click on it gives.
 */
import type { Relaxation, SearchRequest } from "#server/catalog/catalog.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import { anyOf, everything, narrowed, type WorkFilter } from "../expression.ts";
import { emptyFound, type Found, type Tail, tailOf } from "../found.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import { climb } from "./find.ts";
import { climbLadder } from "./ladder.ts";
import type { LadderResult } from "./ladder-result.ts";
import { meets } from "./phrases.ts";
import { hasAllWords } from "./readings.ts";

/** What was found as far as it passes a filter, best first. */
export async function filtered(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  found: Found,
  filter: FilterExpression,
): Promise<Found> {
  const kept = await passing(run, found, filter);
  const { tail, ladder } = found;
  const byRelevance = request.order === "relevance";
  const understood = { ...kept, understoodBy: byRelevance ? found.ids[0] : undefined };
  if (kept === found || ladder === undefined) return kept === found ? found : understood;
  const strict = withStrictCount(ladder, kept.ids);
  if (tail === undefined || run.effort.isSpent()) return { ...understood, ladder: strict };
  return withTail(run, request, plan, { ...understood, ladder }, tail, filter);
}

/** The same, where what the tail adds is not wanted in an order. */
export async function passing(
  { index, effort }: SearchRun,
  found: Found,
  filter: FilterExpression,
): Promise<Found> {
  const wanted = workFilter(filter);
  const passes = narrowed(undefined, wanted);
  if (passes === undefined) return found;
  const ids = await index.matching(passes, found.ids, found.ids.length, effort);
  return {
    ...found,
    ids,
    typed: found.typed && typedUnder(found.typed, wanted),
    tail: found.tail && tailOf(typedUnder(found.tail.expression, wanted)),
    complete: found.complete && !effort.exceeded,
  };
}

/** Works found that pass, and those of the tail that do, ranked as the ladder ranks them. */
async function withTail(
  run: SearchRun,
  { unfinished, verbatim }: SearchRequest,
  plan: Plan,
  kept: Found & { ladder: LadderResult },
  tail: Tail,
  filter: FilterExpression,
): Promise<Found> {
  const { index, effort } = run;
  const under: FilterExpression = {
    groups: [...filter.groups, ...plan.conditions],
    none: anyOf([filter.none, plan.excluded]),
  };
  const typed = await climbLadder(run, {
    plan,
    filter: under,
    unfinished,
    verbatim,
    asTypedOnly: true,
  });
  const known = new Set(kept.ids);
  const more = typed.ranked.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const inTail = new Set(await index.matching(tail.expression, more, more.length, effort));
  const fresh = typed.ranked.filter(({ id }) => {
    const book = typed.candidates.get(id)?.book;
    return inTail.has(id) && book !== undefined && meets(kept.phrases, book);
  });
  const ladder = joined(kept.ladder, typed, fresh);
  for (const { id } of fresh) known.add(id);
  const ids = ladder.ranked.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const isFull = typed.more !== undefined;
  const expression = typedUnder(tail.expression, workFilter(filter));
  return {
    ...kept,
    ids,
    complete: !isFull && !effort.exceeded,
    tail: isFull ? { expression, head: [], isSparse: typed.isSparse } : undefined,
    ladder: withStrictCount(ladder, ids),
  };
}

function typedUnder(expression: Tail["expression"], wanted: WorkFilter): Tail["expression"] {
  const base = expression.kind === "everything" ? undefined : expression;
  return narrowed(base, wanted) ?? everything;
}

function joined(ladder: LadderResult, other: LadderResult, fresh: readonly Ranked[]): LadderResult {
  const byScore = (one: Ranked, two: Ranked) => two.score - one.score || one.id - two.id;
  return {
    ...ladder,
    ranked: [...ladder.ranked, ...fresh].sort(byScore),
    candidates: new Map([...other.candidates, ...ladder.candidates]),
    readings: new Map([...other.readings, ...ladder.readings]),
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
  found: Found,
  filter: FilterExpression,
): Promise<Found> {
  const groups = [...filter.groups, ...plan.conditions];
  const none = { groups: [], none: plan.excluded };
  const stage = atStage(run, "relaxed");
  const base = plan.conditions.length === 0 ? found : await climb(stage, request, plan, none);
  if (base.ids.length === 0) return emptyFound();
  const unconditional: Plan = { ...plan, conditions: [] };
  const keeping = async (count: number) => {
    const some = { groups: groups.slice(0, count), none: filter.none };
    return filtered(stage, request, unconditional, base, some);
  };
  // What meets more of them meets fewer, too.
  let most = 0;
  let best = await keeping(0);
  for (let least = groups.length; least - most > 1; ) {
    const count = Math.floor((most + least) / 2);
    const tried = await keeping(count);
    if (tried.ids.length === 0) least = count;
    else {
      most = count;
      best = tried;
    }
  }
  const relaxations = groups
    .slice(most)
    .reverse()
    .map(({ name, span }): Relaxation => ({ kind: "filterDropped", text: name, span }));
  return best.ids.length === 0 ? emptyFound() : { ...best, typed: undefined, relaxations };
}
