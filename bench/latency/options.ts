import { existingPath, parseCommandLine, wholeNumber } from "#server/command-line.ts";

export const usage = `Usage: node bench/latency/main.ts [options] CATALOGUE.db [LARGER-CATALOGUE.db …]

Times searches in this process: the shapes of real queries, books as people phrase them (links,
citations, "books about …", long questions), every keystroke, common words, common words that hardly
meet. Several catalogues, the smallest first, also show how the times grow.

  --count N      queries of each set of the mix (default 2000)
  --seed N       seed of a generated catalogue (default 1)
  --works N      works that bench/generate was asked for; needed for a generated catalogue
                 (several: separated by commas), or its queries would ask for books it lacks
  --queries FILE class, query, accepted keys: used where the catalogue was not generated
  --no-bm25      leave out ORDER BY rank on the same file (it takes seconds a query)`;

export type LatencyOptions = {
  catalogues: string[];
  count: number;
  seed: number;
  /** Of each generated catalogue, as it was asked for. */
  works: readonly number[];
  queryFile: string | undefined;
  bm25: boolean;
};

/** @throws {UsageError} for what can't be understood. @throws {HelpRequest} if help is asked for. */
export function parseOptions(args: readonly string[]): LatencyOptions {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      count: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      works: { type: "string", default: "" },
      queries: { type: "string" },
      "no-bm25": { type: "boolean", default: false },
    },
    positionals: [1, 20],
  });
  return {
    catalogues: positionals.map(existingPath),
    count: wholeNumber("--count", values.count, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    works: values.works
      .split(",")
      .filter(Boolean)
      .map((works) => wholeNumber("--works", works, 1)),
    queryFile: values.queries,
    bm25: !values["no-bm25"],
  };
}
