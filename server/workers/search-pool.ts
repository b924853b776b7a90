/**
 * The queue in front of the workers.
 *
 *     submit ─→ fair queue, bounded by what it is expected to take ─→ worker with least to do
 *                  │ too much, too late: refused at once                 │ lost: once more on another
 *
 * A worker has at most two short calls, so that the next is there when one is done, and what waits can
 * still be called off; one that asks other machines has as many as it can wait for at once.
 */
import type { ConnectError } from "@connectrpc/connect";
import { isOver, timedOut } from "#server/rpc/call.ts";
import { retryLater } from "#server/rpc/errors.ts";
import { CallsUnderWay, type CallUnderWay } from "./calls-under-way.ts";
import { ExpectedCosts } from "./expected-costs.ts";
import { FairQueue, type QueueEntry } from "./fair-queue.ts";
import type { Frame } from "./frames.ts";
import { QueueAdmission, type ShedReason } from "./queue-admission.ts";
import type { SearchTask, SubmittedTask } from "./search-task.ts";
import { type SearchWorker, WorkerLostError } from "./search-worker.ts";
import { WorkerSet, type WorkerSetOptions } from "./worker-set.ts";

/** Whoever has waited so long after all is refused, where many are behind who are still in time. */
const WAITED_MS_MAX = 160;
const RETRY_MS = 1000;
/** Nobody waits longer for a worker, where all are frozen or can't start; to start may take as long. */
const QUEUED_MS_MAX = 60_000;
/** How often calls are looked for that wait too long. */
const WATCH_MS = 500;
/** A call that is expected to take longer has no other behind it in its worker. */
const SHORT_MS = 3;

type Entry = QueueEntry & {
  sinceMs: number;
  task: SearchTask;
  resolve: (frame: Frame) => void;
  reject: (error: unknown) => void;
  isRetry: boolean;
  /** How many workers have it: two, if the first one took too long. */
  workerCount: number;
  isAnswered: boolean;
};

/** What happens in the pool, for metrics and the log. */
export type PoolEvents = {
  onShed: (reason: ShedReason) => void;
  onDone: (method: string, ms: number, waitedMs: number) => void;
};

export type SearchPoolOptions = PoolEvents &
  WorkerSetOptions & {
    /** Calls that a worker works on at the same time; 1 by default. */
    callsAtOnce?: number;
  };

export class SearchPool {
  readonly #options: SearchPoolOptions;
  readonly #workers: WorkerSet;
  readonly #queue = new FairQueue<Entry>();
  readonly #admission: QueueAdmission<Entry>;
  readonly #costs = new ExpectedCosts();
  readonly #underWay = new CallsUnderWay<Entry>();
  readonly #callsAtOnce: number;
  #isPumping = false;

  constructor(options: SearchPoolOptions) {
    this.#options = options;
    this.#callsAtOnce = options.callsAtOnce ?? 1;
    this.#workers = new WorkerSet(options, () => this.#schedule());
    this.#admission = new QueueAdmission({
      queue: this.#queue,
      workers: this.#workers,
      count: options.count,
      callsAtOnce: this.#callsAtOnce,
    });
    setInterval(() => this.#watch(), WATCH_MS).unref();
  }

  /** Who answers, and out of which catalogues. */
  get workers(): WorkerSet {
    return this.#workers;
  }

  get waitingCount(): number {
    return this.#queue.size;
  }

  /**
   * The error of a task that would be refused at once if it were submitted, and so need not be made;
   * it counts as refused. Undefined if the task may be submitted.
   */
  refuse(
    { client, method, body }: Pick<SearchTask, "client" | "method" | "body">,
    remainingMs: number | undefined,
  ): ConnectError | undefined {
    if (!this.#workers.hasCatalogue || this.#workers.isStopped) {
      return undefined;
    }
    const costMs = this.#costs.of(method, body.length);
    const reason = this.#admission.reasonToShed(client, costMs, remainingMs);
    if (reason === undefined) {
      return undefined;
    }
    this.#options.onShed(reason);
    return overloaded;
  }

  /** Has a task done by a worker, as soon as it is this client's turn. */
  submit(task: SearchTask): SubmittedTask {
    const { promise, resolve, reject } = Promise.withResolvers<Frame>();
    const { client, method, body } = task;
    const costMs = this.#costs.of(method, body.length);
    const sinceMs = performance.now();
    const entry: Entry = {
      client,
      costMs,
      sinceMs,
      task,
      resolve,
      reject,
      isRetry: false,
      workerCount: 0,
      isAnswered: false,
    };
    if (!this.#workers.hasCatalogue || this.#workers.isStopped) {
      reject(unavailable("The catalogue is being replaced; try again in a few seconds"));
    } else {
      this.#admit(entry);
    }
    return { answer: promise, callOff: () => this.#callOff(entry) };
  }

  #admit(entry: Entry): void {
    const { client, costMs, task } = entry;
    const reason = this.#admission.reasonToShed(client, costMs, task.remainingMs?.());
    if (reason !== undefined) {
      this.#shed(entry, reason);
      return;
    }
    const greedy = this.#admission.placeOf(client, costMs);
    if (greedy !== undefined) {
      this.#queue.remove(greedy);
      this.#shed(greedy, "full");
    }
    this.#queue.add(entry);
    this.#schedule();
  }

  #shed(entry: Entry, reason: ShedReason): void {
    this.#options.onShed(reason);
    entry.reject(overloaded);
  }

  #callOff(entry: Entry): void {
    if (this.#queue.remove(entry)) {
      entry.reject(isOver);
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

  /** Calls of workers that are perhaps frozen; one that asks other machines may only wait for a slow one. */
  #late(): CallUnderWay<Entry>[] {
    return this.#callsAtOnce === 1 ? this.#underWay.late() : [];
  }

  #idlest(): SearchWorker | undefined {
    let idlest: SearchWorker | undefined;
    const late = new Set(this.#late().map(({ worker }) => worker));
    for (const worker of this.#workers.ready()) {
      if (late.has(worker)) {
        continue;
      }
      const isFree =
        worker.callCount < this.#callsAtOnce ||
        (worker.callCount === this.#callsAtOnce && worker.expectedMs < SHORT_MS);
      if (isFree && (idlest === undefined || worker.expectedMs < idlest.expectedMs)) {
        idlest = worker;
      }
    }
    return idlest;
  }

  #give(entry: Entry, worker: SearchWorker): void {
    const { task, costMs } = entry;
    const remainingMs = task.remainingMs?.();
    if (remainingMs !== undefined && remainingMs <= 0) {
      entry.reject(timedOut());
      return;
    }
    const waitedMs = performance.now() - entry.sinceMs;
    if (!entry.isRetry && waitedMs > WAITED_MS_MAX && this.#admission.isCrowded) {
      this.#shed(entry, "late");
      return;
    }
    const generation = task.generation ?? this.#workers.latest;
    if (!worker.generations.has(generation)) {
      entry.reject(unavailable("The catalogue was replaced meanwhile; try again"));
      return;
    }
    worker.expectedMs += costMs;
    entry.workerCount += 1;
    const end = this.#underWay.begin(entry, worker);
    worker
      .ask(task.kind, task.head(generation, remainingMs), task.body)
      .finally(() => {
        end();
        entry.workerCount -= 1;
      })
      .then(
        (frame) => {
          this.#learn(entry, frame.head);
          entry.isAnswered = true;
          entry.resolve(frame);
        },
        (error: unknown) => this.#onFailure(entry, error),
      )
      .finally(() => {
        worker.expectedMs = worker.callCount === 0 ? 0 : worker.expectedMs - costMs;
        this.#schedule();
      });
  }

  /** Refuses who waits too long, and gives what a worker takes too long for to an idle one, too. */
  #watch(): void {
    const beforeMs = performance.now() - QUEUED_MS_MAX;
    for (const entry of [...this.#queue]) {
      if (entry.sinceMs < beforeMs) {
        this.#queue.remove(entry);
        this.#shed(entry, "late");
      }
    }
    for (const { entry } of this.#late()) {
      const worker = this.#idlest();
      if (worker?.callCount !== 0 || this.#queue.size > 0) {
        return;
      }
      if (entry.workerCount === 1 && !entry.isAnswered) {
        this.#give(entry, worker);
      }
    }
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
    if (entry.isAnswered || entry.workerCount > 0) {
      // Another worker has it, or has answered it.
      return;
    }
    if (!(error instanceof WorkerLostError)) {
      entry.reject(error);
    } else if (entry.isRetry || this.#workers.isStopped) {
      entry.reject(unavailable("The search was interrupted; try again"));
    } else {
      // It only reads, so that it does no harm twice.
      entry.isRetry = true;
      this.#queue.add(entry);
    }
  }
}

/** Made once: who has too much to do must be able to say so cheaply. */
const overloaded = retryLater("OVERLOADED", "The server is busy; try again in a second", RETRY_MS);

/** For callers who find the catalogue closed, or whose search was interrupted twice. */
function unavailable(message: string): ConnectError {
  return retryLater("CATALOGUE_UNAVAILABLE", message, RETRY_MS);
}
