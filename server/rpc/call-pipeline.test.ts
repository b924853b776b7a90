/** Whatever guards a call guards all of them: every protocol, path and kind goes through the door. */
import { connect } from "node:http2";
import { create, type DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { createConnectTransport as createWebTransport } from "@connectrpc/connect-web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restRoutes } from "#server/http/rest/rest-routes.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { inMemoryTransport } from "#server/testing/in-memory-transport.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { aContext, startServer, type TestServer } from "#server/testing/server.ts";
import { type CallSteps, callSteps } from "./call-pipeline.ts";
import { toConnectError } from "./errors.ts";
import { permissionOf, permissions } from "./permissions.ts";
import { servedServices } from "./routes.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const methods = servedServices(aContext(catalog)).flatMap(({ service }) => service.methods);
const search = "/bookfinder.v1.BookService/SearchBooks";

/** Notes what gets past a step that lets nobody in. */
const passed: string[] = [];
const denyAll: CallSteps = {
  translate: toConnectError,
  admission: [
    () => {
      throw new ConnectError("nobody gets in", Code.PermissionDenied, { "x-why": "closed" });
    },
  ],
  message: [(schema) => void passed.push(schema.typeName)],
};

const gzip = { sendCompression: compressionGzip, compressMinBytes: 1 };
const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC, compressed", (baseUrl) => createGrpcTransport({ baseUrl, ...gzip })],
  ["gRPC with JSON", (baseUrl) => createGrpcTransport({ baseUrl, useBinaryFormat: false })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["gRPC-web over HTTP/2", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
  [
    "Connect in binary",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2", useBinaryFormat: true }),
  ],
  [
    "Connect, compressed",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2", ...gzip }),
  ],
  ["Connect as GET", (baseUrl) => createWebTransport({ baseUrl, useHttpGet: true })],
];

async function failureOf(transport: Transport, method: DescMethod): Promise<ConnectError> {
  const input = create(method.input);
  try {
    if (method.methodKind === "unary") {
      await transport.unary(
        method as typeof method & { methodKind: "unary" },
        undefined,
        5000,
        {},
        input,
      );
    } else {
      async function* one() {
        yield input;
      }
      const { message } = await transport.stream(
        // The kind was asked for above, which the types of lists of methods don't follow.
        method as Parameters<Transport["stream"]>[0],
        undefined,
        5000,
        {},
        one(),
      );
      for await (const _ of message) {
        // Whatever comes is one answer too many; the test sees that no error does.
        return new ConnectError("It was answered", Code.Unknown);
      }
    }
  } catch (error) {
    return ConnectError.from(error);
  }
  return new ConnectError("It was answered", Code.Unknown);
}

describe.each(["on", "off"] as const)("with the fast path %s, a step that refuses", (fastPath) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(catalog, { fastPath }, undefined, denyAll);
  });
  afterAll(async () => {
    expect(passed).toEqual([]);
    await server[Symbol.asyncDispose]();
  });

  describe.each(transports)("refuses over %s", (name, create) => {
    const isWithoutClientStreams =
      !/HTTP\/2|gRPC|binary|compressed/.test(name) || name === "gRPC-web";
    const callable = methods.filter(
      ({ methodKind }) =>
        methodKind === "unary" || methodKind === "server_streaming" || !isWithoutClientStreams,
    );
    test.each(
      callable.map((method) => [`${method.parent.typeName}/${method.name}`, method] as const),
    )("%s", async (_path, method) => {
      const error = await failureOf(create(server.url), method);
      expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "nobody gets in" });
      expect(error.metadata.get("x-why")).toBe("closed");
    });
  });

  test.each(restRoutes.map(({ path }) => path))("refuses REST at %s", async (path) => {
    const route = restRoutes.find((each) => each.path === path);
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
      const isThere = method === "HEAD" ? "GET" in (route ?? {}) : method in (route ?? {});
      // A value of the path is a pattern; an escaped colon is one.
      const url = path.replaceAll(/(?<!\\):\w+(?:\(.*?\))?/g, "OL1W").replaceAll("\\", "");
      const { status } = await fetch(`${server.url}${url}?title=hobbit`, { method });
      expect([method, status]).toEqual([method, isThere ? 403 : 405]);
    }
  });

  test("refuses a GET whose answer the caller still has, and one by HEAD", async () => {
    await using open = await startServer(catalog, { fastPath });
    const path = `${search}?encoding=json&message=${encodeURIComponent('{"query":"hobbit"}')}`;
    const etag = (await fetch(open.url + path)).headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    for (const method of ["GET", "HEAD"]) {
      const headers = { "if-none-match": etag };
      expect((await fetch(server.url + path, { method, headers })).status).toBe(403);
    }
  });

  test.each([
    ["Connect", search, "application/json"],
    ["a Connect stream", "/grpc.health.v1.Health/Watch", "application/connect+json"],
    ["gRPC-web", search, "application/grpc-web+proto"],
    ["gRPC over HTTP/1.1", search, "application/grpc+proto"],
  ])("does not wait for the body of %s", async (_name, path, type) => {
    for (const size of ["content-length: 999999999", "transfer-encoding: chunked"]) {
      const raw = await openRawSocket(server.port);
      await raw.send(
        `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\n${size}\r\n\r\n`,
      );
      await raw.until("nobody gets in".slice(0, 6));
      raw.socket.destroy();
    }
  });

  test.each([["application/grpc"], ["application/grpc+json"], ["application/json"]])(
    "does not wait for the body of %s over HTTP/2",
    async (type) => {
      const session = connect(server.url);
      const stream = session.request({
        ":method": "POST",
        ":path": search,
        "content-type": type,
      });
      const headers = await new Promise<Record<string, unknown>>((resolve) =>
        stream.once("response", resolve),
      );
      expect([headers["grpc-status"], headers[":status"]]).toEqual(
        type === "application/json" ? [undefined, 403] : ["7", 200],
      );
      session.destroy();
    },
  );
});

describe("permissions", () => {
  test.each(methods.map((method) => [`${method.parent.typeName}/${method.name}`, method] as const))(
    "%s has one",
    (_path, method) => {
      expect(permissionOf(permissions, method)).toBeDefined();
    },
  );

  test("are of methods that are served", () => {
    const known = methods.map(({ parent, name }) => `${parent.typeName}/${name}`).sort();
    const declared = Object.entries(permissions).flatMap(([service, table]) =>
      Object.keys(table).map((name) => `${service}/${name}`),
    );
    expect(declared.sort()).toEqual(known);
  });

  test("that are missing let nobody in", async () => {
    const context = aContext(catalog);
    await using server = await startServer(catalog, {}, undefined, callSteps(context, {}));
    const transport = createGrpcTransport({ baseUrl: server.url });
    for (const method of methods) {
      expect((await failureOf(transport, method)).code).toBe(Code.PermissionDenied);
    }
  });

  test("that the caller lacks are asked for, or denied if we know who it is", async () => {
    const nobody = { kind: "anonymous", subject: "", scopes: new Set<never>() } as const;
    const context = aContext(catalog);
    const closed = callSteps({ ...context, accounts: { authenticate: () => nobody } });
    await using server = await startServer(catalog, {}, undefined, closed);
    const answer = await fetch(`${server.url}/api/books?title=hobbit`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="BookFinder", scope="books.read"',
    ]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const someone = { ...nobody, kind: "apiKey", subject: "a-key" } as const;
    const denied = callSteps({ ...context, accounts: { authenticate: async () => someone } });
    await using other = await startServer(catalog, {}, undefined, denied);
    expect((await fetch(`${other.url}/api/books?title=hobbit`)).status).toBe(403);
  });

  test("hold in memory, too", async () => {
    const transport = inMemoryTransport(aContext(catalog, { isPublicRead: false }));
    for (const method of methods.filter(({ parent }) => parent.typeName.endsWith("BookService"))) {
      expect((await failureOf(transport, method)).code).toBe(Code.Unauthenticated);
    }
  });
});

test("a step is told when the call is over, and takes part once", async () => {
  const taken: string[] = [];
  const context = aContext(catalog);
  const { admission, ...others } = callSteps(context);
  const counting: CallSteps = {
    ...others,
    admission: [
      ...admission,
      async (call) => {
        taken.push(`${call.protocol} in`);
        call.whenOver(() => taken.push(`${call.protocol} out`));
      },
    ],
  };
  await using server = await startServer(catalog, {}, undefined, counting);
  const baseUrl = server.url;
  for (const transport of [
    createGrpcTransport({ baseUrl }),
    createGrpcTransport({ baseUrl, ...gzip }),
    createConnectTransport({ baseUrl, httpVersion: "1.1" }),
    createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }),
  ]) {
    const method = methods.find(({ name }) => name === "GetCatalog") as Parameters<
      Transport["unary"]
    >[0];
    await transport.unary(method, undefined, 5000, {}, {});
  }
  await fetch(`${baseUrl}/healthz`);
  await expect.poll(() => taken.length).toBe(10);
  expect(taken.filter((each) => each.endsWith("in"))).toEqual([
    "grpc in",
    "grpc in",
    "connect in",
    "grpc-web in",
    "rest in",
  ]);
});
