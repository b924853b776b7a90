import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { dataFrame, headersFrame, windowFrame } from "#server/testing/http2-frames.ts";
import { getHttp2, openHttp2, startPort } from "#server/testing/port.ts";
import { openRawHttp2, openRawSocket } from "#server/testing/raw-socket.ts";
import type { HttpHandler } from "./handler.ts";

const post = (length: number) => `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n`;

const large =
  (sizeBytes: number): HttpHandler =>
  (request, response) => {
    request.resume();
    response.writeHead(200);
    response.end(Buffer.alloc(sizeBytes));
  };

describe("memory", () => {
  test("for unfinished bodies is bounded on one connection", async () => {
    const server = await startPort({ maxHeldBytesPerConnection: 1 << 20, maxStreams: 100 });
    const quiet = openHttp2(server.port);
    await getHttp2(quiet);
    const raw = await openRawHttp2(server.port, windowFrame(0, 1 << 24));
    for (let id = 1; id < 100 && !raw.socket.destroyed; id += 2) {
      raw.socket.write(headersFrame(id, {}));
      // Within the window of the connection, which the server opens as it reads.
      await raw.send(dataFrame(id, Buffer.alloc(16_000)));
      await raw.send(dataFrame(id, Buffer.alloc(16_000)));
      await turn();
    }
    await raw.closed;
    expect(server.problems).toEqual([
      "Unfinished requests and unread answers of one connection hold too much memory",
    ]);
    expect(server.connections.heldBytes).toBeLessThan(1 << 20);
    expect(await getHttp2(quiet)).toBe("2.0 GET 0");
  });

  test("for bodies in tiny pieces is more than their bytes, over HTTP/1.1", async () => {
    const server = await startPort({ maxHeldBytesPerConnection: 1 << 20 });
    const raw = await openRawSocket(server.port);
    await raw.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n");
    await raw.send("1\r\nx\r\n".repeat(4000));
    await raw.closed;
    expect(server.problems).toContain(
      "Unfinished requests and unread answers of one connection hold too much memory",
    );
  });

  test("for bodies in tiny pieces is more than their bytes, over HTTP/2", async () => {
    const server = await startPort({ maxHeldBytesPerConnection: 1 << 20 });
    const raw = await openRawHttp2(server.port, headersFrame(1, {}));
    await raw.send(Buffer.concat(Array(4000).fill(dataFrame(1, Buffer.of(1)))));
    await raw.closed;
    expect(server.connections.heldBytes).toBeLessThan(1 << 20);
  });

  test("is not what a stream of many small messages took that have been read", async () => {
    const server = await startPort({
      maxHeldBytesPerConnection: 1 << 20,
      isStream: (path) => path === "/",
    });
    const grpc = { "content-type": "application/grpc" };
    const lines = { "content-type": "application/x-ndjson" };
    const raw = await openRawHttp2(server.port, headersFrame(1, grpc), headersFrame(3, lines));
    const count = 20;
    for (let turns = 0; turns < count; turns += 1) {
      await raw.send(Buffer.concat(Array(500).fill(dataFrame(1, Buffer.of(0, 0, 0, 0, 1, 9)))));
      await raw.send(Buffer.concat(Array(500).fill(dataFrame(3, Buffer.from("[]\n")))));
      await turn();
    }
    await raw.send(
      Buffer.concat([dataFrame(1, Buffer.of(), true), dataFrame(3, Buffer.of(), true)]),
    );
    await raw.until(`2.0 POST ${500 * count * 6}`);
    await raw.until(`2.0 POST ${500 * count * 3}`);
    expect(server.problems).toEqual([]);
  });

  test("for bodies in tiny pieces is bounded on streams of messages, too", async () => {
    const server = await startPort({
      maxHeldBytesPerConnection: 1 << 20,
      isStream: (path) => path === "/",
    });
    const raw = await openRawHttp2(
      server.port,
      headersFrame(1, { "content-type": "application/grpc" }),
      dataFrame(1, Buffer.of(0, 0, 15, 0, 0)),
    );
    await raw.send(Buffer.concat(Array(4000).fill(dataFrame(1, Buffer.of(1)))));
    await raw.closed;
    expect(server.connections.heldBytes).toBeLessThan(1 << 20);
  });

  test("for unfinished bodies is bounded over all, where most is held", async () => {
    const server = await startPort({ maxHeldBytes: 1 << 20 });
    const modest = await openRawSocket(server.port);
    await modest.send(post(20));
    const greedy = await openRawSocket(server.port);
    await greedy.send(post(900_000));
    await greedy.send(Buffer.alloc(800_000));
    await expect.poll(() => server.connections.heldBytes).toBeGreaterThanOrEqual(800_000);
    const other = await openRawSocket(server.port);
    await other.send(post(900_000));
    await other.send(Buffer.alloc(700_000));
    await greedy.closed;
    await modest.send("x".repeat(20));
    await modest.until("1.1 POST 20");
    await other.send(Buffer.alloc(200_000));
    await other.until("1.1 POST 900000");
    await expect.poll(() => server.connections.heldBytes).toBe(0);
  });

  test("for answers that nobody reads is bounded on one connection", async () => {
    const server = await startPort({
      handler: large(4 << 20),
      maxHeldBytesPerConnection: 6 << 20,
    });
    const first = headersFrame(1, {}, { endStream: true });
    const raw = await openRawHttp2(server.port, first);
    await expect.poll(() => server.connections.heldBytes).toBeGreaterThan(0);
    expect(raw.socket.destroyed).toBe(false);
    await raw.send(headersFrame(3, {}, { endStream: true }));
    await raw.closed;
    await expect.poll(() => server.connections.heldBytes).toBe(0);
  });

  test("is not what answers took that have been read", async () => {
    const server = await startPort({
      maxHeldBytesPerConnection: 1 << 20,
      async handler(_request, response) {
        response.writeHead(200);
        for (let count = 0; count < 64; count += 1) {
          if (!response.write(Buffer.alloc(65_536))) {
            await new Promise((resolve) => response.once("drain", () => resolve(undefined)));
          }
        }
        response.end();
      },
    });
    expect(await getHttp2(openHttp2(server.port))).toHaveLength(64 * 65_536);
    expect(server.problems).toEqual([]);
  });
});
