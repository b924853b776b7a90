import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { getHttp2, openHttp2, startPort } from "#server/testing/port.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import type { HttpHandler } from "./handler.ts";

describe("draining", () => {
  /** Answers when told to. */
  function slow() {
    const { promise, resolve } = Promise.withResolvers<void>();
    const handler: HttpHandler = (request, response) => {
      request.resume();
      promise.then(() => {
        response.writeHead(200);
        response.end(Buffer.from(`${request.httpVersion} done`));
      });
    };
    return { handler, finish: resolve };
  }

  test("lets requests of both versions finish, and takes no new connections", async () => {
    const { handler, finish } = slow();
    const server = await startPort({ handler });
    const http1 = await openRawSocket(server.port);
    await http1.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    const http2 = getHttp2(openHttp2(server.port));
    await sleep(50);
    const drained = server.drain(5000);
    await sleep(400);
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
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

  test("cuts what does not finish in time, and says how many", async () => {
    const { handler } = slow();
    const server = await startPort({ handler });
    const http1 = await openRawSocket(server.port);
    await http1.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const session = openHttp2(server.port);
    getHttp2(session).catch(() => {});
    const undecided = await openRawSocket(server.port);
    await undecided.send("PRI");
    await sleep(50);
    expect(await server.drain(100)).toBe(3);
    await Promise.all([http1.closed, undecided.closed]);
  });

  test("ends at once if nobody is connected", async () => {
    const server = await startPort();
    expect(await server.drain(5000)).toBe(0);
  });
});
