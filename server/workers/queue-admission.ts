/** Who is let into the queue in front of the workers, and who is refused at once. */
import type { FairQueue, QueueClient, QueueEntry } from "./fair-queue.ts";
import type { WorkerSet } from "./worker-set.ts";

/** Nobody is let into the queue who would wait longer than this. */
const WAIT_MS_MAX = 120;
/**
 * So few calls for each worker are no overload, however long a busy machine takes for them: they are
 * let in and waited for. A reader who types has four searches and a suggestion under way.
 */
const SHORT_QUEUE = 8;

/**
 * So many calls more than its own must another wait for to make room for a client that waits already.
 * Clients who all ask for too much would else take each other's places at every call, at several times
 * the price of a refusal, and be no better served. Who waits for nothing needs no such difference.
 */
const SWAP_CALLS = 3;

/** Why a call is refused: the queue is long, or too long for the caller's deadline. */
export type ShedReason = "full" | "late";

export type QueueAdmissionOptions<T extends QueueEntry> = {
  queue: FairQueue<T>;
  workers: Pick<WorkerSet, "expectedMs">;
  /** How many workers there are. */
  count: number;
  /** Calls that each works on at the same time. */
  callsAtOnce: number;
};

export class QueueAdmission<T extends QueueEntry> {
  readonly #queue: FairQueue<T>;
  readonly #workers: Pick<WorkerSet, "expectedMs">;
  readonly #callsAtOnce: number;
  /** How many calls are worked on at the same time. */
  readonly #placeCount: number;

  constructor({ queue, workers, count, callsAtOnce }: QueueAdmissionOptions<T>) {
    this.#queue = queue;
    this.#workers = workers;
    this.#callsAtOnce = callsAtOnce;
    this.#placeCount = count * callsAtOnce;
  }

  /** Why a call of this client can't be let in; undefined if it can, perhaps in the place of another. */
  reasonToShed(
    client: QueueClient,
    costMs: number,
    remainingMs: number | undefined,
  ): ShedReason | undefined {
    const waitMs = this.#waitMs();
    if (remainingMs !== undefined && this.#queue.size > 0 && remainingMs < waitMs + costMs) {
      return "late";
    }
    const isLetIn = this.#hasRoom(waitMs) || this.#greedier(client, costMs) !== undefined;
    return isLetIn ? undefined : "full";
  }

  /** The call that has to go for one of this client that is let in; undefined if there is room for both. */
  placeOf(client: QueueClient, costMs: number): T | undefined {
    return this.#hasRoom(this.#waitMs()) ? undefined : this.#greedier(client, costMs);
  }

  /** Not while a worker that was lost is replaced: what waits then is soon done. */
  get isCrowded(): boolean {
    return !this.#isShort() && this.#queue.costMs / this.#placeCount > WAIT_MS_MAX / 2;
  }

  /** How long a call would wait that comes now. */
  #waitMs(): number {
    return this.#queue.costMs / this.#placeCount + this.#workers.expectedMs / this.#callsAtOnce;
  }

  #hasRoom(waitMs: number): boolean {
    return waitMs <= WAIT_MS_MAX || this.#isShort();
  }

  #isShort(): boolean {
    return this.#queue.size < SHORT_QUEUE * this.#placeCount;
  }

  /** The last call of the client that waits for most, if that is enough more than what this one waits for. */
  #greedier(client: QueueClient, costMs: number): T | undefined {
    const ownMs = this.#queue.costOf(client);
    return this.#queue.mostGreedy(ownMs === 0 ? costMs : ownMs + SWAP_CALLS * costMs);
  }
}
