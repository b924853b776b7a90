/** Status codes, metadata, deadlines and sizes are the same over every protocol and path. */
import { setImmediate as turn } from "node:timers/promises";
import {
  Code,
  ConnectError,
  createClient,
  type HandlerContext,
  type Transport,
} from "@connectrpc/connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/book_pb.ts";
import { createHttpCache } from "#server/http/cache.ts";
import { type Listener, listen } from "#server/http/listen.ts";
import { logRequest } from "#server/http/request-log.ts";
import { createRpcAdapter } from "#server/http/rpc-adapter.ts";
import { callSteps, createCallPipeline } from "#server/rpc/call-pipeline.ts";
import { served } from "#server/rpc/routes.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { aContext } from "#server/testing/server.ts";

/** Does what the query says. */
async function obey(query: string, context: HandlerContext) {
  const [verb, argument = ""] = query.split(" ");
  context.responseHeader.append("x-header", "one");
  context.responseHeader.append("x-header", "two");
  context.responseTrailer.set("x-trailer", "three");
  switch (verb) {
    case "fail":
      throw new ConnectError("as told: 100 % “wrong”", Number(argument), { "x-error": "four" });
    case "break":
      throw new Error("secret");
    case "never":
      return await new Promise<never>((_, reject) => {
        context.signal.addEventListener("abort", () => reject(context.signal.reason));
      });
    case "later":
      await turn();
      return { title: "later" };
    case "echo":
      return { title: context.requestHeader.get(argument) ?? "", author: context.protocolName };
    default:
      return { title: verb ?? "", description: "x".repeat(Number(argument)) };
  }
}

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const gzip = { sendCompression: compressionGzip, compressMinBytes: 1 };
const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC, compressed", (baseUrl) => createGrpcTransport({ baseUrl, ...gzip })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect JSON", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect JSON over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
  [
    "Connect binary",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: true }),
  ],
  [
    "Connect, compressed",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1", ...gzip }),
  ],
];

const codes = Object.values(Code).filter((code) => typeof code === "number");

describe.each(["on", "off"] as const)("with the fast path %s", (fastPath) => {
  const context = aContext(catalog, {
    fastPath,
    maxRequestBytes: 10_000,
    maxResponseBytes: 20_000,
  });
  const { config, log } = context;
  let listener: Listener;
  beforeAll(async () => {
    const adapter = createRpcAdapter({
      services: [
        served(BookService, {
          bookSearch: ({ searchQuery }, handlerContext) => obey(searchQuery, handlerContext),
        }),
      ],
      pipeline: createCallPipeline(callSteps(context)),
      cache: createHttpCache(context),
      config,
      log,
    });
    listener = await listen({
      handler(request, response) {
        const path = request.url ?? "";
        adapter.serve(request, response, path, logRequest(request, response, path, log));
      },
      streamHandler: adapter.streamHandler,
      limits: { ...config, maxBodyBytes: config.maxRequestBytes },
      port: 0,
      host: "127.0.0.1",
      onProblem: () => {},
    });
  });
  afterAll(async () => {
    await listener.drain(0);
  });

  describe.each(transports)("%s", (_name, create) => {
    const client = () => createClient(BookService, create(`http://127.0.0.1:${listener.port}`));
    const failure = (searchQuery: string, timeoutMs?: number) =>
      client()
        .bookSearch({ searchQuery }, timeoutMs === undefined ? {} : { timeoutMs })
        .then(
          () => {
            throw new Error("The call did not fail");
          },
          (error: unknown) => ConnectError.from(error),
        );

    test("carries metadata both ways", async () => {
      let header = new Headers();
      let trailer = new Headers();
      const answer = await client().bookSearch(
        { searchQuery: "echo x-mine" },
        {
          headers: { "x-mine": "yes" },
          onHeader: (headers) => (header = headers),
          onTrailer: (trailers) => (trailer = trailers),
        },
      );
      expect(answer.title).toBe("yes");
      expect(header.get("x-header")).toBe("one, two");
      expect(header.get("x-request-id")).not.toBeNull();
      expect(trailer.get("x-trailer")).toBe("three");
    });

    test("carries every code, the message and the error's metadata", async () => {
      for (const code of codes) {
        const error = await failure(`fail ${code}`);
        expect(error).toMatchObject({ code, rawMessage: "as told: 100 % “wrong”" });
        expect(error.metadata.get("x-error")).toBe("four");
        expect(error.metadata.get("x-trailer")).toBe("three");
      }
    });

    test("says nothing of what broke", async () => {
      expect(await failure("break")).toMatchObject({
        code: Code.Internal,
        rawMessage: "internal error",
      });
      expect(context.lines.at(-1)).toMatchObject({ level: 50, err: { message: "secret" } });
    });

    test("keeps deadlines", async () => {
      expect((await failure("never", 50)).code).toBe(Code.DeadlineExceeded);
      expect((await client().bookSearch({ searchQuery: "later" }, { timeoutMs: 4000 })).title).toBe(
        "later",
      );
      expect(
        (await client().bookSearch({ searchQuery: "later" }, { timeoutMs: 9_000_000 })).title,
      ).toBe("later");
    });

    test("refuses messages that are too large, in both directions", async () => {
      expect((await failure("x".repeat(11_000))).code).toBe(Code.ResourceExhausted);
      expect((await failure("large 21000")).code).toBe(Code.ResourceExhausted);
      const { description } = await client().bookSearch({ searchQuery: "large 19000" });
      expect(description).toHaveLength(19_000);
    });
  });
});
