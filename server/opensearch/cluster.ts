/**
 * Asks a cluster. Reads go to the node with least to do; if that is late, also to the next one, and the
 * first answer counts. A node that was late or silent is left alone until it answers again, so that a
 * frozen one costs a few calls a moment, not the time it is frozen.
 *
 *     ask A ──────── late ──┬───────────────── A is paused
 *                           └─ ask B ── answer
 */
import { randomInt } from "node:crypto";
import { CatalogUnavailableError, DeadlineExceededError } from "#server/catalog/catalog.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { explainAnswer } from "./cluster-errors.ts";
import { ClusterNode, NodeError, type NodeRequest } from "./cluster-node.ts";

/** Until when somebody waits. */
export type ClusterCall = { signal?: AbortSignal | undefined; deadlineMs?: number | undefined };

/** A read that took so long is sent to a second node. */
const HEDGE_MS = 250;
/** So many nodes are asked for one read. */
const MAX_ATTEMPTS = 3;
/** No read takes longer, whatever its caller would allow: a search has two of them after its time is up. */
const READ_TIMEOUT_MS = 3_000;
/** For whoever is in no hurry: imports, and servers that follow the cluster. */
export const PATIENT_MS = 60_000;
const WRITE_TIMEOUT_MS = 60_000;
/**
 * Reads that are sent twice, as a share of all: where everything is slow, asking everything twice would
 * make it slower.
 */
const HEDGED_SHARE = 0.1;
const MAX_HEDGES = 50;

export class Cluster {
  readonly #nodes: readonly ClusterNode[];
  readonly #readTimeoutMs: number;
  #turn = 0;
  #hedges: number = MAX_HEDGES;
  /** Reads that were sent, for tests and benches: one is a round trip. */
  readCount = 0;
  hedgeCount = 0;

  /** @param readTimeoutMs no read takes longer; as long as a reader waits by default. */
  constructor({ nodes, auth }: ClusterAddress, readTimeoutMs: number = READ_TIMEOUT_MS) {
    this.#readTimeoutMs = readTimeoutMs;
    this.#nodes = nodes.map((url) => new ClusterNode(url, auth));
    // Several processes don't begin with the same node.
    this.#turn = randomInt(nodes.length);
  }

  /**
   * Asks for something that changes nothing.
   * @param isWhole says of an answer whether it is a good one; another node is asked for a better one.
   * @throws {CatalogUnavailableError} if no node answers. @throws {NodeError} if the request is refused.
   * @throws {ClusterRefusalError} if this program is.
   * @throws {DeadlineExceededError}, or the reason of the signal, if nobody waits any longer.
   */
  async read(
    request: NodeRequest,
    call: ClusterCall = {},
    isWhole: (answer: unknown) => boolean = () => true,
  ): Promise<unknown> {
    call.signal?.throwIfAborted();
    this.readCount += 1;
    this.#hedges = Math.min(MAX_HEDGES, this.#hedges + HEDGED_SHARE);
    const nodes = this.#inOrder().slice(0, MAX_ATTEMPTS);
    return new Promise((resolve, reject) => {
      const limitMs = Math.min(this.#readTimeoutMs, remainingMs(call));
      const race = new Race(this, { nodes, request, call, limitMs, isWhole, resolve, reject });
      race.next();
    });
  }

  /**
   * Asks for something that is done at most once: no other node is asked after one may have begun.
   * @throws {CatalogUnavailableError} if it was not done, or it is not known whether it was.
   */
  async write(request: NodeRequest, call: ClusterCall & { timeoutMs?: number } = {}) {
    const timeoutMs = Math.min(call.timeoutMs ?? WRITE_TIMEOUT_MS, remainingMs(call));
    let lastError: unknown;
    for (const node of this.#inOrder()) {
      try {
        return await node.ask(request, timeoutMs, call.signal);
      } catch (error) {
        if (!(error instanceof NodeError && error.isTransient)) {
          throw explainAnswer(error);
        }
        if (error.status === 0) {
          node.pause();
        }
        lastError = error;
        if (!error.isUnsent) {
          break;
        }
      }
    }
    throw unavailable(lastError);
  }

  /** Whether a slow read may be sent a second time. */
  mayHedge(): boolean {
    if (this.#hedges < 1) {
      return false;
    }
    this.#hedges -= 1;
    this.hedgeCount += 1;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.close()));
  }

  /** Those that answer first, of those the one with least to do; equals in turn. */
  #inOrder(): ClusterNode[] {
    this.#turn += 1;
    const { length } = this.#nodes;
    return this.#nodes
      .map((node, place) => ({ node, place: (place + this.#turn) % length }))
      .sort(
        (one, other) =>
          Number(one.node.isPaused) - Number(other.node.isPaused) ||
          one.node.callCount - other.node.callCount ||
          one.place - other.place,
      )
      .map(({ node }) => node);
  }
}

type RaceOptions = {
  nodes: readonly ClusterNode[];
  request: NodeRequest;
  call: ClusterCall;
  limitMs: number;
  isWhole: (answer: unknown) => boolean;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
};

/** One read, sent to one node after the other until one has answered. */
class Race {
  readonly #cluster: Cluster;
  readonly #options: RaceOptions;
  readonly #endMs: number;
  readonly #over = new AbortController();
  #asked = 0;
  #running = 0;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;
  #lastError: unknown;
  /** An answer that is not whole, in case there is no better one. */
  #poor: { answer: unknown } | undefined;

  constructor(cluster: Cluster, options: RaceOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#endMs = performance.now() + options.limitMs;
    options.call.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Asks the next node; ends the race if there is none, and no other is being asked. */
  next(): void {
    const { nodes } = this.#options;
    const node = nodes[this.#asked];
    const leftMs = this.#endMs - performance.now();
    if (node === undefined || leftMs <= 0) {
      if (this.#running === 0) {
        this.#fail();
      }
      return;
    }
    this.#asked += 1;
    this.#running += 1;
    clearTimeout(this.#timer);
    if (this.#asked < nodes.length) {
      this.#timer = setTimeout(() => this.#onLate(node), Math.min(HEDGE_MS, leftMs));
    }
    void this.#ask(node, leftMs);
  }

  async #ask(node: ClusterNode, leftMs: number): Promise<void> {
    const { request, isWhole } = this.#options;
    try {
      const answer = await node.ask(request, leftMs, this.#over.signal);
      this.#running -= 1;
      if (isWhole(answer)) {
        this.#end(() => this.#options.resolve(answer));
        return;
      }
      this.#poor ??= { answer };
    } catch (error) {
      this.#running -= 1;
      if (this.#isOver) {
        return;
      }
      if (!(error instanceof NodeError && error.isTransient)) {
        this.#end(() => this.#options.reject(explainAnswer(error)));
        return;
      }
      if (error.status === 0) {
        node.pause();
      }
      this.#lastError = error;
    }
    this.next();
  }

  #onLate(node: ClusterNode): void {
    if (this.#isOver || !this.#cluster.mayHedge()) {
      return;
    }
    node.pause();
    this.next();
  }

  readonly #onAbort = (): void => {
    this.#end(() => this.#options.reject(this.#options.call.signal?.reason));
  };

  #fail(): void {
    if (this.#poor !== undefined) {
      const { answer } = this.#poor;
      this.#end(() => this.#options.resolve(answer));
      return;
    }
    const { deadlineMs } = this.#options.call;
    const isLate = deadlineMs !== undefined && performance.now() >= deadlineMs;
    this.#end(() =>
      this.#options.reject(isLate ? new DeadlineExceededError() : unavailable(this.#lastError)),
    );
  }

  #end(settle: () => void): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.call.signal?.removeEventListener("abort", this.#onAbort);
    settle();
    this.#over.abort();
  }
}

function remainingMs({ deadlineMs }: ClusterCall): number {
  return deadlineMs === undefined ? Number.POSITIVE_INFINITY : deadlineMs - performance.now();
}

function unavailable(cause: unknown): CatalogUnavailableError {
  return new CatalogUnavailableError(
    "The cluster that holds the catalogue does not answer; try again in a few seconds",
    { cause },
  );
}
