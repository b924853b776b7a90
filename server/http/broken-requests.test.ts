/** Requests that are broken below the level of any API. */
import { connect as connectHttp2 } from "node:http2";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
let server: TestServer;
beforeAll(async () => {
  server = await startServer(catalog);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

const search = "/bookfinder.v1.BookService/SearchBooks";

test.each([
  ["a request without a host", "GET /healthz HTTP/1.1\r\n\r\n", 400],
  [
    "a host that is none",
    `POST ${search} HTTP/1.1\r\nhost: a b\r\ncontent-type: application/grpc-web\r\ncontent-length: 2\r\n\r\n{}`,
    400,
  ],
  [
    "a path that leads out",
    "GET /../../etc/passwd HTTP/1.1\r\nhost: a\r\naccept: */*\r\n\r\n",
    404,
  ],
  ["a target that is no path", "GET http://[/ HTTP/1.1\r\nhost: a\r\n\r\n", 404],
])("survives %s", async (_name, bytes, status) => {
  const raw = await openRawSocket(server.port);
  await raw.send(bytes);
  await raw.until(`HTTP/1.1 ${status} `);
  raw.socket.destroy();
});

test("serves the next request on a connection whose last one was too large", async () => {
  const raw = await openRawSocket(server.port);
  const body = Buffer.alloc(3_000_000, "x");
  await raw.send(
    `POST ${search} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await raw.send(body);
  await raw.until("HTTP/1.1 429");
  await raw.send("GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n");
  await raw.until("SERVING");
  raw.socket.destroy();
});

test("keeps no HTTP/2 stream open whose message was too large", async () => {
  // More calls than a connection may have streams.
  const session = connectHttp2(server.url);
  onTestFinished(() => session.destroy());
  const header = Buffer.alloc(5);
  header.writeUInt32BE(2_000_000, 1);
  for (let count = 0; count < server.context.config.maxStreams + 20; count += 1) {
    const stream = session.request({
      ":method": "POST",
      ":path": search,
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.write(header);
    stream.end(Buffer.alloc(100_000));
    const status = await new Promise((resolve, reject) => {
      stream.on("response", (headers) => resolve(headers["grpc-status"]));
      stream.on("trailers", (trailers) => resolve(trailers["grpc-status"]));
      stream.on("error", reject);
      stream.resume();
    });
    expect(status).toBe("8");
  }
});

test("tells gRPC clients what is not here in their own way", async () => {
  const session = connectHttp2(server.url);
  onTestFinished(() => session.destroy());
  const stream = session.request({
    ":method": "POST",
    ":path": "/a.B/C",
    "content-type": "application/grpc",
  });
  stream.end();
  const headers = await new Promise((resolve) => stream.on("response", resolve));
  expect(headers).toMatchObject({
    ":status": 200,
    "grpc-status": "12",
    "grpc-message": expect.stringContaining("There is nothing at /a.B/C"),
  });
});
