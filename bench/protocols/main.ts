/** CPU time of the server per unary call: `node bench/protocols/main.ts --help`. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { BookRequestSchema } from "#proto/book_pb.ts";
import { SearchBooksRequestSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { loadGrpc, loadHttp1 } from "./load.ts";

const usage = `Usage: node bench/protocols/main.ts [ROUNDS] [CALLS]

CPU time of the server per unary call, beside what one would use instead, interleaved in one run: 5
rounds of 4000 calls by default. The catalogue answers at once, so what is measured is protocol, mapping
and codec alone. Medians over the rounds; compare ratios, not figures of different machines.`;

const { rounds, calls } = startCommand(process, (args) => {
  const { positionals } = parseCommandLine(args, { usage, positionals: [0, 2] });
  return {
    rounds: wholeNumber("ROUNDS", positionals[0] ?? "5", 1),
    calls: wholeNumber("CALLS", positionals[1] ?? "4000", 1),
  };
});
const PARALLEL = 16;

type Server = { child: ChildProcess; port: number };

async function start(kind: string): Promise<Server> {
  const child = fork(join(import.meta.dirname, "server.ts"), [kind]);
  const [{ port }] = await once(child, "message");
  return { child, port };
}

async function cpuMicros({ child }: Server): Promise<number> {
  child.send("cpu");
  const [{ cpu }] = await once(child, "message");
  return cpu.user + cpu.system;
}

const ours = await start("ours");
const grpcJs = await start("grpc-js");
const handwritten = await start("handwritten");

const small = toBinary(BookRequestSchema, create(BookRequestSchema, { searchQuery: "lord" }));
const ten = toBinary(SearchBooksRequestSchema, create(SearchBooksRequestSchema, { query: "lord" }));
const bookSearch = "/BookService/BookSearch";
const searchBooks = "/bookfinder.v1.BookService/SearchBooks";

const rows: [name: string, server: Server, load: (port: number) => Promise<void>][] = [
  ["gRPC, one book: ours", ours, (port) => loadGrpc(port, bookSearch, small, calls, PARALLEL)],
  ["gRPC, one book: grpc-js", grpcJs, (port) => loadGrpc(port, bookSearch, small, calls, PARALLEL)],
  ["gRPC, ten results: ours", ours, (port) => loadGrpc(port, searchBooks, ten, calls, PARALLEL)],
  [
    "gRPC, ten results: grpc-js",
    grpcJs,
    (port) => loadGrpc(port, searchBooks, ten, calls, PARALLEL),
  ],
  [
    "JSON, one book: ours",
    ours,
    (port) => loadHttp1(port, bookSearch, '{"searchQuery":"lord"}', calls, PARALLEL),
  ],
  [
    "JSON, one book: handwritten",
    handwritten,
    (port) => loadHttp1(port, bookSearch, '{"searchQuery":"lord"}', calls, PARALLEL),
  ],
  [
    "JSON, ten results: ours",
    ours,
    (port) => loadHttp1(port, searchBooks, '{"query":"lord"}', calls, PARALLEL),
  ],
  [
    "JSON, ten results: handwritten",
    handwritten,
    (port) =>
      loadHttp1(
        port,
        searchBooks,
        '{"query":"lord","preferredLanguages":[],"facets":[]}',
        calls,
        PARALLEL,
      ),
  ],
];
const micros = new Map<string, number[]>(rows.map(([name]) => [name, []]));
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, server, load] of rows) {
    const before = await cpuMicros(server);
    await load(server.port);
    const perCall = ((await cpuMicros(server)) - before) / calls;
    // The first round warms up.
    if (round > 0) {
      micros.get(name)?.push(perCall);
    }
  }
}
for (const [name, values] of micros) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? Number.NaN;
  console.log(
    `${name.padEnd(34)} ${median.toFixed(0).padStart(6)} µs  (${sorted.map((value) => value.toFixed(0)).join(" ")})`,
  );
}
for (const { child } of [ours, grpcJs, handwritten]) {
  child.kill();
}
