import type { QueueClient } from "./fair-queue.ts";
import type { Frame } from "./frames.ts";

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
