import { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { dataFrame, headersFrame, pingFrame, resetFrame } from "#server/testing/http2-frames.ts";
import { openHttp2, startPort } from "#server/testing/port.ts";
import { openRawHttp2, openRawSocket } from "#server/testing/raw-socket.ts";
import { Connection } from "./connection.ts";
import { Turns } from "./turns.ts";

const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

describe("work", () => {
  test("is not begun for calls that are reset as they come", async () => {
    let begun = 0;
    const server = await startPort({
      maxStreams: 1000,
      handler() {
        begun += 1;
      },
    });
    const calls: Buffer[] = [];
    for (let id = 1; id <= 180; id += 2) {
      calls.push(headersFrame(id, {}), dataFrame(id, Buffer.of(1), true), resetFrame(id));
    }
    const raw = await openRawHttp2(server.port, ...calls);
    await raw.send(pingFrame());
    await raw.until(Buffer.from([0, 0, 8, 6, 1]));
    expect(begun).toBe(0);
    expect(raw.socket.destroyed).toBe(false);
  });

  test("is not done for a client that goes on resetting what it sends", async () => {
    const server = await startPort({ maxStreams: 1000 });
    const raw = await openRawHttp2(server.port);
    for (let id = 1; id <= 4000 && !raw.socket.destroyed; id += 2) {
      raw.socket.write(Buffer.concat([headersFrame(id, {}, { endStream: true }), resetFrame(id)]));
    }
    await raw.closed;
    expect(server.problems).toEqual(["Streams opened and reset without end: connection cut"]);
  });

  test("is done for clients who call off what they have waited for, however often", async () => {
    const server = await startPort({ handler: () => {} });
    const session = openHttp2(server.port);
    for (let count = 0; count < 1500; count += 1) {
      const stream = session.request({ ":path": "/" });
      stream.on("error", () => {});
      if (count % 10 === 9) {
        await new Promise((resolve) => session.ping(resolve));
        await new Promise((resolve) => session.ping(resolve));
      }
      setImmediate(() => setImmediate(() => stream.close(8)));
      await new Promise((resolve) => stream.once("close", resolve));
    }
    expect(server.problems).toEqual([]);
    expect(session.destroyed).toBe(false);
  });

  test("is not begun for pipelined requests whose client has left", async () => {
    let begun = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const server = await startPort({
      handler(_request, response) {
        begun += 1;
        promise.then(() => response.end(Buffer.from("done")));
      },
    });
    const raw = await openRawSocket(server.port);
    await raw.send(get.repeat(15));
    await expect.poll(() => begun).toBe(1);
    raw.socket.resetAndDestroy();
    await expect.poll(() => server.connections.count).toBe(0);
    resolve();
    // What a finished answer sets off comes at once or in the next turns.
    for (let count = 0; count < 10; count += 1) {
      await turn();
    }
    expect(begun).toBe(1);
  });
});

test("has its turn client by client, however many connections one of them has", async () => {
  const begun: string[] = [];
  const turns = new Turns();
  const add = (client: string) => {
    const owner = { limits: limitsOfNobody, onHeld: () => {}, onProblem: () => {} };
    turns.add(new Connection(new Socket(), client, owner), () => begun.push(client) > 0);
  };
  for (let count = 0; count < 500; count += 1) {
    add("192.0.2.1");
  }
  add("192.0.2.2");
  add("192.0.2.2");
  while (begun.length < 502) {
    await turn();
  }
  expect(begun.slice(0, 5)).toEqual([1, 2, 1, 2, 1].map((last) => `192.0.2.${last}`));
});

const limitsOfNobody = {
  headersTimeoutMs: 0,
  requestTimeoutMs: 0,
  writeTimeoutMs: 0,
  idleTimeoutMs: 0,
  maxBodyBytes: 0,
};
