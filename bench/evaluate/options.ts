import { existingPath, parseCommandLine, UsageError, wholeNumber } from "#server/command-line.ts";

export type EvaluateOptions = {
  /** Import the catalogue again even if it is in the cache. */
  fresh: boolean;
  /** A catalogue file to evaluate instead of the shared one; undefined imports the shared one. */
  catalogue: string | undefined;
  /** The cluster whose catalogue is evaluated, as BOOKFINDER_CATALOG has it; undefined: the file. */
  cluster: string | undefined;
  queryFile: string | undefined;
  /** Only classes whose name begins so; all if empty. */
  classes: string[];
  /** At most so many queries of each class; undefined for all. */
  limit: number | undefined;
  /** Search through a real server over Connect instead of in this process. */
  rpc: boolean;
  baselines: boolean;
  popularity: boolean;
  spelling: boolean;
  candidates: number | undefined;
  /** Of each search; undefined for the engine's own. */
  effort: number | undefined;
  /** List failures of these classes, so many of each. */
  failures: { classes: string[]; count: number } | undefined;
  json: string | undefined;
  compare: string | undefined;
  /** A document whose table of scores is to be replaced. */
  markdown: string | undefined;
};

export const usage = `Usage: npm run evaluate -- [options]

  --class NAME        only classes whose name begins so (may be repeated)
  --limit N           at most N queries of each class
  --queries FILE      another query set instead of the two given: class, query, accepted keys, separated by tabs
  --failures CLASS N  list N failures of a class (default 10; "all" for every class) and what kind they are
  --baselines         SQLite FTS5 with BM25 and MiniSearch beside it, on at most 100 queries of each class (takes about 20 minutes)
  --json FILE         write every query's rank and time
  --compare FILE      paired differences against what --json wrote earlier
  --markdown FILE     put the scores into a document, as in docs/evaluation.md
  --no-popularity     ablation: readers don't count in the ranking
  --no-spelling       ablation: no corrections
  --candidates K      ablation: candidates of the main lane
  --effort N          ablation: how much a search may do, in units of about a microsecond
  --rpc               through a real server, over Connect and HTTP/1.1
  --fresh             import the catalogue again
  --catalogue FILE    evaluate this catalogue file
  --cluster ADDRESS   search it in a cluster (opensearch+http://h1:9200,h2:9200/name), loading it first

The shared catalogue is imported into .cache/evaluate/ when it is not there yet.`;

const failureCountDefault = 10;

/** @throws {UsageError} for what can't be understood. @throws {HelpRequest} if help is asked for. */
export function parseOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parse(args);
  const [count, ...surplus] = positionals;
  if (surplus.length > 0 || (count !== undefined && values.failures === undefined)) {
    throw new UsageError(`Unexpected argument "${surplus[0] ?? count}".`);
  }
  return {
    fresh: values.fresh ?? false,
    catalogue: optionalPath(values.catalogue),
    cluster: values.cluster,
    queryFile: optionalPath(values.queries),
    classes: values.class ?? [],
    limit: values.limit === undefined ? undefined : positive("--limit", values.limit),
    rpc: values.rpc ?? false,
    baselines: values.baselines ?? false,
    popularity: !values["no-popularity"],
    spelling: !values["no-spelling"],
    candidates:
      values.candidates === undefined ? undefined : positive("--candidates", values.candidates),
    effort: values.effort === undefined ? undefined : positive("--effort", values.effort),
    failures:
      values.failures === undefined
        ? undefined
        : {
            classes: values.failures,
            count: count === undefined ? failureCountDefault : positive("--failures", count),
          },
    json: values.json,
    compare: optionalPath(values.compare),
    markdown: values.markdown,
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine(args, {
    usage,
    options: {
      fresh: { type: "boolean" },
      catalogue: { type: "string" },
      cluster: { type: "string" },
      queries: { type: "string" },
      class: { type: "string", multiple: true },
      limit: { type: "string" },
      rpc: { type: "boolean" },
      baselines: { type: "boolean" },
      "no-popularity": { type: "boolean" },
      "no-spelling": { type: "boolean" },
      candidates: { type: "string" },
      effort: { type: "string" },
      failures: { type: "string", multiple: true },
      json: { type: "string" },
      compare: { type: "string" },
      markdown: { type: "string" },
    },
    positionals: [0, 10],
  });
}

function optionalPath(path: string | undefined): string | undefined {
  return path === undefined ? undefined : existingPath(path);
}

function positive(name: string, text: string): number {
  return wholeNumber(name, text, 1);
}
