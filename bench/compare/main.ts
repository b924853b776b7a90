/** The same searches at two servers: `node bench/compare/main.ts --help`. */
import { readFileSync } from "node:fs";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { quantile } from "../evaluate/statistics.ts";

const usage = `Usage: node bench/compare/main.ts URL_A URL_B QUERIES [options]

Sends the same searches to two servers, as before a move from one to the other, and says how often the
first ten books, their order and the total are the same, and how long each took. QUERIES is a file of
columns: class, query, …, or of one query a line. Ends with 1 if fewer are the same than demanded.

  --count N     how many searches, spread over the file (default 500)
  --same SHARE  what is demanded, in percent (default 99)
  --show N      differences that are printed (default 10)`;

const { urls, queries, sameMin, shownMax } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [3, 3],
    options: {
      count: { type: "string", default: "500" },
      same: { type: "string", default: "99" },
      show: { type: "string", default: "10" },
    },
  });
  const [a = "", b = "", file = ""] = positionals;
  const lines = readFileSync(existingPath(file), "utf8").trim().split("\n");
  const all = lines.map((line) => line.split("\t")[1] ?? line).filter((query) => query !== "");
  const count = Math.min(all.length, wholeNumber("--count", values.count, 1, 1_000_000));
  return {
    urls: [a, b],
    queries: Array.from(
      { length: count },
      (_, i) => all[Math.floor((i * all.length) / count)] ?? "",
    ),
    sameMin: wholeNumber("--same", values.same, 0, 100) / 100,
    shownMax: wholeNumber("--show", values.show, 0),
  };
});

type Answer = { books: string[]; total: string; timeMs: number };

const clients = urls.map((baseUrl) => createClient(BookService, createGrpcTransport({ baseUrl })));
const times: number[][] = urls.map(() => []);
const same = { books: 0, order: 0, total: 0 };
let shown = 0;
for (const query of queries) {
  const [a, b] = await Promise.all(clients.map((client) => ask(client, query)));
  if (a === undefined || b === undefined) {
    continue;
  }
  times[0]?.push(a.timeMs);
  times[1]?.push(b.timeMs);
  const hasSameOrder = a.books.join() === b.books.join();
  same.order += Number(hasSameOrder);
  same.books += Number(a.books.toSorted().join() === b.books.toSorted().join());
  same.total += Number(a.total === b.total);
  if (!hasSameOrder && shown < shownMax) {
    shown += 1;
    console.log(`"${query}"\n  A: ${a.books.join(" ")}\n  B: ${b.books.join(" ")}`);
  }
}

const share = (count: number) => `${((100 * count) / queries.length).toFixed(1)} %`;
console.log(
  `${queries.length} searches: same books ${share(same.books)}, in the same order ` +
    `${share(same.order)}, same total ${share(same.total)}`,
);
for (const [index, url] of urls.entries()) {
  const sorted = times[index]?.toSorted((x, y) => x - y) ?? [];
  const [p50, p99] = [0.5, 0.99].map((each) => quantile(sorted, each).toFixed(1));
  console.log(`${"AB"[index]}: p50 ${p50} ms, p99 ${p99} ms  (${url})`);
}
if (same.order < queries.length * sameMin) {
  process.exitCode = 1;
}

/** The first page of a search; undefined where both can't be compared since it failed. */
async function ask(client: (typeof clients)[number], query: string): Promise<Answer | undefined> {
  const startMs = performance.now();
  try {
    const { results, total } = await client.searchBooks({ query, pageSize: 10 });
    return {
      books: results.map(({ book }) => book?.name ?? ""),
      total: JSON.stringify(total),
      timeMs: performance.now() - startMs,
    };
  } catch (error) {
    console.log(`"${query}" failed: ${error}`);
    return undefined;
  }
}
