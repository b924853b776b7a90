import { Code } from "@connectrpc/connect";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { waitUntil } from "#server/testing/wait-until.ts";
import { FrameKind } from "./frames.ts";
import { SearchPool, type SearchPoolOptions } from "./search-pool.ts";
import type { SearchTask } from "./search-task.ts";
import { PatientWorker } from "./testing/patient-worker.ts";

async function startPool(options: Partial<SearchPoolOptions> = {}, isServing = true) {
  const workers: PatientWorker[] = [];
  const obstacles: string[] = [];
  const shed: string[] = [];
  const pool = new SearchPool({
    count: 1,
    spareCount: 0,
    start(onEnd) {
      const worker = new PatientWorker(onEnd);
      workers.push(worker);
      return worker;
    },
    onShed: (reason) => shed.push(reason),
    onDone: () => {},
    onWorkerLost: () => {},
    onObstacle: (obstacle) => obstacles.push(obstacle),
    ...options,
  });
  await pool.workers.open("catalogue.db");
  if (isServing) {
    pool.workers.serve();
  }
  return { pool, workers, obstacles, shed };
}

function task(body: string, more: Partial<SearchTask> = {}): SearchTask {
  return {
    client: { address: "a", connection: body[0] ?? "" },
    method: "Search",
    kind: FrameKind.call,
    head: () => "{}",
    body: Buffer.from(body),
    ...more,
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const codeOf = (answer: Promise<unknown>): Promise<Code | "ok"> =>
  answer.then(
    () => "ok" as const,
    (error: { code: Code }) => error.code,
  );

describe("the pool", () => {
  test("begins nothing that is called off in the same turn", async () => {
    const { pool, workers } = await startPool();
    const { answer, callOff } = pool.submit(task("x"));
    callOff();
    expect(await codeOf(answer)).toBe(Code.Canceled);
    await turn();
    expect(workers[0]?.asked).toEqual([]);
    expect(pool.waitingCount).toBe(0);
  });

  test("gives a worker two short calls at most, the others wait", async () => {
    const { pool, workers } = await startPool();
    const answers = ["x", "y", "z"].map((name) => pool.submit(task(name)).answer);
    await turn();
    expect(workers[0]?.asked).toHaveLength(2);
    expect(pool.waitingCount).toBe(1);
    workers[0]?.asked[0]?.answer();
    await answers[0];
    await expect.poll(() => workers[0]?.asked).toHaveLength(3);
  });

  test("does not begin what is too late", async () => {
    const { pool, workers } = await startPool();
    let remainingMs = 50;
    const { answer } = pool.submit(task("x", { remainingMs: () => remainingMs }));
    remainingMs = 0;
    expect(await codeOf(answer)).toBe(Code.DeadlineExceeded);
    expect(workers[0]?.asked).toEqual([]);
  });

  test("refuses what would wait too long, first of the client that waits for most", async () => {
    const { pool, shed } = await startPool();
    const outcomes: (Code | "ok" | undefined)[] = [];
    for (let count = 0; count < 200; count += 1) {
      const index = count;
      codeOf(pool.submit(task("greedy")).answer).then((code) => {
        outcomes[index] = code;
      });
    }
    await turn();
    const refused = outcomes.filter((code) => code === Code.Unavailable).length;
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(199);
    // Somebody who asks for little still finds room.
    const modest = codeOf(pool.submit(task("modest")).answer);
    await turn();
    expect(outcomes.filter((code) => code === Code.Unavailable)).toHaveLength(refused + 1);
    expect(shed).toHaveLength(refused + 1);
    expect(await Promise.race([modest, turn().then(() => "waits")])).toBe("waits");
  });

  test("says before a call is submitted that it would be refused, of whom and for whom it would be", async () => {
    const { pool, shed } = await startPool();
    expect(pool.refuse(task("greedy"), undefined)).toBeUndefined();
    for (let count = 0; count < 200; count += 1) {
      pool.submit(task("greedy")).answer.catch(() => {});
    }
    const shedCount = shed.length;
    expect(pool.refuse(task("greedy"), undefined)).toMatchObject({ code: Code.Unavailable });
    expect(pool.refuse(task("modest"), 10)).toMatchObject({ code: Code.Unavailable });
    expect(shed.slice(shedCount)).toEqual(["full", "late"]);
    // The one who asks for little takes a place of the other, which costs nothing before it does.
    expect(pool.refuse(task("modest"), undefined)).toBeUndefined();
    expect(shed).toHaveLength(shedCount + 2);
  });

  test("lets a few calls in, however long they take", async () => {
    const { pool, workers, shed } = await startPool();
    // As a busy machine does: each takes longer than anybody may wait in a long queue.
    const takenMs = 500;
    for (let round = 0; round < 2; round += 1) {
      const answers = Array.from({ length: 5 }, () => pool.submit(task("x")).answer);
      for (const answer of answers) {
        await waitUntil("a worker has it", () => workers[0]?.callCount !== 0);
        workers[0]?.asked.find(({ isAnswered }) => !isAnswered)?.answer(takenMs);
        await answer;
      }
    }
    expect(shed).toEqual([]);
  });

  test("refuses at once what could not be done in time", async () => {
    const { pool } = await startPool();
    for (let count = 0; count < 30; count += 1) {
      pool.submit(task("x")).answer.catch(() => {});
    }
    expect(await codeOf(pool.submit(task("y", { remainingMs: () => 10 })).answer)).toBe(
      Code.Unavailable,
    );
  });

  test("does a call once more whose worker is lost, not twice", async () => {
    const { pool, workers } = await startPool();
    const { answer } = pool.submit(task("x"));
    await turn();
    workers[0]?.asked[0]?.lose();
    await expect.poll(() => workers[0]?.asked).toHaveLength(2);
    workers[0]?.asked[1]?.lose();
    expect(await codeOf(answer)).toBe(Code.Unavailable);
  });

  test("gives what a frozen worker has to another, too, and that one nothing more", async () => {
    vi.useFakeTimers({ toFake: ["performance", "setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const { pool, workers } = await startPool({ count: 2 });
    const frozen = pool.submit(task("x")).answer;
    await turn();
    expect(workers.map(({ asked }) => asked.length)).toEqual([1, 0]);
    vi.advanceTimersByTime(2000);
    await turn();
    expect(workers.map(({ asked }) => asked.length)).toEqual([1, 1]);
    workers[1]?.asked[0]?.answer();
    expect(await codeOf(frozen)).toBe("ok");
    const others = ["y", "z"].map((name) => codeOf(pool.submit(task(name)).answer));
    await turn();
    expect(workers.map(({ asked }) => asked.length)).toEqual([1, 3]);
    // That it is lost in the end harms nobody.
    workers[0]?.asked[0]?.lose();
    workers[1]?.asked[1]?.answer();
    workers[1]?.asked[2]?.answer();
    expect(await Promise.all(others)).toEqual(["ok", "ok"]);
    expect(workers.map(({ asked }) => asked.length)).toEqual([1, 3]);
  });

  test("takes a worker for no frozen one that waits for other machines", async () => {
    vi.useFakeTimers({ toFake: ["performance", "setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const { pool, workers } = await startPool({ callsAtOnce: 2 });
    pool.submit(task("slow node"));
    await turn();
    vi.advanceTimersByTime(2000);
    const other = codeOf(pool.submit(task("quick node")).answer);
    await turn();
    expect(workers[0]?.asked).toHaveLength(2);
    workers[0]?.asked[1]?.answer();
    expect(await other).toBe("ok");
  });

  test("lets nobody wait for ever where no worker takes anything", async () => {
    vi.useFakeTimers({ toFake: ["performance", "setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const { pool } = await startPool();
    const answers = ["x", "y", "z"].map((name) => codeOf(pool.submit(task(name)).answer));
    await turn();
    expect(pool.waitingCount).toBe(1);
    vi.advanceTimersByTime(61_000);
    expect(await answers[2]).toBe(Code.Unavailable);
    expect(pool.waitingCount).toBe(0);
  });

  test("replaces a worker that is lost, by the one that stands by first", async () => {
    const { pool, workers, obstacles } = await startPool({ spareCount: 1 });
    pool.submit(task("x"));
    await turn();
    expect(workers.map(({ asked }) => asked.length)).toEqual([1, 0]);
    workers[0]?.kill();
    const { answer } = pool.submit(task("y"));
    await turn();
    expect(workers[1]?.asked).toHaveLength(1);
    workers[1]?.asked[0]?.answer();
    expect(await codeOf(answer)).toBe("ok");
    await expect.poll(() => workers).toHaveLength(3);
    expect(obstacles.filter((obstacle) => obstacle !== "")).toEqual([]);
  });

  test("lets workers warm up and others stand by once calls may come, and not before", async () => {
    const { pool, workers } = await startPool({ spareCount: 1 }, false);
    expect(workers.map(({ warmed }) => warmed)).toEqual([[]]);
    pool.workers.serve();
    await turn();
    expect(workers.map(({ warmed }) => warmed)).toEqual([[1], [1]]);
    await pool.workers.open("catalogue.db");
    // Whoever stands by, too.
    expect(workers.map(({ warmed }) => warmed)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test("says so while nobody can search, and that it can again", async () => {
    const { pool, obstacles } = await startPool();
    pool.workers.suspend();
    expect(await codeOf(pool.submit(task("x")).answer)).toBe(Code.Unavailable);
    expect(obstacles.at(-1)).not.toBe("");
    await pool.workers.open("catalogue.db");
    expect(obstacles.at(-1)).toBe("");
  });
});
