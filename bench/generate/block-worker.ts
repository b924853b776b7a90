/** A worker thread: is told names of blocks, answers with gzip members. */
import { parentPort, workerData } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { type BlockName, BlockWriter } from "./blocks.ts";
import { GeneratedCatalogue } from "./catalogue.ts";

export type BlockOrder = { id: number; name: BlockName };
export type BlockAnswer = { id: number; member: Uint8Array; rows: number; rawBytes: number };
export type WorkerInput = { seed: number; works: number };

// Only write-files.ts starts this thread, with these types.
const { seed, works } = workerData as WorkerInput;
const writer = new BlockWriter(new GeneratedCatalogue(seed, works));

parentPort?.on("message", ({ id, name }: BlockOrder) => {
  const { bytes, rows } = writer.write(name);
  // A copy that fills its own memory, so that it can be handed over instead of copied again.
  const member = new Uint8Array(gzipSync(bytes, { level: 1 }));
  const answer: BlockAnswer = { id, member, rows, rawBytes: bytes.length };
  parentPort?.postMessage(answer, [member.buffer]);
});
