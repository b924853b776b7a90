/**
 * Names of all authors for the join: one block of memory that all workers share, at about 35 bytes
 * per author (0.5 GB for the 15 million of Open Library).
 *
 *     starts   u32 [partitionCount + 1]  first author of each partition (by hash of the key)
 *     keys     f64 [count]               ascending within a partition
 *     offsets  f64 [count + 1]           where the names of each begin
 *     names    UTF-8, "name U+0001 alternate U+0001 …"
 */
import { closeSync, fsyncSync, openSync, renameSync, statSync } from "node:fs";
import type { PackedKey } from "./keys.ts";
import { partitionOf, readFully, writeFully } from "./segments.ts";

/** No cleaned name holds it. */
const separator = "\u0001";
const headerBytes = 24;

export type AuthorNames = { index: number; name: string; alternateNames: string[] };

export class AuthorTable {
  readonly #partitionCount: number;
  readonly #starts: Uint32Array;
  readonly #keys: Float64Array;
  readonly #offsets: Float64Array;
  readonly #names: Buffer;

  /** Over memory that `loadAuthorTable` filled. */
  constructor(memory: SharedArrayBuffer) {
    const [partitionCount = 0, count = 0] = new Float64Array(memory, 0, 2);
    const startsAt = headerBytes;
    const keysAt = align(startsAt + (partitionCount + 1) * 4);
    const offsetsAt = keysAt + count * 8;
    const namesAt = offsetsAt + (count + 1) * 8;
    this.#partitionCount = partitionCount;
    this.#starts = new Uint32Array(memory, startsAt, partitionCount + 1);
    this.#keys = new Float64Array(memory, keysAt, count);
    this.#offsets = new Float64Array(memory, offsetsAt, count + 1);
    this.#names = Buffer.from(memory, namesAt);
  }

  get count(): number {
    return this.#keys.length;
  }

  /** The author's names and place in the table; undefined if there is no such author. */
  find(key: PackedKey): AuthorNames | undefined {
    const partition = partitionOf(key, this.#partitionCount);
    let low = this.#starts[partition] ?? 0;
    let high = (this.#starts[partition + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#keys[middle] ?? 0;
      if (found === key) return this.#namesAt(middle);
      if (found < key) low = middle + 1;
      else high = middle - 1;
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

/** Collects authors, in order of partition and key, and writes the table as a file. */
export class AuthorTableBuilder {
  readonly #starts: Uint32Array;
  #keys = new Float64Array(1024);
  #offsets = new Float64Array(1024);
  #count = 0;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(partitionCount: number) {
    this.#starts = new Uint32Array(partitionCount + 1);
  }

  add(partition: number, key: PackedKey, name: string, alternateNames: readonly string[]): void {
    if (this.#count + 1 >= this.#keys.length) this.#grow();
    const names = Buffer.from([name, ...alternateNames].join(separator));
    this.#keys[this.#count] = key;
    this.#offsets[this.#count] = this.#bytes;
    this.#count += 1;
    this.#bytes += names.length;
    this.#chunks.push(names);
    if (this.#chunks.length > 4096) this.#chunks = [Buffer.concat(this.#chunks)];
    this.#starts[partition + 1] = this.#count;
  }

  write(path: string): void {
    for (let i = 1; i < this.#starts.length; i++) {
      this.#starts[i] = Math.max(this.#starts[i] ?? 0, this.#starts[i - 1] ?? 0);
    }
    this.#offsets[this.#count] = this.#bytes;
    const head = Buffer.alloc(align(headerBytes + this.#starts.length * 4));
    head.writeDoubleLE(this.#starts.length - 1, 0);
    head.writeDoubleLE(this.#count, 8);
    Buffer.from(this.#starts.buffer).copy(head, headerBytes);
    const file = openSync(`${path}.part`, "w");
    try {
      writeFully(file, head);
      writeFully(file, Buffer.from(this.#keys.buffer, 0, this.#count * 8));
      writeFully(file, Buffer.from(this.#offsets.buffer, 0, (this.#count + 1) * 8));
      for (const chunk of this.#chunks) writeFully(file, chunk);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.part`, path);
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const offsets = new Float64Array(this.#offsets.length * 2);
    keys.set(this.#keys);
    offsets.set(this.#offsets);
    this.#keys = keys;
    this.#offsets = offsets;
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

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
