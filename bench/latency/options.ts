import { parseArgs } from "node:util";

export const usage = `node bench/latency/main.ts [options] CATALOGUE.db [LARGER-CATALOGUE.db …]

Times searches in this process: the shapes of real queries, every keystroke, common words, common
words that hardly meet. Several catalogues, the smallest first, also show how the times grow.

  --count N      queries of the mix (default 2000)
  --seed N       seed of a generated catalogue (default 1)
  --works N      works that bench/generate was asked for; needed for a generated catalogue
                 (several: separated by commas), or its queries would ask for books it lacks
  --queries FILE class, query, accepted keys: used where the catalogue was not generated
  --no-bm25      leave out ORDER BY rank on the same file (it takes seconds a query)`;

export class UsageError extends Error {
  override name = "UsageError";
}

export type LatencyOptions = {
  catalogues: string[];
  count: number;
  seed: number;
  /** Of each generated catalogue, as it was asked for. */
  works: readonly number[];
  queryFile: string | undefined;
  bm25: boolean;
};

/** @throws {UsageError} with the usage. */
export function parseOptions(args: readonly string[]): LatencyOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        count: { type: "string", default: "2000" },
        seed: { type: "string", default: "1" },
        works: { type: "string", default: "" },
        queries: { type: "string" },
        "no-bm25": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (positionals.length === 0 || values.help) throw new Error("name a catalogue file");
    return {
      catalogues: positionals,
      count: Number(values.count),
      seed: Number(values.seed),
      works: values.works.split(",").filter(Boolean).map(Number),
      queryFile: values.queries,
      bm25: !values["no-bm25"],
    };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
