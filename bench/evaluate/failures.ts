/**
 * Lists what was not found first, with all that the engine says about it: how it read the query, what
 * it put first and why, where the accepted work came and which criteria put it there. Above the list
 * stands what kinds of failure there are: tune to kinds, never to single queries.
 */
import type { Catalog, SearchResponse, SearchResult } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { RESULT_COUNT, searchRequest } from "./finder.ts";
import type { Outcome } from "./measure.ts";
import { type EvaluatedQuery, TIP_OF_TONGUE } from "./query-set.ts";

/** How far down an accepted work is looked for. */
const DEPTH = 100;
const SHOWN_RESULTS = 3;
const QUERY_LENGTH_SHOWN = 300;

export type Failure = {
  query: EvaluatedQuery;
  response: SearchResponse;
  /** Place of the first accepted work, from 1; 0 if it is not among the first 100. */
  rank: number;
  accepted: (Work | undefined)[];
  kind: string;
};

/** Queries of a class whose accepted work is not first (not among ten, for tip-of-tongue). */
export function failedQueries(
  queries: readonly EvaluatedQuery[],
  outcomes: readonly Outcome[],
  className: string,
): EvaluatedQuery[] {
  return queries.filter((query, index) => {
    const rank = outcomes[index]?.rank ?? 0;
    const allowed = query.className === TIP_OF_TONGUE ? RESULT_COUNT : 1;
    const wanted = className === "all" || query.className.startsWith(className);
    return wanted && (rank === 0 || rank > allowed);
  });
}

/** Searches again, deeper and with explanations. */
export async function explainFailure(catalog: Catalog, query: EvaluatedQuery): Promise<Failure> {
  const response = await catalog.search(searchRequest(query, { pageSize: DEPTH, explain: true }));
  const rank = response.results.findIndex(({ work }) => query.accepted.has(work.key)) + 1;
  const accepted = await Promise.all([...query.accepted].map((key) => catalog.getWork(key)));
  return { query, response, rank, accepted, kind: kindOf(query, response, rank, accepted) };
}

function kindOf(
  query: EvaluatedQuery,
  response: SearchResponse,
  rank: number,
  accepted: Failure["accepted"],
): string {
  const { results, interpretation } = response;
  const first = results[0];
  if (accepted.every((work) => work === undefined)) {
    return "accepted work is not in the catalogue";
  }
  if (first?.duplicates.some(({ key }) => query.accepted.has(key))) {
    return "merged into the first";
  }
  if (rank > 0) {
    const [strongest] = lostBy(first, results[rank - 1]);
    const corrected = interpretation.corrections.length > 0 ? ", after a correction" : "";
    return `in place ${rank <= 5 ? "2–5" : rank <= 10 ? "6–10" : "11–100"}, lost by ${strongest?.name ?? "a tie"}${corrected}`;
  }
  if (results.length === 0) {
    return "nothing found at all";
  }
  const steps = [
    interpretation.corrections.length > 0 ? "corrected" : "",
    ...new Set(interpretation.relaxations.map((one) => one.kind)),
  ].filter((step) => step !== "");
  return `not among ${DEPTH}, ${steps.length === 0 ? "searched as typed" : steps.join(", ")}`;
}

/** Criteria in which the winner is ahead, the widest gap first. */
function lostBy(winner: SearchResult | undefined, loser: SearchResult | undefined) {
  const own = new Map(loser?.explanation?.criteria.map(({ name, value }) => [name, value]));
  return (winner?.explanation?.criteria ?? [])
    .map(({ name, value }) => ({ name, gap: value - (own.get(name) ?? 0) }))
    .filter(({ gap }) => gap > 0.005)
    .sort((one, other) => other.gap - one.gap);
}

/** How often each kind occurs, the most frequent first. */
export function printKinds(className: string, failures: readonly Failure[]): string {
  const kinds = [...Map.groupBy(failures, ({ kind }) => kind)]
    .map(([kind, group]) => ({ kind, group }))
    .sort((one, other) => other.group.length - one.group.length);
  return [
    `${className}: ${failures.length} failures`,
    ...kinds.map(
      ({ kind, group }) =>
        `  ${String(group.length).padStart(4)}  ${kind}   e.g. ${group
          .slice(0, 3)
          .map(({ query }) => `“${shorten(query.text, 60)}”`)
          .join(" ")}`,
    ),
  ].join("\n");
}

export function printFailure({ query, response, rank, accepted, kind }: Failure): string {
  const lines = [`✗ “${shorten(query.text, QUERY_LENGTH_SHOWN)}”   ${query.className}: ${kind}`];
  lines.push(`    read as   ${printReading(response)}`);
  const shown = response.results.slice(0, SHOWN_RESULTS);
  for (const [index, result] of shown.entries()) {
    lines.push(...printResult(index + 1, result));
  }
  const found = response.results[rank - 1];
  if (found === undefined) {
    for (const work of accepted.slice(0, 2)) {
      lines.push(`     ★  ${printWork(work)}`);
    }
    return lines.join("\n");
  }
  lines.push(...printResult(rank, found, "★"));
  if (rank > 1) {
    const gaps = lostBy(response.results[0], found).map(
      ({ name, gap }) => `${name} ${gap.toFixed(1)}`,
    );
    const ahead = lostBy(found, response.results[0]).map(
      ({ name, gap }) => `${name} ${gap.toFixed(1)}`,
    );
    lines.push(`    lost by   ${gaps.join(", ") || "–"}; ahead by ${ahead.join(", ") || "–"}`);
  }
  return lines.join("\n");
}

function printReading({ interpretation, total }: SearchResponse): string {
  const parts = [
    ...interpretation.corrections.map(
      ({ original, corrected, kind }) => `${original}→${corrected} (${kind})`,
    ),
    ...interpretation.relaxations.map(({ kind, text }) => `${kind} “${shorten(text, 60)}”`),
    ...interpretation.notices.map(({ reason }) => `notice ${reason}`),
    `${total.value}${total.lowerBound ? "+" : ""} found`,
  ];
  return parts.join("; ");
}

function printResult(place: number, result: SearchResult, mark = " "): string[] {
  const criteria = result.explanation?.criteria ?? [];
  const sum = criteria.reduce((total, { value }) => total + value, 0);
  const parts = criteria
    .filter(({ value }) => Math.abs(value) > 0.005)
    .map(({ name, value }) => `${name} ${value.toFixed(1)}`);
  const reasons = result.reasons
    .map(({ field, text, kind }) => `${field} (${kind}) “${shorten(text, 40)}”`)
    .join(", ");
  return [
    `${mark.padStart(4)}${String(place).padStart(3)} ${printWork(result.work)}`,
    `          ${sum.toFixed(1)} = ${parts.join(", ")}   lanes ${result.explanation?.lanes.join(" ") ?? ""}`,
    `          ${reasons}`,
  ];
}

function printWork(work: Work | undefined): string {
  if (work === undefined) {
    return "(not in the catalogue)";
  }
  const subtitle = work.subtitle === "" ? "" : ` : ${work.subtitle}`;
  const authors = work.authors.map(({ name }) => name).join(", ");
  const series = work.series.map(({ title, position }) => `${title} #${position}`).join(", ");
  const also = work.otherTitles
    .slice(0, 3)
    .map(({ title }) => title)
    .join(" | ");
  return [
    `${shorten(work.title + subtitle, 100)} — ${shorten(authors, 60) || "?"}`,
    `${work.readerCount} readers, ${work.editionCount} editions, ${work.key}`,
    ...(series === "" ? [] : [`[${shorten(series, 60)}]`]),
    ...(also === "" ? [] : [`also ${shorten(also, 80)}`]),
  ].join(" · ");
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
