/** More calls than can be searched: who is refused hears it at once, and everybody else is served. */
import { connect, type OutgoingHttpHeaders } from "node:http2";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { Health, HealthCheckResponse_ServingStatus } from "#proto/grpc/health/v1/health_pb.ts";
import type { Config } from "./config.ts";
import { createApp } from "./http/app.ts";
import { listen } from "./http/listen.ts";
import { callSteps } from "./rpc/call-pipeline.ts";
import { catalogServices, servedServices } from "./rpc/routes.ts";
import { aFewBooks } from "./testing/few-books.ts";
import { aContext } from "./testing/server.ts";
import { waitUntil } from "./testing/wait-until.ts";
import { EncodedAnswers } from "./workers/encoded-answers.ts";
import { forwardedServices } from "./workers/forwarded-services.ts";
import { type Frame, FrameKind } from "./workers/frames.ts";
import { LocalWorker } from "./workers/local-worker.ts";
import { SearchPool } from "./workers/search-pool.ts";

/** Sixty calls fill the queue. */
const CALLS = 150;

/** A worker that begins nothing until the test says so. */
class HeldWorker extends LocalWorker {
  readonly gate = Promise.withResolvers<void>();

  override async ask(kind: number, head: string, body: Uint8Array): Promise<Frame> {
    if (kind !== FrameKind.call) {
      return super.ask(kind, head, body);
    }
    this.callCount += 1;
    try {
      await this.gate.promise;
      return await super.ask(kind, head, body);
    } finally {
      this.callCount -= 1;
    }
  }
}

async function start(config: Partial<Config> = {}) {
  const catalog = aFewBooks();
  const context = aContext(catalog, config);
  const worker = new HeldWorker(() => catalog);
  const shed: string[] = [];
  const pool = new SearchPool({
    count: 1,
    spareCount: 0,
    start: () => worker,
    onShed: (reason) => shed.push(reason),
    onDone: () => {},
    onWorkerLost: () => {},
    onObstacle: () => {},
  });
  await pool.workers.open("catalogue.db");
  const { maxResponseBytes, logQueryChars } = context.config;
  const settings = { maxResponseBytes, logQueryChars, ignoreUnknownFields: false };
  const onAnswer = () => {};
  const answers = new EncodedAnswers({ pool, cacheBytes: 1 << 20, ...settings, onAnswer });
  const services = servedServices(context, forwardedServices(catalogServices(context), answers));
  const listener = await listen({
    ...createApp(context, "/nowhere", callSteps(context), services),
    limits: { ...context.config, maxBodyBytes: context.config.maxRequestBytes },
    port: 0,
    host: "127.0.0.1",
    onProblem: () => {},
  });
  onTestFinished(async () => {
    worker.gate.resolve();
    await listener.drain(0);
  });
  const openRequests = () => [...listener.connections].flatMap(({ requests }) => [...requests]);
  return {
    ...listener,
    pool,
    shed,
    worker,
    openRequests,
    url: `http://127.0.0.1:${listener.port}`,
  };
}

const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
];

test.each(
  (["on", "off"] as const).flatMap((fastPath) =>
    transports.map(([name, create]) => [name, fastPath, create] as const),
  ),
)(
  "a flood of %s is refused with when to come again, fast path %s",
  async (_name, fastPath, create) => {
    const { url, worker, shed, openRequests, pool } = await start({ fastPath });
    const { searchBooks } = createClient(BookService, create(url));
    const bookCounts: number[] = [];
    const refusals: ConnectError[] = [];
    const calls = Array.from({ length: CALLS }, (_, index) =>
      searchBooks({ query: `hobbit${" ".repeat(index)}` }).then(
        ({ results }) => bookCounts.push(results.length),
        (error: unknown) => refusals.push(ConnectError.from(error)),
      ),
    );
    await waitUntil("the queue is full", () => refusals.length >= CALLS / 3);
    worker.gate.resolve();
    await Promise.all(calls);
    expect(bookCounts.length).toBeGreaterThan(30);
    expect(bookCounts).not.toContain(0);
    expect(shed).toHaveLength(refusals.length);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        code: Code.Unavailable,
        rawMessage: "The server is busy; try again in a second",
      });
      expect(refusal.findDetails(ErrorInfoSchema)).toMatchObject([{ reason: "OVERLOADED" }]);
      expect(refusal.findDetails(RetryInfoSchema)).toMatchObject([{ retryDelay: { seconds: 1n } }]);
      expect(refusal.metadata.get("retry-after")).toBe("1");
      expect(refusal.metadata.get("ratelimit")).toMatch(/^"local";r=\d+;t=\d+$/);
    }
    // Nothing is kept for anybody.
    await waitUntil("every request is over", () => openRequests().length === 0);
    expect(pool.waitingCount).toBe(0);
  },
);

test("a refusal of gRPC is one frame of headers, with the id that its caller has given", async () => {
  const { port, shed } = await start();
  const flood = flooding(port);
  await waitUntil("the queue is full", () => shed.length > 0);
  const headers = await flood({ "x-request-id": "mine" });
  expect(headers).toMatchObject({
    ":status": 200,
    "content-type": "application/grpc",
    "grpc-status": "14",
    "grpc-message": "The server is busy; try again in a second",
    "grpc-status-details-bin": expect.stringMatching(/^[\w+/]+=*$/),
    "retry-after": "1",
    "x-request-id": "mine",
  });
});

test("a client who asks for little is served beside a flood, and so is health", async () => {
  const { port, url, shed, worker, openRequests } = await start();
  flooding(port);
  await waitUntil("all of the flood has come", () => openRequests().length + shed.length >= CALLS);
  const transport = createGrpcTransport({ baseUrl: url });
  const { check } = createClient(Health, transport);
  const { status } = await check({});
  expect(status).toBe(HealthCheckResponse_ServingStatus.SERVING);
  // It takes the place of one of those who wait.
  const before = shed.length;
  const { searchBooks } = createClient(BookService, transport);
  const modest = searchBooks({ query: "rings" });
  await waitUntil("one of the flood has to go", () => shed.length > before);
  worker.gate.resolve();
  expect((await modest).results.length).toBeGreaterThan(0);
  await waitUntil("every request is over", () => openRequests().length === 0);
});

test("what is kept is answered in a flood, too", async () => {
  const { url, port, shed, worker } = await start();
  const { searchBooks } = createClient(BookService, createGrpcTransport({ baseUrl: url }));
  const asked = searchBooks({ query: "rings" });
  await waitUntil("the worker has it", () => worker.callCount > 0);
  worker.gate.resolve();
  await asked;
  Object.assign(worker, { gate: Promise.withResolvers<void>() });
  const flood = flooding(port);
  await waitUntil("the queue is full", () => shed.length > 0);
  const { "grpc-status": refused } = await flood({});
  expect(refused).toBe("14");
  const { "grpc-status": kept } = await flood({}, "rings");
  expect(kept).toBeUndefined();
});

/** Fills the queue from one connection; returns what calls once more on it, to hear the first headers. */
function flooding(port: number) {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on("error", () => {});
  onTestFinished(() => session.destroy());
  let count = 0;
  const call = (headers: OutgoingHttpHeaders, query = `hobbit ${++count}`) => {
    const stream = session.request({
      ":method": "POST",
      ":path": "/bookfinder.v1.BookService/SearchBooks",
      "content-type": "application/grpc",
      te: "trailers",
      ...headers,
    });
    stream.on("error", () => {});
    stream.resume();
    const text = Buffer.from(query);
    const message = Buffer.concat([Buffer.of(0x0a, text.length), text]);
    stream.end(Buffer.concat([Buffer.of(0, 0, 0, 0, message.length), message]));
    return new Promise<OutgoingHttpHeaders>((resolve) => stream.once("response", resolve));
  };
  for (let index = 0; index < CALLS; index += 1) {
    void call({});
  }
  return call;
}
