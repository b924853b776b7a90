import { Worker } from "node:worker_threads";
import type { BlockAnswer, BlockOrder, WorkerInput } from "./block-worker.ts";
import type { BlockName } from "./blocks.ts";

type PendingOrder = { resolve: (answer: BlockAnswer) => void; reject: (error: Error) => void };

/** Worker threads that write blocks; orders are dealt out in turn. */
export class BlockPool {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, PendingOrder>();
  #nextId = 0;

  constructor(workers: number, input: WorkerInput) {
    this.#workers = Array.from({ length: workers }, () => {
      const worker = new Worker(new URL("block-worker.ts", import.meta.url), { workerData: input });
      worker.on("message", (answer: BlockAnswer) => {
        this.#waiting.get(answer.id)?.resolve(answer);
        this.#waiting.delete(answer.id);
      });
      worker.on("error", (error) => this.#failAll(error));
      return worker;
    });
  }

  /** @throws whatever stopped a worker. */
  write(name: BlockName): Promise<BlockAnswer> {
    const id = this.#nextId++;
    const order: BlockOrder = { id, name };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#workers[id % this.#workers.length]?.postMessage(order);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #failAll(error: unknown): void {
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) {
      reject(reason);
    }
    this.#waiting.clear();
  }
}
