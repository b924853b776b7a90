/** A long list whose reader is slow: `node bench/match/long-list.ts --help`. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { startServerProcess } from "#server/testing/server-process.ts";

const usage = `Usage: node bench/match/long-list.ts --data FOLDER [options]

Matches a list of citations over gRPC with a client that reads in fits and starts, against a server of
its own over the catalogue in FOLDER; then a second time, cancelled halfway. Prints whether every row
was answered once and in its place, how far the client's sending ran ahead of its reading, and the
memory and processor time of the server's processes. Reads /proc, so it runs on Linux.

  --rows N     how many rows (default 50000)
  --pause MS   how long the client stops reading after each 500 answers (default 50)`;

/** Answers between two pauses. */
const READ_AT_ONCE = 500;
/** What a cancelled call may still cost is looked for in so long a time. */
const QUIET_MS = 2000;

type ListOptions = { data: string; rows: number; pauseMs: number };

await runCommand(process, (args) => measure(readOptions(args)));

function readOptions(args: readonly string[]): ListOptions {
  const { values } = parseCommandLine(args, {
    usage,
    options: {
      data: { type: "string", default: "data" },
      rows: { type: "string", default: "50000" },
      pause: { type: "string", default: "50" },
    },
  });
  return {
    data: values.data,
    rows: wholeNumber("--rows", values.rows, 2, 1_000_000),
    pauseMs: wholeNumber("--pause", values.pause, 0, 10_000),
  };
}

async function measure({ data, rows, pauseMs }: ListOptions): Promise<void> {
  await using server = await startServerProcess({ BOOKFINDER_DATA: data });
  const pid = server.child.pid ?? 0;
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  const restMb = memoryMb(pid);
  const peak = { ahead: 0, memoryMb: 0 };

  let sent = 0;
  async function* list() {
    for (sent = 0; sent < rows; sent++) {
      yield rowOf(sent);
    }
  }
  let read = 0;
  let misplaced = 0;
  const startMs = performance.now();
  for await (const { id, index } of client.matchBooks(list())) {
    misplaced += id === `row ${read}` && index === read ? 0 : 1;
    read += 1;
    peak.ahead = Math.max(peak.ahead, sent - read);
    if (read % READ_AT_ONCE === 0) {
      peak.memoryMb = Math.max(peak.memoryMb, memoryMb(pid));
      await sleep(pauseMs);
    }
  }
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`${read} of ${rows} rows answered, ${misplaced} out of their place`);
  console.log(`${Math.round(rows / seconds)} rows/s; at most ${peak.ahead} rows sent and not read`);
  console.log(
    `Memory: ${restMb} MB before, ${peak.memoryMb} MB at most, ${memoryMb(pid)} MB after`,
  );

  const controller = new AbortController();
  read = 0;
  try {
    for await (const _ of client.matchBooks(list(), { signal: controller.signal })) {
      read += 1;
      if (read >= rows / 2) {
        controller.abort();
      }
    }
  } catch {
    // That is how a cancelled call ends.
  }
  const before = processorMs(pid);
  await sleep(QUIET_MS);
  console.log(
    `Cancelled after ${read} rows: ${processorMs(pid) - before} ms of processor time in the ` +
      `${QUIET_MS / 1000} s after`,
  );
}

/** A citation as of a real list: some of books that are there, some of none. */
function rowOf(index: number) {
  const works = [
    "Orwell, G. (1949). Nineteen eighty-four. Secker & Warburg.",
    "Herbert, Frank. Dune. Philadelphia: Chilton Books, 1965. Print.",
    "Austen, Jane. Emma. London: John Murray, 1815.",
    "Tolkien, J. R. R. The Hobbit. Allen & Unwin, 1937.",
  ];
  const nobodys = `Nobody, A. The ${index}th book that is not here. Nowhere, 1999.`;
  return { id: `row ${index}`, citation: works[index % 5] ?? nobodys };
}

/** The process and those that it has started, since the search runs in some of its own. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return [pid, ...children.split(" ").filter(Boolean).map(Number)];
}

function memoryMb(pid: number): number {
  const ofOne = (each: number) =>
    Number(/Pss:\s+(\d+) kB/.exec(readFileSync(`/proc/${each}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  return Math.round(family(pid).reduce((sum, each) => sum + ofOne(each), 0) / 1024);
}

function processorMs(pid: number): number {
  const ofOne = (each: number) => {
    const fields = readFileSync(`/proc/${each}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    // User and system time, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  };
  return family(pid).reduce((sum, each) => sum + ofOne(each), 0);
}
