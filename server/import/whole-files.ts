/** Files written and read whole: Node's calls may do a part, and a process may end in between. */
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";

export function writeFully(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(file, bytes, done);
  }
}

/** @throws {Error} when the file ends before `bytes` are full. */
export function readFully(file: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(file, bytes, done, bytes.length - done, position + done);
    if (count === 0) {
      throw new Error("a staging file ended early");
    }
    done += count;
  }
}

/** Writes a file that is either absent or whole, whenever the process ends. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(`${path}.part`, "w");
  try {
    writeFully(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
}

export function rmIfThere(path: string): void {
  rmSync(path, { force: true });
}
