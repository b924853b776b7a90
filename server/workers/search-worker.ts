import type { Frame } from "./frames.ts";
import type { OpenedHead, OpenHead } from "./messages.ts";

/** Somebody who answers calls, one after the other: a process of its own, or this one. */
export type SearchWorker = {
  /** The catalogues that it has open, with their revisions. */
  readonly generations: ReadonlyMap<number, string>;
  /** How many calls it is working on, the one and those behind it. */
  readonly callCount: number;
  /** What they are expected to take. */
  expectedMs: number;
  readonly isOver: boolean;
  /** Opens the catalogue that is at the path now. */
  open(head: OpenHead): Promise<OpenedHead>;
  /** Prepares itself for calls to a catalogue that it has opened, before they come or between them. */
  warm(generation: number): void;
  closeGeneration(generation: number): void;
  /**
   * Asks, and resolves to the frame of the answer.
   *
   * @throws {WorkerLostError} when the worker ends before it answers.
   * @throws {ConnectError} what the work has failed with.
   */
  ask(kind: number, head: string, body: Uint8Array): Promise<Frame>;
  kill(): void;
};

/** The worker ended, or was ended, before it answered. */
export class WorkerLostError extends Error {
  override name = "WorkerLostError";
}
