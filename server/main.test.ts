/** The process as people start it: its console, its signals, its exit codes. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { connect } from "node:http2";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import { catalogueFile } from "./catalog-file/catalogue-file.ts";

const folder = mkdtempSync(join(tmpdir(), "bookfinder-main-"));
beforeAll(() => writeCatalogue(catalogueFile(folder), fewEntries));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = {
  child: ChildProcess;
  output: () => string;
  ready: Promise<string>;
  /** The exit code, or the signal that ended it. */
  exit: Promise<number | string | null>;
};

/** Starts the server on a free port; `ready` resolves to its URL. */
function start(environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { PATH: process.env["PATH"], PORT: "0", BOOKFINDER_DATA: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /BookFinder is ready: (\S+)/.exec(output)?.[1];
      if (url !== undefined) {
        ready.resolve(url);
      }
    });
  }
  const exit = new Promise<number | string | null>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  return { child, output: () => output, ready: ready.promise, exit };
}

/** Runs `count` callers, each calling again and again until told to stop or a call fails. */
function keepCalling(count: number, call: () => Promise<boolean>) {
  let doneCount = 0;
  const callers = Array.from({ length: count }, async () => {
    while (await call()) {
      doneCount += 1;
    }
  });
  return { over: Promise.all(callers), doneCount: () => doneCount };
}

describe("the process", { timeout: 240_000 }, () => {
  test("says where it is and how to stop it, and stops when told", async () => {
    const run = start();
    const url = await run.ready;
    expect(run.output()).toContain(`BookFinder is ready: ${url} (3 books). Stop with Ctrl+C.`);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    run.child.kill("SIGINT");
    expect(await run.exit).toBe(0);
  });

  test("says that its port is in use, and which to take", async () => {
    const other = createServer().listen(0);
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const run = start({ PORT: String(port) });
    expect(await run.exit).toBe(1);
    expect(run.output()).toMatch(
      new RegExp(
        `^Port ${port} is in use by another program\\. .*PORT=${Number(port) + 1} npm start$`,
        "m",
      ),
    );
  });

  test("says everything that is wrong with its settings", async () => {
    const run = start({ PORT: "x", BOOKFINDER_MAX_STREAMS: "none" });
    expect(await run.exit).toBe(1);
    expect(run.output()).toMatch(/PORT must be.*\n.*BOOKFINDER_MAX_STREAMS must be/);
  });

  test("fails no call that it has accepted when it is told to stop", async () => {
    const run = start({ BOOKFINDER_LOG_LEVEL: "info" });
    const url = await run.ready;
    let isStopping = false;
    const failures: unknown[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: 25 });
    onTestFinished(() => agent.destroy());
    // Nothing was sent: the port is closed, or the client itself gave up calls that it had not sent yet
    // when it heard that there should be no more. The log, below, shows that the server had none of them.
    const isUnsent = (error: unknown) =>
      isStopping && /ECONNREFUSED|NGHTTP2_REFUSED_STREAM/.test(String(error));
    // Fifty callers at once in its first moments are more than it takes: one asks before them.
    const grpc = createClient(BookService, createGrpcTransport({ baseUrl: url }));
    await grpc.searchBooks({ query: "tolkien" });
    expect((await fetch(`${url}/api/books?title=hobbit`)).status).toBe(200);
    const http1 = keepCalling(
      25,
      () =>
        new Promise((resolve) => {
          get(`${url}/api/books?title=hobbit`, { agent }, (response) => {
            response.resume().once("end", () => resolve(response.statusCode === 200));
          }).once("error", (error) => {
            if (!isUnsent(error)) {
              failures.push(error);
            }
            resolve(false);
          });
        }),
    );
    const http2 = keepCalling(25, () =>
      grpc.searchBooks({ query: "tolkien" }).then(
        () => true,
        (error: unknown) => {
          if (!isUnsent(error)) {
            failures.push(error);
          }
          return false;
        },
      ),
    );
    await waitUntil(
      "200 calls are answered over each protocol",
      () => Math.min(http1.doneCount(), http2.doneCount()) >= 200,
    );
    isStopping = true;
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    await Promise.all([http1.over, http2.over]);
    expect(failures).toEqual([]);
    const begun = run.output().match(/"protocol":"grpc"/g);
    expect(begun).toHaveLength(http2.doneCount() + 1);
  });

  test("reports itself as not serving while it drains", async () => {
    const run = start();
    const url = await run.ready;
    const session = connect(url);
    onTestFinished(() => session.destroy());
    // A watch ends by itself once the server stops.
    const stream = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Watch",
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.end(Buffer.alloc(5));
    const messages: number[] = [];
    stream.on("data", (bytes: Buffer) => messages.push(...bytes));
    await new Promise((resolve) => stream.once("data", resolve));
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    // Two frames, each with one field: status 1 (SERVING), then 2 (NOT_SERVING).
    expect(messages).toEqual([0, 0, 0, 0, 2, 8, 1, 0, 0, 0, 0, 2, 8, 2]);
  });
});
