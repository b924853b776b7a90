import { once } from "node:events";
import { constants } from "node:http2";
import { describe, expect, test } from "vitest";
import { frame, headersFrame } from "#server/testing/http2-frames.ts";
import { getHttp2, openHttp2, startPort } from "#server/testing/port.ts";
import {
  http2Preface,
  http2SettingsAck,
  openRawHttp2,
  openRawSocket,
} from "#server/testing/raw-socket.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import type { Listener } from "./listen.ts";

/** The server works: it still answers. */
async function expectAlive({ port }: Pick<Listener, "port">) {
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } });
  expect(await response.text()).toBe("1.1 GET 0");
}

describe("one port", () => {
  test("speaks HTTP/1.1 and HTTP/2 with prior knowledge", async () => {
    const server = await startPort();
    await expectAlive(server);
    expect(await getHttp2(openHttp2(server.port))).toBe("2.0 GET 0");
  });

  test("understands an HTTP/2 preface that arrives byte by byte", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.sendSlowly(http2Preface);
    await raw.until(http2SettingsAck);
  });

  test("understands a POST that arrives byte by byte", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.sendSlowly("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc");
    await raw.until("1.1 POST 3");
  });

  test("tells a method that begins like the preface from the preface", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.sendSlowly("PROPFIND / HTTP/1.1\r\nhost: a\r\n\r\n");
    await raw.until("1.1 PROPFIND 0");
  });

  test("serves requests that were pipelined behind the first", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    await raw.send(`${get}${get}DELETE / HTTP/1.1\r\nhost: a\r\n\r\n`);
    await raw.until("1.1 DELETE 0");
    expect(
      raw
        .received()
        .toString()
        .match(/1\.1 GET 0/g),
    ).toHaveLength(2);
  });
});

describe("a client that does not make up its mind", () => {
  test("keeps nobody from being served", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    // A server that puts undecided bytes back into the socket never leaves its loop from here on.
    await raw.send("P");
    await expectAlive(server);
    // By now the server has read the byte.
    await expectAlive(server);
  });

  test("is disconnected after a while, even if it keeps dripping bytes", async () => {
    const server = await startPort({ headersTimeoutMs: 150 });
    const silent = await openRawSocket(server.port);
    const dripping = await openRawSocket(server.port);
    const drip = setInterval(() => dripping.socket.write("P"), 40);
    await dripping.send("PRI ");
    await Promise.all([silent.closed, dripping.closed]);
    clearInterval(drip);
  });

  test("may leave in any way", async () => {
    const server = await startPort();
    const [reset, finished, resetLater] = await Promise.all([
      openRawSocket(server.port),
      openRawSocket(server.port),
      openRawSocket(server.port),
    ]);
    reset.socket.resetAndDestroy();
    finished.socket.end();
    await finished.closed;
    await resetLater.send("PRI * HT");
    resetLater.socket.resetAndDestroy();
    await expectAlive(server);
    // By now the server has seen them all leave.
    await expectAlive(server);
    expect(server.problems).toEqual([]);
  });
});

describe("a connection", () => {
  test("of an HTTP/2 client that has left is closed on this side, too", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.send(http2Preface);
    await raw.until(http2SettingsAck);
    raw.socket.end();
    await raw.closed;
  });

  test("of HTTP/2 is closed when it is idle", async () => {
    const server = await startPort({ idleTimeoutMs: 100 });
    const session = openHttp2(server.port);
    await getHttp2(session);
    const [code] = await once(session, "goaway");
    expect(code).toBe(constants.NGHTTP2_NO_ERROR);
    await once(session, "close");
  });

  test("of HTTP/2 stays open while a response is on its way", async () => {
    const finish = Promise.withResolvers<void>();
    const server = await startPort({
      idleTimeoutMs: 60,
      handler(_request, response) {
        response.writeHead(200);
        void finish.promise.then(() => response.end(Buffer.from("at last")));
      },
    });
    const answered = getHttp2(openHttp2(server.port));
    // One that is opened later and idle is closed before.
    await once(openHttp2(server.port), "close");
    finish.resolve();
    expect(await answered).toBe("at last");
  });

  test("of HTTP/1.1 is closed when it is idle", async () => {
    const server = await startPort({ idleTimeoutMs: 100 });
    const raw = await openRawSocket(server.port);
    await raw.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await raw.until("1.1 GET 0");
    await raw.closed;
  });

  test("of HTTP/2 tells clients how many streams it takes", async () => {
    const server = await startPort({ maxStreams: 7 });
    const session = openHttp2(server.port);
    const [settings] = await once(session, "remoteSettings");
    expect(settings).toMatchObject({ maxConcurrentStreams: 7, maxHeaderListSize: 16_384 });
  });
});

describe("what is no request", () => {
  test.each([
    ["garbage", "hello there\r\n\r\n", 400, "invalid_argument"],
    ["a TLS handshake", Buffer.from("16030100ff010000fb0303", "hex"), 400, "invalid_argument"],
    [
      "headers that are too long",
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "invalid_argument",
    ],
  ])("is told so: %s", async (_name, bytes, status, code) => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.send(bytes);
    await raw.closed;
    const answer = raw.received().toString();
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf("{")))).toMatchObject({ code });
    expect(server.problems).toEqual(["Not an HTTP/1.1 request"]);
    await expectAlive(server);
  });

  test("is said of broken frames where somebody waits, and not of grpc-go's leave-taking", async () => {
    // The last stream in a GOAWAY of a client would be one that the server has opened.
    const goodbye = frame(0x7, 0, 0, Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
    const begun = Promise.withResolvers<void>();
    const server = await startPort({ handler: () => begun.resolve() });
    const idle = await openRawHttp2(server.port, goodbye);
    await idle.closed;
    expect(server.problems).toEqual([]);
    const busy = await openRawHttp2(server.port, headersFrame(1, {}));
    await begun.promise;
    await busy.send(goodbye);
    await busy.closed;
    await waitUntil("the problem is noted", () => server.problems.length > 0);
    expect(server.problems).toEqual(["HTTP/2 connection failed"]);
  });

  test("is not said of a client who goes away", async () => {
    const server = await startPort();
    const raw = await openRawSocket(server.port);
    await raw.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await raw.until("HTTP/1.1 200");
    raw.socket.resetAndDestroy();
    await raw.closed;
    await expectAlive(server);
    expect(server.problems).toEqual([]);
  });

  test("is cut off if it does not arrive in time", async () => {
    const server = await startPort({ headersTimeoutMs: 200 });
    const raw = await openRawSocket(server.port);
    await raw.send("GET / HTTP/1.1\r\nhost:");
    await raw.closed;
    expect(raw.received().toString()).toMatch(/^HTTP\/1\.1 408 .*deadline_exceeded/s);
  });

  test("is refused before its body is sent, if the client asks and it is too large", async () => {
    const server = await startPort({
      handler(_request, response) {
        response.writeHead(429, { connection: "close" });
        response.end();
      },
    });
    const raw = await openRawSocket(server.port);
    await raw.send(
      "POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 9999999\r\n\r\n",
    );
    await raw.closed;
    expect(raw.received().toString()).toMatch(/^HTTP\/1\.1 429 /);
  });
});
