/** Searches a second with one and with two search processes: `node bench/workers/main.ts --help`. */
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { http1Caller } from "../overload/clients.ts";
import { closedLoop, unaskedQueries } from "../overload/closed-loop.ts";
import { processorMs } from "../processor-time.ts";
import { startServer } from "../server.ts";

const usage = `Usage: node bench/workers/main.ts FOLDER QUERIES [options]

How many searches a second of the catalogue.db in FOLDER a server answers over HTTP/1.1 with one and with
two search processes, in turns. QUERIES is a file of columns: class, query, …. The callers share the
processors with the server: what they take is shown, and how many searches there would be if they were
elsewhere, which is what two processes are compared by.

  --seconds N   how long each row lasts (default 10)
  --rounds N    rows of each (default 3)`;

/** Enough that no search process ever waits for a caller. */
const CALLERS_PER_WORKER = 6;
const WARM_UP_SECONDS = 4;

type Row = { perSecond: number; serverMs: number; callersMs: number; perSecondApart: number };

const { data, nextQuery, seconds, rounds } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [2, 2],
    options: {
      seconds: { type: "string", default: "10" },
      rounds: { type: "string", default: "3" },
    },
  });
  return {
    data: positionals[0] ?? "",
    nextQuery: unaskedQueries(positionals[1] ?? ""),
    seconds: wholeNumber("--seconds", values.seconds, 1),
    rounds: wholeNumber("--rounds", values.rounds, 1),
  };
});

console.log(
  "| search processes | searches/s | server, ms of processor a search | callers | searches/s, callers elsewhere |",
);
console.log("| --- | --- | --- | --- | --- |");
const rates: number[][] = [[], []];
for (let round = 0; round < rounds; round++) {
  for (const [place, found] of rates.entries()) {
    const row = await measured(place + 1);
    found.push(row.perSecondApart);
    const cells = [row.perSecond.toFixed(0), row.serverMs.toFixed(2), row.callersMs.toFixed(2)];
    console.log(`| ${place + 1} | ${cells.join(" | ")} | ${row.perSecondApart.toFixed(0)} |`);
  }
}
const [one = 0, two = 0] = rates.map((some) => some.toSorted((a, b) => a - b)[some.length >> 1]);
console.log(
  `\n${two / one >= 1.8 ? "PASS" : "FAIL"}  two ≥ 1.8 times one: ${(two / one).toFixed(2)}`,
);

async function measured(workers: number): Promise<Row> {
  const { child, port } = await startServer(data, {
    BOOKFINDER_WORKERS: String(workers),
    BOOKFINDER_ANSWER_CACHE_BYTES: "0",
  });
  const caller = http1Caller(port, 64);
  try {
    const callers = workers * CALLERS_PER_WORKER;
    await closedLoop(caller, nextQuery, callers, WARM_UP_SECONDS);
    const pids = child.pid === undefined ? [] : [child.pid];
    const serverBefore = processorMs(pids);
    const callersBefore = process.cpuUsage();
    const beginMs = performance.now();
    const good = await closedLoop(caller, nextQuery, callers, seconds);
    const ms = performance.now() - beginMs;
    const { user, system } = process.cpuUsage(callersBefore);
    const serverMs = processorMs(pids) - serverBefore;
    const callersMs = (user + system) / 1_000;
    const perSecond = (good / ms) * 1_000;
    // One search process is busy all the time, whoever has the other processor; two want both.
    const share = workers === 1 ? 1 : (serverMs + callersMs) / serverMs;
    return {
      perSecond,
      serverMs: serverMs / good,
      callersMs: callersMs / good,
      perSecondApart: perSecond * share,
    };
  } finally {
    caller.close();
    child.kill("SIGKILL");
  }
}
