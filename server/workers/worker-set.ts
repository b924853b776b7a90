/**
 * The workers and the catalogues that they have open. One that is lost is replaced; some more than
 * work at a time stand by, because to start a process takes longer than a caller likes to wait.
 *
 * Each catalogue that is opened is a generation. All workers open it before the first call goes to it,
 * so that no caller sees the old one after the new one.
 */
import { ConnectError } from "@connectrpc/connect";
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { OpenedHead } from "./messages.ts";
import { type SearchWorker, WorkerLostError } from "./search-worker.ts";

/** A worker that ends before it can work is started anew so much later, and twice as late each time. */
const RESTART_MS = 100;
const RESTART_MS_MAX = 5000;
/** A worker that can't open the catalogue, which is perhaps being copied, tries again so much later. */
const REOPEN_MS = 500;

export type WorkerSetOptions = {
  /** How many work at a time. */
  count: number;
  /** How many more stand by, ready to take the place of one that is lost. */
  spareCount: number;
  start: (onEnd: (reason: string) => void) => SearchWorker;
  onWorkerLost: (reason: string) => void;
  /** Says what keeps every search from being answered; empty if nothing does any more. */
  onObstacle: (obstacle: string) => void;
};

export class WorkerSet {
  readonly #options: WorkerSetOptions;
  readonly #workers = new Set<SearchWorker>();
  /** The catalogues that are being served, oldest first. */
  readonly #generations = new Map<number, { path: string; revision: string }>();
  /** Hears that somebody may be ready who was not. */
  readonly #onReady: () => void;
  #lastGeneration = 0;
  /** The last one that was opened. */
  #latest = 0;
  #isServing = false;
  #isStopped = false;
  #restartMs = 0;

  constructor(options: WorkerSetOptions, onReady: () => void) {
    this.#options = options;
    this.#onReady = onReady;
    this.#startUpTo(options.count);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get latest(): number {
    return this.#latest;
  }

  /** False while the file of the catalogue is being written over. */
  get hasCatalogue(): boolean {
    return this.#generations.has(this.#latest);
  }

  /** Of the catalogue that is searched now. */
  get revision(): string {
    return this.#generations.get(this.#latest)?.revision ?? "";
  }

  /** What all calls that workers have are expected to take, in milliseconds for each that works. */
  get expectedMs(): number {
    let expectedMs = 0;
    for (const worker of this.#workers) {
      expectedMs += worker.expectedMs;
    }
    return expectedMs / this.#options.count;
  }

  /** Those who work; whoever is behind them in the order in which they were started stands by. */
  ready(): SearchWorker[] {
    const ready: SearchWorker[] = [];
    for (const worker of this.#workers) {
      const isReady = worker.generations.has(this.#latest) && !worker.isOver;
      if (isReady && ready.length < this.#options.count) {
        ready.push(worker);
      }
    }
    return ready;
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
    this.#onReady();
    if (this.#isServing) {
      this.#prepare();
    }
    const { buildTimeMs, ...info } = first;
    return { generation, info: { ...info, buildTime: new Date(buildTimeMs) } };
  }

  /**
   * Says that calls may come. What nobody waits for begins only now, lest it takes processors from a start
   * that somebody waits for: workers warm up, and others are started to stand by.
   */
  serve(): void {
    this.#isServing = true;
    this.#prepare();
  }

  #prepare(): void {
    for (const worker of this.#workers) {
      if (worker.generations.has(this.#latest)) {
        worker.warm(this.#latest);
      }
    }
    this.#startUpTo(this.#options.count + this.#options.spareCount);
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

  stop(): void {
    this.#isStopped = true;
    for (const worker of this.#workers) {
      worker.kill();
    }
  }

  #startUpTo(count: number): void {
    while (this.#workers.size < count && !this.#isStopped) {
      this.#start();
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
      this.#onReady();
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
        } else {
          worker.warm(generation);
        }
        this.#tellObstacle();
        this.#onReady();
      },
      () => {
        if (!worker.isOver) {
          setTimeout(() => this.#openLatest(worker), REOPEN_MS).unref();
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

  #tellObstacle(): void {
    const isReady = this.hasCatalogue && this.ready().length > 0;
    this.#options.onObstacle(isReady ? "" : "no search process has the catalogue");
  }
}
