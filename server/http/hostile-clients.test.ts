/** Clients that hold on to what they are given: none of them costs the others anything for long. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { dataFrame, headersFrame, pingFrame, resetFrame } from "#server/testing/http2-frames.ts";
import { openHttp2, startPort } from "#server/testing/port.ts";
import { openRawHttp2, openRawSocket } from "#server/testing/raw-socket.ts";
import type { HttpHandler } from "./handler.ts";

/** Short, and far enough apart that it shows which of them has ended a connection. */
const short = {
  headersTimeoutMs: 200,
  requestTimeoutMs: 400,
  writeTimeoutMs: 400,
  idleTimeoutMs: 400,
};

const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

const LARGE_BYTES = 12 << 20;

/** Answers at once, with more than the system keeps for a client that doesn't read. */
const large: HttpHandler = (request, response) => {
  request.resume();
  response.writeHead(200);
  response.end(Buffer.alloc(LARGE_BYTES));
};

describe("a connection ends when its client", () => {
  test("says no more than that it speaks HTTP/2", async () => {
    const server = await startPort(short);
    await (await openRawHttp2(server.port)).closed;
  });

  test("never ends its headers", async () => {
    const server = await startPort(short);
    const half = headersFrame(1, { "content-type": "application/grpc" }, { endHeaders: false });
    await (await openRawHttp2(server.port, half)).closed;
  });

  test("never ends its headers after a request that was answered", async () => {
    const server = await startPort(short);
    const raw = await openRawHttp2(server.port, headersFrame(1, {}, { endStream: true }));
    await raw.until("2.0 POST 0");
    await raw.send(headersFrame(3, {}, { endHeaders: false }));
    await raw.closed;
  });

  test("pings for ever and asks for nothing", async () => {
    const server = await startPort(short);
    const raw = await openRawHttp2(server.port);
    const pinging = setInterval(() => raw.socket.write(pingFrame()), 50);
    await raw.closed;
    clearInterval(pinging);
  });

  test("never reads the answers of HTTP/1.1", async () => {
    const server = await startPort({
      ...short,
      handler: large,
      maxHeldBytesPerConnection: 1 << 30,
    });
    const raw = await openRawSocket(server.port);
    raw.socket.pause();
    await raw.send(get);
    await expect.poll(() => server.connections.count).toBe(0);
    expect(server.problems).toContain("An answer was not read in time");
  });

  test("goes while requests wait, and no stack is written down for each of them", async () => {
    const begun = Promise.withResolvers<void>();
    const left = Promise.withResolvers<Error>();
    const server = await startPort({
      handler(request) {
        request.once("error", left.resolve).resume();
        begun.resolve();
      },
    });
    const raw = await openRawSocket(server.port);
    await raw.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhalf");
    await begun.promise;
    raw.socket.destroy();
    expect((await left.promise).stack).not.toContain("\n");
    await expect.poll(() => server.connections.count).toBe(0);
    expect(new Error("one of ours").stack).toContain("hostile-clients.test.ts");
  });

  test("leaves more pipelined requests than anybody needs", async () => {
    let begun = 0;
    const server = await startPort({
      handler() {
        begun += 1;
      },
    });
    const raw = await openRawSocket(server.port);
    await raw.send(get.repeat(1000));
    await raw.closed;
    expect(begun).toBeLessThanOrEqual(1);
  });
});

describe("a stream ends when its client", () => {
  test("sends its body a byte at a time, or none at all", async () => {
    const server = await startPort(short);
    const raw = await openRawHttp2(server.port, headersFrame(1, {}), headersFrame(3, {}));
    const dripping = setInterval(() => raw.socket.write(dataFrame(1, Buffer.of(1))), 50);
    await raw.until(resetFrame(1));
    await raw.until(resetFrame(3));
    clearInterval(dripping);
  });

  test("keeps the window for its answer shut", async () => {
    const server = await startPort({
      ...short,
      handler: large,
      maxHeldBytesPerConnection: 1 << 30,
    });
    const raw = await openRawHttp2(server.port, headersFrame(1, {}, { endStream: true }));
    const pinging = setInterval(() => raw.socket.write(pingFrame()), 50);
    await raw.until(resetFrame(1));
    await raw.closed;
    clearInterval(pinging);
  });

  test("but not if messages come at intervals, on a path of streams", async () => {
    const server = await startPort({
      ...short,
      headersTimeoutMs: 100,
      requestTimeoutMs: 100,
      idleTimeoutMs: 2000,
      isStream: (path) => path === "/",
    });
    const raw = await openRawHttp2(server.port, headersFrame(1, {}));
    for (let count = 0; count < 8; count += 1) {
      await raw.send(dataFrame(1, Buffer.of(1)));
      await sleep(50);
    }
    await raw.send(dataFrame(1, Buffer.of(1), true));
    await raw.until("2.0 POST 9");
  });
});

describe("a request goes on", () => {
  test.each([1, 2])(
    "for as long as we take to answer it, if it came in %d pieces",
    async (pieces) => {
      const server = await startPort({
        ...short,
        handler(request, response) {
          request.resume();
          request.once("end", () => {
            setTimeout(() => response.end("the answer"), 2 * short.requestTimeoutMs);
          });
        },
      });
      const frames = [headersFrame(1, {}), dataFrame(1, Buffer.of(1), true)];
      const raw = await openRawHttp2(server.port, ...frames.slice(0, 3 - pieces));
      await raw.send(Buffer.concat(frames.slice(3 - pieces)));
      await raw.until("the answer");
      expect(server.problems).toEqual([]);
    },
  );
});

describe("when there is no more room, a newcomer", () => {
  test("takes the place of a connection that only waits", async () => {
    const server = await startPort({ maxConnections: 5 });
    const silent = await Promise.all(
      Array.from({ length: 4 }, () => openRawHttp2(server.port, headersFrame(1, {}))),
    );
    const useful = await openRawSocket(server.port);
    await useful.send(get);
    await useful.until("1.1 GET 0");
    for (let count = 0; count < 3; count += 1) {
      const newcomer = await openRawSocket(server.port);
      await newcomer.send(get);
      await newcomer.until("1.1 GET 0");
    }
    expect(silent.filter(({ socket }) => socket.destroyed)).toHaveLength(3);
    expect(useful.socket.destroyed).toBe(false);
  });

  test("is refused if all are being served", async () => {
    let begun = 0;
    const handler = () => {
      begun += 1;
    };
    const server = await startPort({ maxConnections: 1, handler });
    const first = await openRawSocket(server.port);
    await first.send(get);
    await expect.poll(() => begun).toBe(1);
    const second = await openRawSocket(server.port);
    await second.closed;
    expect(server.problems).toEqual(["More than 1 connections: one refused"]);
    expect(first.socket.destroyed).toBe(false);
  });
});

describe("headers over HTTP/2", () => {
  const long = { "x-long": "x".repeat(20_000) };

  test("have the limit of HTTP/1.1", async () => {
    const server = await startPort();
    const stream = openHttp2(server.port).request({ ":path": "/", ...long });
    const [status, body] = await new Promise<[unknown, string]>((resolve) => {
      stream.once("response", (headers) => {
        stream.on("data", (bytes) => resolve([headers[":status"], String(bytes)]));
      });
    });
    expect(status).toBe(431);
    expect(JSON.parse(body)).toMatchObject({ code: "invalid_argument" });
  });

  test("are refused to gRPC clients in their own way", async () => {
    const server = await startPort();
    const stream = openHttp2(server.port).request({
      ":method": "POST",
      "content-type": "application/grpc",
      ...long,
    });
    const headers = await new Promise((resolve) => stream.once("response", resolve));
    expect(headers).toMatchObject({ ":status": 200, "grpc-status": "8" });
  });
});
