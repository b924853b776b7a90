/** From what was typed to what is searched. */
import type { Correction, QueryNode, QueryNotice, SearchRequest } from "#server/catalog/catalog.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import type { SearchRun } from "../search-run.ts";
import { withKnownAcronym } from "./known-acronyms.ts";
import { withKnownAlternatives, withKnownValues } from "./known-values.ts";
import { type Plan, planQuery } from "./plan.ts";

export type Understanding = {
  /** The query as it was parsed. */
  typed: QueryNode | undefined;
  /** The same with the values that the catalogue has. */
  root: QueryNode | undefined;
  plan: Plan;
  corrections: Correction[];
  notices: QueryNotice[];
};

/** Parses and plans a query, and looks up what only the catalogue knows. */
export async function understand(run: SearchRun, request: SearchRequest): Promise<Understanding> {
  const { root: typed, notices } = parseQuery(request.query);
  const known = await withKnownValues(run, typed, request);
  const asTyped = planQuery(known.root, request.query);
  const acronym = await withKnownAcronym(run, asTyped, request);
  const planned = acronym.plan;
  const { plan, corrections } = await withKnownAlternatives(run, planned, request);
  return {
    typed,
    root: known.root,
    plan,
    corrections: [...known.corrections, ...acronym.corrections, ...corrections],
    notices: [...notices, ...known.notices, ...plan.notices],
  };
}
