/**
 * Sorted runs and their merge: how entries get into one order that is larger than memory.
 *
 *     run    = records in ascending order of (first, second)
 *     record = u32 payload bytes | f64 first | f64 second | payload (UTF-8, parts with U+0002 between)
 */

import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { writeFully } from "../whole-files.ts";

const headerBytes = 20;
/** Between the parts of a payload; no text of a catalogue holds control characters. */
export const partSeparatorCode = 2;
const gatherBytes = 4 * 1024 * 1024;

/** Collects records in memory and writes them sorted. */
export class RunBuilder {
  #bytes: Buffer;
  #used = 0;
  #starts: number[] = [];
  #firsts: number[] = [];
  #seconds: number[] = [];

  constructor(capacityBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Parts are written one by one: joined, a single foreign letter would double the size of all. */
  add(first: number, second: number, ...parts: readonly string[]): void {
    const start = this.#used;
    const units = parts.reduce((sum, part) => sum + part.length + 1, 0);
    this.#reserve(headerBytes + units * 3);
    let at = start + headerBytes;
    for (const [place, part] of parts.entries()) {
      if (place > 0) {
        at = this.#bytes.writeUInt8(partSeparatorCode, at);
      }
      at += this.#bytes.write(part, at, "utf8");
    }
    const length = at - start - headerBytes;
    this.#bytes.writeUInt32LE(length, start);
    this.#bytes.writeDoubleLE(first, start + 4);
    this.#bytes.writeDoubleLE(second, start + 12);
    this.#starts.push(start);
    this.#firsts.push(first);
    this.#seconds.push(second);
    this.#used = start + headerBytes + length;
  }

  /** Appends the sorted records to an open file and empties itself. Returns the bytes written. */
  writeTo(file: number): number {
    const order = Uint32Array.from(this.#starts.keys()).sort((a, b) => this.#compare(a, b));
    const gathered = Buffer.allocUnsafe(gatherBytes);
    let filled = 0;
    for (const index of order) {
      const start = this.#starts[index] ?? 0;
      const record = this.#bytes.subarray(start, this.#starts[index + 1] ?? this.#used);
      if (filled + record.length > gatherBytes) {
        writeFully(file, gathered.subarray(0, filled));
        filled = 0;
      }
      if (record.length > gatherBytes) {
        writeFully(file, record);
      } else {
        filled += record.copy(gathered, filled);
      }
    }
    writeFully(file, gathered.subarray(0, filled));
    const written = this.#used;
    this.#used = 0;
    this.#starts = [];
    this.#firsts = [];
    this.#seconds = [];
    return written;
  }

  /** Writes a run of its own; the file appears under its name when it is complete and on disk. */
  write(path: string): void {
    const file = openSync(`${path}.part`, "w");
    try {
      this.writeTo(file);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.part`, path);
  }

  #compare(a: number, b: number): number {
    const first = (this.#firsts[a] ?? 0) - (this.#firsts[b] ?? 0);
    return first !== 0 ? first : (this.#seconds[a] ?? 0) - (this.#seconds[b] ?? 0);
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) {
      return;
    }
    const size = Math.max(Math.ceil(this.#bytes.length * 1.5), this.#used + bytes);
    const larger = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}

/** A part of a file that holds one run. */
export type RunSection = { path: string; start: number; end: number };

export function wholeFile(path: string): RunSection {
  return { path, start: 0, end: statSync(path).size };
}

/** A record of a merge; `payload` is valid until the next one is asked for. */
export type RunRecord = { first: number; second: number; payload: Buffer };

/** All records of all runs in ascending order of (first, second). */
export function* mergeRuns(
  sections: readonly RunSection[],
  bufferBytes = 64 * 1024,
): Generator<RunRecord> {
  const cursors = sections.map((section) => new RunCursor(section, bufferBytes));
  const heap: RunCursor[] = [];
  try {
    for (const cursor of cursors) {
      if (cursor.advance()) {
        siftUp(heap, cursor);
      }
    }
    while (heap.length > 0) {
      const top = heap[0];
      if (top === undefined) {
        break;
      }
      yield top;
      if (top.advance()) {
        siftDown(heap, top);
      } else {
        const last = heap.pop();
        if (last !== undefined && last !== top) {
          siftDown(heap, last);
        }
      }
    }
  } finally {
    for (const cursor of cursors) {
      cursor.close();
    }
  }
}

/** Walks one run with a buffer of its own; opens its file when first needed. */
class RunCursor implements RunRecord {
  first = 0;
  second = 0;
  payload: Buffer = Buffer.alloc(0);
  readonly #section: RunSection;
  #file: number;
  #position: number;
  #buffer: Buffer;
  #at = 0;
  #filled = 0;

  constructor(section: RunSection, bufferBytes: number) {
    this.#section = section;
    this.#file = openSync(section.path, "r");
    this.#position = section.start;
    this.#buffer = Buffer.allocUnsafeSlow(bufferBytes);
  }

  advance(): boolean {
    if (!this.#has(headerBytes)) {
      return false;
    }
    const length = this.#buffer.readUInt32LE(this.#at);
    if (!this.#has(headerBytes + length)) {
      throw new Error(`${this.#section.path} ends early`);
    }
    this.first = this.#buffer.readDoubleLE(this.#at + 4);
    this.second = this.#buffer.readDoubleLE(this.#at + 12);
    const start = this.#at + headerBytes;
    this.payload = this.#buffer.subarray(start, start + length);
    this.#at = start + length;
    return true;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Makes `bytes` bytes available at the present place; false at the end of the run. */
  #has(bytes: number): boolean {
    if (this.#filled - this.#at >= bytes) {
      return true;
    }
    if (bytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(bytes * 2);
      this.#buffer.copy(larger, 0, this.#at, this.#filled);
      this.#buffer = larger;
    } else {
      this.#buffer.copyWithin(0, this.#at, this.#filled);
    }
    this.#filled -= this.#at;
    this.#at = 0;
    while (this.#filled < bytes) {
      const room = Math.min(this.#buffer.length - this.#filled, this.#section.end - this.#position);
      const count =
        room === 0 ? 0 : readSync(this.#file, this.#buffer, this.#filled, room, this.#position);
      if (count === 0) {
        return false;
      }
      this.#filled += count;
      this.#position += count;
    }
    return true;
  }
}

function comesBefore(a: RunRecord, b: RunRecord): boolean {
  return a.first < b.first || (a.first === b.first && a.second < b.second);
}

function siftUp(heap: RunCursor[], added: RunCursor): void {
  let at = heap.push(added) - 1;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    const above = heap[parent];
    if (above === undefined || !comesBefore(added, above)) {
      break;
    }
    heap[at] = above;
    at = parent;
  }
  heap[at] = added;
}

/** Puts a cursor, whose place at the top is free, where it belongs. */
function siftDown(heap: RunCursor[], moved: RunCursor): void {
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    let below = heap[child];
    if (below === undefined) {
      break;
    }
    const right = heap[child + 1];
    if (right !== undefined && comesBefore(right, below)) {
      child += 1;
      below = right;
    }
    if (!comesBefore(below, moved)) {
      break;
    }
    heap[at] = below;
    at = child;
  }
  heap[at] = moved;
}
