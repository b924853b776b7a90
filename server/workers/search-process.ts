import { type ChildProcess, spawn } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { pathToFileURL } from "node:url";
import { type Frame, FrameKind, readFrames, writeFrame } from "./frames.ts";
import { fromFailure, type OpenedHead, type OpenHead } from "./messages.ts";
import { type SearchWorker, WorkerLostError } from "./search-worker.ts";

const entry = join(import.meta.dirname, "worker.ts");
const preload = pathToFileURL(join(import.meta.dirname, "../compiled-modules.ts")).href;

/** A call that takes longer is none: searches have a budget of milliseconds. The process is replaced. */
const HANG_MS = 10_000;
/** Opening a large catalogue after a restart of the machine reads from a cold disk. */
const OPEN_MS = 60_000;

/** About half the share of a process that is not nice. */
const WORKER_NICENESS = 3;

type PendingCall = {
  resolve: (frame: Frame) => void;
  reject: (error: unknown) => void;
  sinceMs: number;
  limitMs: number;
};

export type SearchProcessOptions = {
  onEnd: (reason: string) => void;
};

/** One search process, as the server sees it. */
export class SearchProcess implements SearchWorker {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #waiting = new Map<number, PendingCall>();
  readonly #watching: NodeJS.Timeout;
  /** The catalogues that it has open, with their revisions. */
  readonly generations: Map<number, string> = new Map();
  /** What the calls that it is working on are expected to take. */
  expectedMs = 0;
  #lastId = 0;
  #isOver = false;

  constructor(options: SearchProcessOptions) {
    this.#child = spawn(process.execPath, ["--import", preload, entry], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    // What is not one of the three standard streams is a socket, in both directions.
    this.#channel = this.#child.stdio[3] as Duplex;
    this.#channel.on("error", () => {});
    readFrames(this.#channel, (frame) => this.#onFrame(frame));
    this.#yieldToServer();
    this.#child.once("error", (error) => this.#end(options, error.message));
    this.#child.once("exit", (code, signal) => this.#end(options, String(signal ?? code)));
    this.#watching = setInterval(() => this.#watch(), 500).unref();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** How many calls it is working on, the one and those behind it. */
  get callCount(): number {
    return this.#waiting.size;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Opens the catalogue that is at the path now. */
  async open(head: OpenHead): Promise<OpenedHead> {
    const frame = await this.ask(FrameKind.open, JSON.stringify(head), undefined, OPEN_MS);
    // What the process writes is what `messages.ts` says.
    const opened = JSON.parse(frame.head) as OpenedHead;
    this.generations.set(head.generation, opened.revision);
    return opened;
  }

  warm(generation: number): void {
    this.#tell(FrameKind.warm, generation);
  }

  closeGeneration(generation: number): void {
    this.generations.delete(generation);
    this.#tell(FrameKind.close, generation);
  }

  #tell(kind: number, generation: number): void {
    writeFrame(this.#channel, { kind, id: 0, head: JSON.stringify({ generation }) });
  }

  async ask(
    kind: number,
    head: string,
    body?: Uint8Array,
    limitMs: number = HANG_MS,
  ): Promise<Frame> {
    if (this.#isOver) {
      throw new WorkerLostError("The search process is gone");
    }
    this.#lastId = (this.#lastId + 1) >>> 0;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Frame>();
    this.#waiting.set(id, { resolve, reject, sinceMs: performance.now(), limitMs });
    writeFrame(this.#channel, { kind, id, head, ...(body === undefined ? {} : { body }) });
    return promise;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #onFrame(frame: Frame): void {
    const waiting = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    if (frame.kind === FrameKind.failure) {
      waiting?.reject(fromFailure(JSON.parse(frame.head)));
    } else {
      waiting?.resolve(frame);
    }
    // Those behind it begin only now.
    const nowMs = performance.now();
    for (const each of this.#waiting.values()) {
      each.sinceMs = nowMs;
    }
  }

  /** Where there is too much to do for the processors, the server still hears and refuses. */
  #yieldToServer(): void {
    const { pid } = this.#child;
    if (pid !== undefined) {
      try {
        setPriority(pid, WORKER_NICENESS);
      } catch {
        // It works as well without; not every system lets it.
      }
    }
  }

  /** Ends a process that works on one call for longer than any call may take. */
  #watch(): void {
    const nowMs = performance.now();
    for (const { sinceMs, limitMs } of this.#waiting.values()) {
      if (nowMs - sinceMs > limitMs) {
        this.kill();
      }
    }
  }

  #end({ onEnd }: SearchProcessOptions, reason: string): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    clearInterval(this.#watching);
    this.#channel.destroy();
    for (const { reject } of this.#waiting.values()) {
      reject(new WorkerLostError(`The search process has ended (${reason})`));
    }
    this.#waiting.clear();
    onEnd(reason);
  }
}
