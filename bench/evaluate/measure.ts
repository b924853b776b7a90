import type { Finder } from "./finder.ts";
import type { EvaluatedQuery } from "./query-set.ts";
import { type Interval, mean, meanInterval, quantile } from "./statistics.ts";

/** What became of a query. */
export type Outcome = {
  className: string;
  text: string;
  /** Keys; the same words may be typed for different books. */
  accepted: string;
  /** Place of the first accepted work, from 1; 0 if it is not among the results. */
  rank: number;
  /** The same where a work merged into a result counts as that result. */
  mergedRank: number;
  resultCount: number;
  cutShort: boolean;
  timeMs: number;
};

export type ClassScore = {
  className: string;
  count: number;
  success1: number;
  success1Interval: Interval;
  success5: number;
  success10: number;
  reciprocalRank: number;
  zeroRate: number;
  /** Queries whose accepted work was first, but merged into another one. */
  mergedFirst: number;
  cutShort: number;
  medianMs: number;
  p99Ms: number;
};

/** Runs all queries, one after the other. */
export async function runQueries(
  finder: Finder,
  queries: readonly EvaluatedQuery[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const query of queries) {
    const begin = performance.now();
    const { keys, duplicates, cutShort } = await finder.find(query);
    const timeMs = performance.now() - begin;
    const rank = keys.findIndex((key) => query.accepted.has(key)) + 1;
    const merged =
      duplicates.findIndex((others) => others.some((key) => query.accepted.has(key))) + 1;
    outcomes.push({
      className: query.className,
      text: query.text,
      accepted: [...query.accepted].join(),
      rank,
      mergedRank: merged > 0 && (rank === 0 || merged < rank) ? merged : rank,
      resultCount: keys.length,
      cutShort,
      timeMs,
    });
  }
  return outcomes;
}

/** The scores of each class, in the order in which the classes appear. */
export function scoreClasses(outcomes: readonly Outcome[]): ClassScore[] {
  return [...Map.groupBy(outcomes, ({ className }) => className)].map(([className, group]) =>
    scoreGroup(className, group),
  );
}

function scoreGroup(className: string, group: readonly Outcome[]): ClassScore {
  const within = (places: number) =>
    group.map(({ rank }) => (rank > 0 && rank <= places ? 1 : 0) as number);
  const times = group.map(({ timeMs }) => timeMs);
  return {
    className,
    count: group.length,
    success1: mean(within(1)),
    success1Interval: meanInterval(within(1)),
    success5: mean(within(5)),
    success10: mean(within(10)),
    reciprocalRank: mean(group.map(({ rank }) => (rank === 0 ? 0 : 1 / rank))),
    zeroRate: mean(group.map(({ resultCount }) => (resultCount === 0 ? 1 : 0))),
    mergedFirst: group.filter(({ rank, mergedRank }) => mergedRank === 1 && rank !== 1).length,
    cutShort: group.filter(({ cutShort }) => cutShort).length,
    medianMs: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
  };
}
