/** How well the right book is found: `npm run evaluate -- --help`. */
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import { runCommand, UsageError } from "#server/command-line.ts";
import { catalogFinder, openForEvaluation } from "./catalog-finder.ts";
import { printComparison, writeRun } from "./compare.ts";
import { explainFailure, failedQueries, printFailure, printKinds } from "./failures.ts";
import type { Finder } from "./finder.ts";
import { fts5Finder } from "./fts5-finder.ts";
import { writeMarkdown } from "./markdown.ts";
import { type Outcome, runQueries, scoreClasses } from "./measure.ts";
import { miniSearchFinder } from "./minisearch-finder.ts";
import { type EvaluateOptions, parseOptions } from "./options.ts";
import { type EvaluatedQuery, readQueries, selectQueries, TIP_OF_TONGUE } from "./query-set.ts";
import { printScores, printSideBySide } from "./report.ts";
import { rpcFinder } from "./rpc-finder.ts";
import { evaluateCache, sharedCatalogue, sharedData } from "./shared-catalogue.ts";

/** MiniSearch needs 0.1 to 1 s a query. */
const BASELINE_QUERIES_PER_CLASS = 100;
/** A description from memory takes it 15 s. */
const BASELINE_DESCRIPTIONS = 10;

await runCommand(process, (args) => evaluate(parseOptions(args)));

async function evaluate(options: EvaluateOptions): Promise<void> {
  const file = options.catalogue ?? (await sharedCatalogue(options.fresh));
  const queries = selectQueries(
    queryFiles(options).flatMap(readQueries),
    classesToRun(options),
    options.limit,
  );
  if (queries.length === 0) {
    throw new UsageError(`No class begins with ${options.classes}.`);
  }
  await using catalog = await openForEvaluation(file, options);
  await using finder = options.rpc ? await rpcFinder(catalog) : catalogFinder(catalog);
  const begin = performance.now();
  const outcomes = await runQueries(finder, queries);
  const totalMs = performance.now() - begin;
  const scores = scoreClasses(outcomes);
  console.log(printScores(finder.name, scores, totalMs));
  if (options.markdown !== undefined) {
    writeMarkdown(options.markdown, scores);
  }
  if (options.failures !== undefined) {
    await listFailures(catalog, queries, outcomes, options.failures);
  }
  if (options.json !== undefined) {
    writeRun(options.json, outcomes);
  }
  if (options.compare !== undefined) {
    console.log(`\n${printComparison(options.compare, outcomes)}`);
  }
  if (options.baselines) {
    await compareEngines(file, finder, queries);
  }
}

/** Both sets unless one is named. */
function queryFiles({ queryFile }: EvaluateOptions): string[] {
  if (queryFile !== undefined) {
    return [queryFile];
  }
  const names = ["queries-dev.tsv", "queries-phrasing-dev.tsv"];
  return names.map((name) => join(sharedData, "catalogue", name));
}

/** Listing failures of one class needs no other class. */
function classesToRun({ classes, failures }: EvaluateOptions): string[] {
  if (classes.length > 0 || failures === undefined || failures.classes.includes("all")) {
    return classes;
  }
  return failures.classes;
}

async function listFailures(
  catalog: Catalog,
  queries: readonly EvaluatedQuery[],
  outcomes: readonly Outcome[],
  { classes, count }: { classes: string[]; count: number },
): Promise<void> {
  for (const className of classes) {
    const failures = [];
    for (const query of failedQueries(queries, outcomes, className)) {
      failures.push(await explainFailure(catalog, query));
    }
    console.log(`\n${printKinds(className, failures)}`);
    for (const failure of failures.slice(0, count)) {
      console.log(`\n${printFailure(failure)}`);
    }
  }
}

async function compareEngines(
  catalogueFile: string,
  ours: Finder,
  queries: readonly EvaluatedQuery[],
): Promise<void> {
  const [descriptions, others] = [true, false].map((wanted) =>
    queries.filter(({ className }) => (className === TIP_OF_TONGUE) === wanted),
  );
  const sample = [
    ...selectQueries(others ?? [], [], BASELINE_QUERIES_PER_CLASS),
    ...selectQueries(descriptions ?? [], [], BASELINE_DESCRIPTIONS),
  ];
  const engines: { name: string; scores: ReturnType<typeof scoreClasses> }[] = [];
  const run = async (finder: Finder) => {
    console.error(`${finder.name}: ${sample.length} queries …`);
    engines.push({ name: finder.name, scores: scoreClasses(await runQueries(finder, sample)) });
  };
  await run(ours);
  for (const open of [fts5Finder, miniSearchFinder]) {
    await using finder = await open(catalogueFile, evaluateCache);
    await run(finder);
  }
  console.log(`\n${printSideBySide(engines)}`);
}
