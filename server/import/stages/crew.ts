/**
 * Who does the tasks: worker threads, or the calling thread itself for small imports, where starting
 * threads would take longer than the work.
 */
import { Worker } from "node:worker_threads";
import type { StageCounts } from "./stage-block.ts";
import type { AuthorTotals } from "./table-authors.ts";
import { type BlockTask, type JoinNote, type TaskSetup, Tasks } from "./tasks.ts";

export type Task =
  | { kind: "stage"; block: BlockTask }
  | { kind: "endStaging" }
  | { kind: "tableAuthors" }
  | { kind: "join"; partition: number; authorTable: SharedArrayBuffer }
  | { kind: "endJoining" }
  | { kind: "indexWords"; entries: number };

export type Crew = {
  /** Waits for room, then hands the block over; resolves when it is taken, `done` when it is staged. */
  stage(block: BlockTask, done: (counts: StageCounts) => void): Promise<void>;
  /** Waits until every block is staged and on disk. */
  endStaging(): Promise<void>;
  tableAuthors(): Promise<AuthorTotals>;
  join(
    partitions: readonly number[],
    authorTable: SharedArrayBuffer,
    done: (note: JoinNote) => void,
  ): Promise<void>;
  /** Builds the index of words, beside what the calling thread does if there are other threads. */
  indexWords(entries: number): Promise<void>;
  close(): Promise<void>;
};

/** Does one task; the only place that knows which method a task is. */
export function runTask(tasks: Tasks, task: Task): unknown {
  switch (task.kind) {
    case "stage":
      return tasks.stage(task.block);
    case "endStaging":
      return tasks.endStaging();
    case "tableAuthors":
      return tasks.tableAuthors();
    case "join":
      return tasks.join(task.partition, task.authorTable);
    case "endJoining":
      return tasks.endJoining();
    case "indexWords":
      return tasks.indexWords(task.entries);
  }
}

/** Works in the calling thread. */
export class SoloCrew implements Crew {
  readonly #tasks: Tasks;

  constructor(setup: TaskSetup) {
    this.#tasks = new Tasks(setup);
  }

  async stage(block: BlockTask, done: (counts: StageCounts) => void): Promise<void> {
    done(this.#tasks.stage(block));
  }

  async endStaging(): Promise<void> {
    this.#tasks.endStaging();
  }

  async tableAuthors(): Promise<AuthorTotals> {
    return this.#tasks.tableAuthors();
  }

  async join(
    partitions: readonly number[],
    authorTable: SharedArrayBuffer,
    done: (note: JoinNote) => void,
  ): Promise<void> {
    for (const partition of partitions) {
      done(this.#tasks.join(partition, authorTable));
    }
    this.#tasks.endJoining();
  }

  async indexWords(entries: number): Promise<void> {
    this.#tasks.indexWords(entries);
  }

  async close(): Promise<void> {}
}

/** Blocks a worker has at hand: one in work, one waiting, so that it never idles. */
const blocksPerWorker = 2;

/** Works in worker threads. */
export class ThreadCrew implements Crew {
  readonly #members: Member[];
  readonly #staging = new Set<Promise<void>>();
  #failure: Error | undefined;

  constructor(setup: TaskSetup, size: number) {
    this.#members = Array.from({ length: size }, () => new Member(setup));
  }

  async stage(block: BlockTask, done: (counts: StageCounts) => void): Promise<void> {
    let member = this.#leastBusy();
    while (member.waiting >= blocksPerWorker) {
      await Promise.race(this.#staging);
      member = this.#leastBusy();
    }
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
    const task = member
      .run<StageCounts>({ kind: "stage", block }, [block.bytes.buffer as ArrayBuffer])
      .then(done)
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => this.#staging.delete(task));
    this.#staging.add(task);
  }

  async endStaging(): Promise<void> {
    await Promise.all(this.#staging);
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
    await Promise.all(this.#members.map((member) => member.run({ kind: "endStaging" })));
  }

  async tableAuthors(): Promise<AuthorTotals> {
    return await this.#leastBusy().run<AuthorTotals>({ kind: "tableAuthors" });
  }

  async join(
    partitions: readonly number[],
    authorTable: SharedArrayBuffer,
    done: (note: JoinNote) => void,
  ): Promise<void> {
    const queue = [...partitions];
    await Promise.all(
      this.#members.map(async (member) => {
        for (let partition = queue.shift(); partition !== undefined; partition = queue.shift()) {
          done(await member.run<JoinNote>({ kind: "join", partition, authorTable }));
        }
        await member.run({ kind: "endJoining" });
      }),
    );
  }

  async indexWords(entries: number): Promise<void> {
    await this.#leastBusy().run({ kind: "indexWords", entries });
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.close()));
  }

  #leastBusy(): Member {
    return this.#members.reduce((best, member) => (member.waiting < best.waiting ? member : best));
  }
}

/** An error on its way between threads, which would lose its codes. */
export type Failure = {
  message: string;
  stack: string | undefined;
  codes: Record<string, unknown>;
};

export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) {
    return { message: String(error), stack: undefined, codes: {} };
  }
  // "code" and "errcode" tell a full disk from other failures; see explainDiskError().
  return { message: error.message, stack: error.stack, codes: { ...error } };
}

function restoreFailure({ message, stack, codes }: Failure): Error {
  const error = Object.assign(new Error(message), codes);
  if (stack !== undefined) {
    error.stack = stack;
  }
  return error;
}

type Answer = { result: unknown } | { failure: Failure };

/**
 * Keeps V8 from letting garbage pile up. Ten times what a partition needs; a line of the greatest
 * length fits, too. A smaller young generation is collected more often, each time with the same
 * survivors to move; a larger one costs memory, of which a large import has little left.
 */
const workerLimits = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 64 };

/** One worker thread; it answers tasks in the order in which they were given. */
class Member {
  readonly #worker: Worker;
  readonly #open: { resolve: (result: unknown) => void; reject: (error: unknown) => void }[] = [];

  constructor(setup: TaskSetup) {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: setup,
      resourceLimits: workerLimits,
    });
    this.#worker.on("message", (answer: Answer) => {
      const asked = this.#open.shift();
      if ("failure" in answer) {
        asked?.reject(restoreFailure(answer.failure));
      } else {
        asked?.resolve(answer.result);
      }
    });
    this.#worker.on("error", (error) => this.#failAll(error));
    this.#worker.on("exit", () => this.#failAll(new Error("an import worker stopped early")));
  }

  get waiting(): number {
    return this.#open.length;
  }

  async run<T>(task: Task, transfer: ArrayBuffer[] = []): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      // runTask() answers each kind of task with the type that callers name for it.
      this.#open.push({ resolve: resolve as (result: unknown) => void, reject });
      this.#worker.postMessage(task, transfer);
    });
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #failAll(error: unknown): void {
    for (const asked of this.#open.splice(0)) {
      asked.reject(error);
    }
  }
}
