/** Looks for the request that costs most: `node bench/worst/main.ts --help`. */
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { beginRun, search } from "#server/search/search.ts";
import { defaultSearchOptions } from "#server/search/search-run.ts";
import { ReadDatabase } from "#server/sqlite/database.ts";
import { SqliteIndex } from "#server/sqlite/read/sqlite-index.ts";
import { Random } from "../evaluate/slips.ts";
import { commonWords } from "../latency/query-mix.ts";
import { changedRecipe, type Recipe, randomRecipe, requestOf } from "./query-parts.ts";

const usage = `Usage: node bench/worst/main.ts CATALOGUE.db [options]

Makes requests at random, changes the dearest ones and keeps what costs more: processor time, and
units of the budget of a search. Prints the worst it found.

  --seconds N  how long to look (default 60)
  --seed N     the same seed and time of a machine find about the same (default 1)
  --shown N    requests printed at the end (default 5)`;

/** Processor time of the worst request: at 281,000 works, and at ten million. */
const BAR_MS = 50;
const LARGE_BAR_MS = 100;
const LARGE_WORKS = 5_000_000;
const KEPT = 40;
/** A request is timed so often and its least time taken: others use the machine, too. */
const TIMES = 3;

type RecipeCost = { recipe: Recipe; cpuMs: number; units: number };

const { file, seconds, seed, shownCount } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [1, 1],
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      shown: { type: "string", default: "5" },
    },
  });
  return {
    file: positionals[0] ?? "",
    seconds: wholeNumber("--seconds", values.seconds, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    shownCount: wholeNumber("--shown", values.shown, 1),
  };
});
await lookForWorst(file);

async function lookForWorst(path: string): Promise<void> {
  const index = new SqliteIndex(
    new ReadDatabase(path, { cacheBytes: 64 << 20, mapBytes: 384 << 20 }),
  );
  const random = new Random(seed);
  const words = commonWords(path);
  const until = performance.now() + seconds * 1_000;
  let worst: RecipeCost[] = [];
  let tried = 0;
  while (performance.now() < until) {
    const parent = random.next() < 0.4 ? undefined : random.pick(worst)?.recipe;
    const recipe =
      parent === undefined ? randomRecipe(words, random) : changedRecipe(parent, words, random);
    worst.push(await costOf(index, recipe));
    worst.sort((one, other) => other.cpuMs - one.cpuMs);
    worst = worst.slice(0, KEPT);
    tried += 1;
  }
  const [first] = worst;
  console.log(`${tried} requests to ${index.info.workCount.toLocaleString("en")} works\n`);
  for (const { recipe, cpuMs, units } of worst.slice(0, shownCount)) {
    const { parts, subjects, ...rest } = recipe;
    console.log(`${cpuMs.toFixed(1)} ms, ${Math.round(units)} units: ${JSON.stringify(rest)}`);
    console.log(`  ${requestOf(recipe).query}`);
  }
  const most = first?.cpuMs ?? 0;
  const bar = index.info.workCount < LARGE_WORKS ? BAR_MS : LARGE_BAR_MS;
  const verdict = most <= bar ? "PASS" : "FAIL";
  console.log(`\n${verdict}  worst ≤ ${bar} ms of processor time: ${most.toFixed(1)} ms`);
  await index[Symbol.asyncDispose]();
}

async function costOf(index: SqliteIndex, recipe: Recipe): Promise<RecipeCost> {
  const request = requestOf(recipe);
  let cpuMs = Number.POSITIVE_INFINITY;
  let units = 0;
  for (let time = 0; time < TIMES; time++) {
    const run = beginRun(index, defaultSearchOptions, undefined);
    const begin = process.threadCpuUsage();
    await search(run, request);
    const { user, system } = process.threadCpuUsage(begin);
    cpuMs = Math.min(cpuMs, (user + system) / 1_000);
    units = [...run.budget.spent.values()].reduce((sum, spent) => sum + spent, 0);
  }
  return { recipe, cpuMs, units };
}
