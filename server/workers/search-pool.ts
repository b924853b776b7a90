/**
 * The workers and the queue in front of them.
 *
 *     submit ─→ fair queue, bounded by what it is expected to take ─→ worker with least to do
 *                  │ too much, too late: refused at once                 │ lost: once more on another
 *
 * A worker has at most two short calls, so that the next is there when one is done, and what waits can
 * still be called off.
 */
import { Code, ConnectError } from "@connectrpc/connect";
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import { ExpectedCosts } from "./expected-costs.ts";
import { FairQueue, type QueueClient, type QueueEntry } from "./fair-queue.ts";
import type { Frame } from "./frames.ts";
import { type OpenedHead, unavailable } from "./messages.ts";
import { type SearchWorker, WorkerLostError } from "./search-worker.ts";

/** Nobody is let into the queue who would wait longer than this. */
const WAIT_MS_MAX = 120;
/** A call that is expected to take longer has no other behind it in its worker. */
const SHORT_MS = 3;
/** A worker that ends before it can work is started anew so much later, and twice as late each time. */
const RESTART_MS = 100;
const RESTART_MS_MAX = 5000;

/** What a client asks of the workers. */
export type SearchTask = {
  client: QueueClient;
  /** What is called, for what it is expected to take. */
  method: string;
  /** Which of the open catalogues; by default the latest when a worker takes it. */
  generation?: number | undefined;
  kind: number;
  /** Made when a worker takes it, since the time that remains is part of it. */
  head: (generation: number, remainingMs: number | undefined) => string;
  body: Uint8Array;
  /** How much time is left, looked at when a worker takes it; undefined for any. */
  remainingMs?: (() => number | undefined) | undefined;
};

export type SubmittedTask = {
  /**
   * The frame of the answer.
   *
   * Rejects with a `ConnectError`: RESOURCE_EXHAUSTED when it would wait too long, DEADLINE_EXCEEDED
   * or CANCELED when nobody waits for it any more, UNAVAILABLE when two workers were lost over it, and
   * what the work itself has failed with.
   */
  answer: Promise<Frame>;
  /** Takes it out of the queue if no worker has it yet. */
  callOff(): void;
};

type Entry = QueueEntry & {
  sinceMs: number;
  task: SearchTask;
  resolve: (frame: Frame) => void;
  reject: (error: unknown) => void;
  isRetry: boolean;
};

/** What happens in the pool, for metrics and the log. */
export type PoolEvents = {
  onShed: (reason: "full" | "late") => void;
  onDone: (method: string, ms: number, waitedMs: number) => void;
  onWorkerLost: (reason: string) => void;
  /** Says what keeps every search from being answered; empty if nothing does any more. */
  onObstacle: (obstacle: string) => void;
};

export type SearchPoolOptions = PoolEvents & {
  /** How many work at a time. */
  count: number;
  /** How many more stand by, ready to take the place of one that is lost. */
  spareCount: number;
  start: (onEnd: (reason: string) => void) => SearchWorker;
};

export class SearchPool {
  readonly #options: SearchPoolOptions;
  readonly #workers = new Set<SearchWorker>();
  readonly #queue = new FairQueue<Entry>();
  readonly #costs = new ExpectedCosts();
  /** The catalogues that are being served, oldest first. */
  readonly #generations = new Map<number, { path: string; revision: string }>();
  #lastGeneration = 0;
  /** The last one that was opened. */
  #latest = 0;
  #isPumping = false;
  #isStopped = false;
  #restartMs = 0;

  constructor(options: SearchPoolOptions) {
    this.#options = options;
    for (let count = 0; count < options.count + options.spareCount; count += 1) {
      this.#start();
    }
  }

  get waitingCount(): number {
    return this.#queue.size;
  }

  /** Of the catalogue that is searched now. */
  get revision(): string {
    return this.#generations.get(this.#latest)?.revision ?? "";
  }

  /** How many workers can answer. */
  get readyCount(): number {
    return this.#ready().length;
  }

  /**
   * Opens the catalogue that is at the path now in every worker.
   *
   * @throws {Error} when it can't be opened, or was replaced meanwhile.
   */
  async open(path: string): Promise<{ generation: number; info: CatalogInfo }> {
    this.#lastGeneration += 1;
    const generation = this.#lastGeneration;
    const opened = await this.#openAll(generation, path);
    const [first] = opened;
    if (first === undefined) {
      throw new Error("No search process could open the catalogue");
    }
    if (opened.some(({ revision }) => revision !== first.revision)) {
      this.closeGeneration(generation);
      throw new Error("The catalogue was replaced while it was being opened");
    }
    this.#generations.set(generation, { path, revision: first.revision });
    this.#latest = generation;
    this.#tellObstacle();
    const { buildTimeMs, ...info } = first;
    return { generation, info: { ...info, buildTime: new Date(buildTimeMs) } };
  }

  /** Searches no more until a catalogue is opened anew: the file of the present one is no longer it. */
  suspend(): void {
    this.closeGeneration(this.#latest);
    this.#tellObstacle();
  }

  closeGeneration(generation: number): void {
    this.#generations.delete(generation);
    for (const worker of this.#workers) {
      if (worker.generations.has(generation)) {
        worker.closeGeneration(generation);
      }
    }
  }

  /** Has a task done by a worker, as soon as it is this client's turn. */
  submit(task: SearchTask): SubmittedTask {
    const { promise, resolve, reject } = Promise.withResolvers<Frame>();
    const { client, method, body } = task;
    const costMs = this.#costs.of(method, body.length);
    const sinceMs = performance.now();
    const entry: Entry = { client, costMs, sinceMs, task, resolve, reject, isRetry: false };
    if (this.#isStopped) {
      reject(unavailable("The server is stopping"));
    } else if (!this.#generations.has(this.#latest)) {
      reject(unavailable("The catalogue is being replaced; try again in a few seconds"));
    } else {
      this.#admit(entry);
    }
    return { answer: promise, callOff: () => this.#callOff(entry) };
  }

  stop(): void {
    this.#isStopped = true;
    for (const worker of this.#workers) {
      worker.kill();
    }
  }

  #admit(entry: Entry): void {
    const waitMs = this.#expectedWaitMs();
    const remainingMs = entry.task.remainingMs?.();
    if (remainingMs !== undefined && this.#queue.size > 0 && remainingMs < waitMs + entry.costMs) {
      this.#shed(entry, "late");
    } else if (waitMs <= WAIT_MS_MAX || this.#makeRoom(entry)) {
      this.#queue.add(entry);
      this.#schedule();
    } else {
      this.#shed(entry, "full");
    }
  }

  #expectedWaitMs(): number {
    let expectedMs = this.#queue.costMs;
    for (const worker of this.#workers) {
      expectedMs += worker.expectedMs;
    }
    return expectedMs / this.#options.count;
  }

  /** A client that waits for more has to go for one that waits for less. */
  #makeRoom({ client, costMs }: Entry): boolean {
    const greedy = this.#queue.mostGreedy(this.#queue.costOf(client) + costMs);
    if (greedy === undefined) {
      return false;
    }
    this.#queue.remove(greedy);
    this.#shed(greedy, "full");
    return true;
  }

  #shed(entry: Entry, reason: "full" | "late"): void {
    this.#options.onShed(reason);
    entry.reject(
      new ConnectError("The server is busy; try again in a second", Code.ResourceExhausted, {
        "retry-after": "1",
      }),
    );
  }

  #callOff(entry: Entry): void {
    if (this.#queue.remove(entry)) {
      entry.reject(new ConnectError("the call is over", Code.Canceled));
    }
  }

  /** In a turn of its own, so that what is called off in the same breath is never begun. */
  #schedule(): void {
    if (!this.#isPumping) {
      this.#isPumping = true;
      setImmediate(() => {
        this.#isPumping = false;
        this.#pump();
      });
    }
  }

  #pump(): void {
    while (this.#queue.size > 0) {
      const worker = this.#idlest();
      if (worker === undefined) {
        return;
      }
      const entry = this.#queue.shift();
      if (entry !== undefined) {
        this.#give(entry, worker);
      }
    }
  }

  #idlest(): SearchWorker | undefined {
    let idlest: SearchWorker | undefined;
    for (const worker of this.#ready()) {
      const isFree =
        worker.callCount === 0 || (worker.callCount === 1 && worker.expectedMs < SHORT_MS);
      if (isFree && (idlest === undefined || worker.expectedMs < idlest.expectedMs)) {
        idlest = worker;
      }
    }
    return idlest;
  }

  /** Those who work; whoever is behind them in the order in which they were started stands by. */
  #ready(): SearchWorker[] {
    const ready: SearchWorker[] = [];
    for (const worker of this.#workers) {
      if (ready.length < this.#options.count && this.#hasLatest(worker)) {
        ready.push(worker);
      }
    }
    return ready;
  }

  #give(entry: Entry, worker: SearchWorker): void {
    const { task, costMs } = entry;
    const remainingMs = task.remainingMs?.();
    if (remainingMs !== undefined && remainingMs <= 0) {
      entry.reject(new ConnectError("the operation timed out", Code.DeadlineExceeded));
      return;
    }
    const generation = task.generation ?? this.#latest;
    if (!worker.generations.has(generation)) {
      entry.reject(unavailable("The catalogue was replaced meanwhile; try again"));
      return;
    }
    worker.expectedMs += costMs;
    worker
      .ask(task.kind, task.head(generation, remainingMs), task.body)
      .then(
        (frame) => {
          this.#learn(entry, frame.head);
          entry.resolve(frame);
        },
        (error: unknown) => this.#onFailure(entry, error),
      )
      .finally(() => {
        worker.expectedMs = worker.callCount === 0 ? 0 : worker.expectedMs - costMs;
        this.#schedule();
      });
  }

  #learn({ task, client, costMs, sinceMs }: Entry, head: string): void {
    const found = /"ms":([\d.e+-]+)/.exec(head)?.[1];
    if (found !== undefined) {
      const ms = Number(found);
      this.#costs.learn(task.method, task.body.length, ms);
      this.#queue.correct(client, ms - costMs);
      this.#options.onDone(task.method, ms, performance.now() - sinceMs - ms);
    }
  }

  #onFailure(entry: Entry, error: unknown): void {
    if (!(error instanceof WorkerLostError)) {
      entry.reject(error);
    } else if (entry.isRetry || this.#isStopped) {
      entry.reject(unavailable("The search was interrupted; try again"));
    } else {
      // It only reads, so that it does no harm twice.
      entry.isRetry = true;
      this.#queue.add(entry);
    }
  }

  #start(): void {
    const worker = this.#options.start((reason) => {
      this.#workers.delete(worker);
      if (this.#isStopped) {
        return;
      }
      this.#options.onWorkerLost(reason);
      this.#tellObstacle();
      this.#schedule();
      // One that has worked is replaced at once; one that never came so far may do so again.
      const hasWorked = worker.generations.size > 0;
      this.#restartMs = hasWorked ? 0 : Math.min(RESTART_MS_MAX, this.#restartMs * 2 + RESTART_MS);
      setTimeout(() => this.#isStopped || this.#start(), this.#restartMs).unref();
    });
    this.#workers.add(worker);
    this.#openLatest(worker);
  }

  /** Lets a worker that was started anew have what the others have. */
  #openLatest(worker: SearchWorker): void {
    const generation = this.#latest;
    const catalogue = this.#generations.get(generation);
    if (catalogue === undefined || this.#isStopped) {
      return;
    }
    worker.open({ generation, path: catalogue.path }).then(
      ({ revision }) => {
        if (revision !== catalogue.revision) {
          // Another file is there by now; all will be told to open it together.
          worker.closeGeneration(generation);
        }
        this.#tellObstacle();
        this.#schedule();
      },
      () => {
        if (!worker.isOver) {
          setTimeout(() => this.#openLatest(worker), RESTART_MS * 5).unref();
        }
      },
    );
  }

  async #openAll(generation: number, path: string): Promise<OpenedHead[]> {
    const outcomes = await Promise.allSettled(
      [...this.#workers].map((worker) => worker.open({ generation, path })),
    );
    for (const outcome of outcomes) {
      // One that is lost meanwhile is started anew, and opens it then.
      if (outcome.status === "rejected" && !(outcome.reason instanceof WorkerLostError)) {
        this.closeGeneration(generation);
        const { reason } = outcome;
        throw reason instanceof ConnectError
          ? new Error(reason.rawMessage, { cause: reason })
          : reason;
      }
    }
    return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  }

  #hasLatest(worker: SearchWorker): boolean {
    return worker.generations.has(this.#latest) && !worker.isOver;
  }

  #tellObstacle(): void {
    this.#options.onObstacle(this.readyCount === 0 ? "no search process has the catalogue" : "");
  }
}
