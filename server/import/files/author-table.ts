/**
 * Names of all authors for the join: one block of memory that all workers share, at about 26 bytes
 * per author (0.4 GB for the 15 million of Open Library).
 *
 *     names    UTF-8, "name U+0001 alternate U+0001 …", padded to 4 bytes
 *     starts   u32 [partitionCount + 1]  first author of each partition (by hash of the key)
 *     numbers  u32 [count]               of the keys, ascending within a partition
 *     offsets  u32 [count + 1]           where the names of each begin
 *     trailer  u32 [3]                   partitionCount, count, bytes of names with padding
 */

import { closeSync, fsyncSync, openSync, renameSync, statSync } from "node:fs";
import { numberOf, type PackedKey } from "../keys.ts";
import { readFully, writeFully } from "../whole-files.ts";
import { partitionOf } from "./segments.ts";

/** No cleaned name holds it. */
const separator = "\u0001";
const trailerBytes = 12;
const namesBytesMax = 0xffff_ffff;
/** Names that wait in memory for being written. */
const writeBytes = 1024 * 1024;

export type AuthorNames = { index: number; name: string; alternateNames: string[] };

export class AuthorTable {
  readonly #partitionCount: number;
  readonly #starts: Uint32Array;
  readonly #numbers: Uint32Array;
  readonly #offsets: Uint32Array;
  readonly #names: Buffer;

  /** Over memory that `loadAuthorTable` filled. */
  constructor(memory: SharedArrayBuffer) {
    const trailer = new Uint32Array(memory, memory.byteLength - trailerBytes, 3);
    const [partitionCount = 0, count = 0, namesBytes = 0] = trailer;
    const numbersAt = namesBytes + (partitionCount + 1) * 4;
    const offsetsAt = numbersAt + count * 4;
    this.#partitionCount = partitionCount;
    this.#starts = new Uint32Array(memory, namesBytes, partitionCount + 1);
    this.#numbers = new Uint32Array(memory, numbersAt, count);
    this.#offsets = new Uint32Array(memory, offsetsAt, count + 1);
    this.#names = Buffer.from(memory, 0, namesBytes);
  }

  get count(): number {
    return this.#numbers.length;
  }

  /** The author's names and place in the table; undefined if there is no such author. */
  find(key: PackedKey): AuthorNames | undefined {
    const partition = partitionOf(key, this.#partitionCount);
    const number = numberOf(key);
    let low = this.#starts[partition] ?? 0;
    let high = (this.#starts[partition + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#numbers[middle] ?? 0;
      if (found === number) {
        return this.#namesAt(middle);
      }
      if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return undefined;
  }

  #namesAt(index: number): AuthorNames {
    const text = this.#names.toString("utf8", this.#offsets[index], this.#offsets[index + 1]);
    const end = text.indexOf(separator);
    return end < 0
      ? { index, name: text, alternateNames: [] }
      : { index, name: text.slice(0, end), alternateNames: text.slice(end + 1).split(separator) };
  }
}

/** Writes the table as a file: names as they come, what leads to them at the end. */
export class AuthorTableBuilder implements Disposable {
  readonly #path: string;
  readonly #file: number;
  readonly #starts: Uint32Array;
  /** Of finished partitions; one array each, so that nothing is copied when the table grows. */
  readonly #numbers: Uint32Array[] = [];
  readonly #offsets: Uint32Array[] = [];
  #partitionNumbers: number[] = [];
  #partitionOffsets: number[] = [];
  #count = 0;
  #namesBytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isOpen = true;

  constructor(path: string, partitionCount: number) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, "w");
    this.#starts = new Uint32Array(partitionCount + 1);
  }

  /** Adds an author of the present partition; keys ascend. */
  add(key: PackedKey, name: string, alternateNames: readonly string[]): void {
    const names = Buffer.from([name, ...alternateNames].join(separator));
    this.#partitionNumbers.push(numberOf(key));
    this.#partitionOffsets.push(this.#namesBytes);
    this.#append(names);
  }

  /** Ends a partition; partitions come in order. */
  endPartition(partition: number): void {
    this.#count += this.#partitionNumbers.length;
    this.#starts[partition + 1] = this.#count;
    this.#numbers.push(Uint32Array.from(this.#partitionNumbers));
    this.#offsets.push(Uint32Array.from(this.#partitionOffsets));
    this.#partitionNumbers = [];
    this.#partitionOffsets = [];
  }

  /** Completes the file, which then appears under its name. */
  finish(): void {
    const end = this.#namesBytes;
    this.#append(Buffer.alloc((4 - (end % 4)) % 4));
    if (this.#namesBytes > namesBytesMax) {
      throw new Error("names of authors exceed 4 GB");
    }
    this.#writeWaiting();
    const trailer = [this.#starts.length - 1, this.#count, this.#namesBytes];
    const tables = [this.#starts, ...this.#numbers, ...this.#offsets];
    for (const table of [...tables, Uint32Array.of(end), Uint32Array.from(trailer)]) {
      writeFully(this.#file, new Uint8Array(table.buffer));
    }
    fsyncSync(this.#file);
    this[Symbol.dispose]();
    renameSync(`${this.#path}.part`, this.#path);
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) {
      closeSync(this.#file);
    }
    this.#isOpen = false;
  }

  #append(names: Buffer): void {
    this.#waiting.push(names);
    this.#waitingBytes += names.length;
    this.#namesBytes += names.length;
    if (this.#waitingBytes > writeBytes) {
      this.#writeWaiting();
    }
  }

  #writeWaiting(): void {
    writeFully(this.#file, Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

/** Reads a table file into memory that workers can share. */
export function loadAuthorTable(path: string): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(statSync(path).size);
  const bytes = new Uint8Array(memory);
  const file = openSync(path, "r");
  try {
    const pieceBytes = 64 * 1024 * 1024;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      readFully(file, bytes.subarray(at, Math.min(at + pieceBytes, bytes.length)), at);
    }
  } finally {
    closeSync(file);
  }
  return memory;
}
