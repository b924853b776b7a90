import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { frame, headersFrame } from "#server/testing/http2-frames.ts";
import { getHttp2, openHttp2, startPort } from "#server/testing/port.ts";
import { openRawHttp2, openRawSocket } from "#server/testing/raw-socket.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import type { HttpHandler } from "./handler.ts";

describe("draining", () => {
  /** Answers when told to. */
  function slow() {
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const handler: HttpHandler = (request, response) => {
      begun += 1;
      request.resume();
      promise.then(() => {
        response.writeHead(200);
        response.end(Buffer.from(`${request.httpVersion} done`));
      });
    };
    const allBegun = (count: number) =>
      waitUntil(`${count} requests have reached the server`, () => begun === count);
    return { handler, finish: resolve, allBegun };
  }

  function isRefused(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("error", () => resolve(true));
      socket.once("connect", () => {
        socket.destroy();
        resolve(false);
      });
    });
  }

  test("lets requests of both versions finish, and takes no new connections", async () => {
    const { handler, finish, allBegun } = slow();
    const server = await startPort({ handler });
    const http1 = await openRawSocket(server.port);
    await http1.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    const http2 = getHttp2(openHttp2(server.port));
    await allBegun(2);
    const drained = server.drain(5000);
    await waitUntil("new connections are refused", () => isRefused(server.port));
    finish();
    await http1.until("1.1 done");
    expect(await http2).toBe("2.0 done");
    expect(await drained).toBe(0);
  });

  test("serves requests that were on their way when it began", async () => {
    const server = await startPort();
    const http1 = await openRawSocket(server.port);
    await http1.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await http1.until("1.1 GET 0");
    const session = openHttp2(server.port);
    await getHttp2(session);
    const drained = server.drain(5000);
    await http1.send("DELETE / HTTP/1.1\r\nhost: a\r\n\r\n");
    const stream = session.destroyed ? undefined : getHttp2(session);
    await http1.until("1.1 DELETE 0");
    expect(await stream).toBe("2.0 GET 0");
    expect(await drained).toBe(0);
  });

  test("serves what an HTTP/2 client asks until it has heard that it should not", async () => {
    const server = await startPort();
    const raw = await openRawHttp2(server.port, headersFrame(1, {}, { endStream: true }));
    await raw.until("2.0 POST 0");
    const drained = server.drain(20_000);
    const pingHead = Buffer.of(0, 0, 8, 6, 0, 0, 0, 0, 0);
    await raw.until(pingHead);
    const before = raw.received().length;
    await raw.send(headersFrame(3, {}, { endStream: true }));
    await waitUntil("the second call is answered", () =>
      raw.received().subarray(before).includes("2.0 POST 0"),
    );
    const from = raw.received().indexOf(pingHead) + pingHead.length;
    await raw.send(frame(0x6, 0x1, 0, raw.received().subarray(from, from + 8)));
    await raw.closed;
    expect(await drained).toBe(0);
  });

  test("cuts what does not finish in time, and says how many", async () => {
    const { handler, allBegun } = slow();
    const server = await startPort({ handler });
    const undecided = await openRawSocket(server.port);
    await undecided.send("PRI");
    const http1 = await openRawSocket(server.port);
    await http1.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const session = openHttp2(server.port);
    getHttp2(session).catch(() => {});
    // Connections are taken in the order in which they come.
    await allBegun(2);
    expect(await server.drain(100)).toBe(3);
    await Promise.all([http1.closed, undecided.closed]);
  });

  test("ends at once if nobody is connected", async () => {
    const server = await startPort();
    expect(await server.drain(5000)).toBe(0);
  });
});
