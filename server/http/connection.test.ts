import { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { Connection, type OpenRequest } from "./connection.ts";

const limits = {
  maxBodyBytes: 1000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  writeTimeoutMs: 60_000,
  idleTimeoutMs: 75_000,
};

/** What is wrong with a stream of requests whose client sends nothing more, looked at each minute. */
function problemOf(eachMinute: (request: OpenRequest) => void): string | undefined {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const owner = { limits, onHeld: () => undefined, onProblem: () => undefined };
    const connection = new Connection(new Socket(), "192.0.2.1", owner);
    const writable = { writableLength: 0 };
    const request = connection.begin({
      writable,
      hasBody: true,
      isStream: true,
      messages: { readable: { readableLength: 0 }, contentType: undefined },
      cut: () => {},
    });
    request.onBody(Buffer.alloc(10));
    for (let minute = 0; minute < 3; minute++) {
      vi.advanceTimersByTime(60_000);
      const problem = request.overdue(performance.now(), limits);
      if (problem !== undefined) {
        return problem;
      }
      eachMinute(request);
    }
    return undefined;
  } finally {
    vi.useRealTimers();
  }
}

test("a stream goes on while it is answered, however long we take to read all of it", () => {
  expect(problemOf((request) => request.onAnswer(Buffer.alloc(10)))).toBeUndefined();
});

test("a stream of which nothing comes, and that we have nothing to say to, is cut", () => {
  expect(problemOf(() => undefined)).toBe("A request was not complete in time");
});
