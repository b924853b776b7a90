import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TypingQueue } from "./typing-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue whose searches are answered by hand. */
function aQueue() {
  const queue = new TypingQueue();
  const started: string[] = [];
  const stopped: string[] = [];
  const answers = new Map<string, () => void>();
  const type = (query: string, scope = "") =>
    queue.add({
      query,
      scope,
      start: (signal) => {
        started.push(query);
        signal.addEventListener("abort", () => stopped.push(query));
        return new Promise<void>((resolve) => answers.set(query, resolve));
      },
      drop: () => void stopped.push(`${query} dropped`),
    });
  const answer = async (query: string) => {
    answers.get(query)?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { type, answer, started, stopped };
}

test("several searches run side by side, and none is cancelled by the next key", () => {
  const { type, started, stopped } = aQueue();
  for (const query of ["d", "du", "dun"]) {
    type(query);
  }
  expect(started).toEqual(["d", "du", "dun"]);
  expect(stopped).toEqual([]);
});

test("of those that find no room only the newest waits", async () => {
  const { type, answer, started, stopped } = aQueue();
  for (const query of ["h", "ha", "har", "harr", "harry", "harry ", "harry p"]) {
    type(query);
  }
  expect(started).toEqual(["h", "ha", "har", "harr"]);
  expect(stopped).toEqual(["harry dropped", "harry  dropped"]);
  await answer("ha");
  expect(started.at(-1)).toBe("harry p");
});

test("after a pause the newest search no longer waits for room", async () => {
  const { type, started } = aQueue();
  for (const query of ["h", "ha", "har", "harr", "harry"]) {
    type(query);
  }
  await vi.runAllTimersAsync();
  expect(started.at(-1)).toBe("harry");
});

test("searches that no longer begin what is typed are stopped", () => {
  const { type, started, stopped } = aQueue();
  for (const query of ["e", "em", "emm"]) {
    type(query);
  }
  type("em");
  expect(stopped).toEqual(["emm", "emm dropped"]);
  type("dune");
  expect(stopped).toEqual([
    "emm",
    "emm dropped",
    "e",
    "e dropped",
    "em",
    "em dropped",
    "em",
    "em dropped",
  ]);
  expect(started.at(-1)).toBe("dune");
});

test("a search with other filters makes those before it useless", () => {
  const { type, stopped } = aQueue();
  type("emma");
  type("emma", "language=fre");
  expect(stopped).toEqual(["emma", "emma dropped"]);
});
