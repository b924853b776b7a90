/** What is searched: the given query sets, or what readers of a generated catalogue type. */
import { join } from "node:path";
import { wholeNumber } from "#server/command-line.ts";
import { type EvaluatedQuery, readQueries, selectQueries } from "../evaluate/query-set.ts";
import { sharedData } from "../evaluate/shared-catalogue.ts";
import { classedQueries } from "../generate/queries.ts";

/** For usage texts: the options of `benchQueries`. */
export const queriesUsage = `  --per-class N      queries of each class (20)
  --generated N      queries of the catalogue that bench/generate writes for --works N and its usual seed`;

export const queriesOptions = {
  "per-class": { type: "string", default: "20" },
  generated: { type: "string" },
} as const;

const USUAL_SEED = 1;
const GENERATED_COUNT = 4_000;

/** @throws {UsageError} */
export function benchQueries(values: {
  "per-class": string;
  generated?: string | undefined;
}): EvaluatedQuery[] {
  const perClass = wholeNumber("--per-class", values["per-class"], 1);
  return selectQueries(readAll(values.generated), [], perClass);
}

function readAll(generated: string | undefined): EvaluatedQuery[] {
  if (generated === undefined) {
    const files = ["queries-dev.tsv", "queries-phrasing-dev.tsv"];
    return files.flatMap((file) => readQueries(join(sharedData, "catalogue", file)));
  }
  const works = wholeNumber("--generated", generated, 1);
  return classedQueries(USUAL_SEED, works, GENERATED_COUNT).map(({ class: className, text }) => ({
    className,
    text,
    accepted: new Set<string>(),
    unfinished: className === "prefix",
  }));
}
