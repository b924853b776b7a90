/**
 * Staging files. A worker collects parsed records in one buffer and, when it is full, writes them
 * as a segment: all records grouped by partition, behind a table of where each partition begins.
 * A later join reads one partition out of every segment: the shuffle of an external hash join
 * without a file per partition.
 *
 *     segment = partition 0 | partition 1 | … | table: u32 offsets [partitionCount + 1]
 *     record  = u32 payload bytes | u8 type | f64 group | f64 key | u32 revision | payload (UTF-8)
 *
 * `group` is what is joined: the work's key for a work, its editions and its readers.
 */

import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { numberOf, type PackedKey } from "../keys.ts";
import { readFully, writeFully } from "../whole-files.ts";

export const recordType = {
  work: 0,
  edition: 1,
  activity: 2,
  former: 3,
  author: 4,
  edit: 5,
} as const;
export type RecordType = (typeof recordType)[keyof typeof recordType];

const headerBytes = 25;
/** UTF-8 bytes that a UTF-16 code unit takes at most. */
const expansion = 3;

/** Spreads keys evenly over partitions (Fibonacci hashing: keys are dense and often consecutive). */
export function partitionOf(group: PackedKey, partitionCount: number): number {
  const hash = Math.imul(numberOf(group) ^ ((group & 3) << 30), 0x9e3779b1) >>> 0;
  return Math.floor((hash / 0x1_0000_0000) * partitionCount);
}

/** Collects records until it is full, then writes them as one segment file. */
export class SegmentBuilder {
  readonly #partitionCount: number;
  readonly #capacity: number;
  #bytes: Buffer;
  #used = 0;
  #partitions: number[] = [];
  #starts: number[] = [];

  constructor(partitionCount: number, capacityBytes: number) {
    this.#partitionCount = partitionCount;
    this.#capacity = capacityBytes;
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes + capacityBytes / 4);
  }

  get isFull(): boolean {
    return this.#used >= this.#capacity;
  }

  get isEmpty(): boolean {
    return this.#used === 0;
  }

  add(type: RecordType, group: PackedKey, key: PackedKey, revision: number, payload: string): void {
    const start = this.#used;
    this.#reserve(headerBytes + payload.length * expansion);
    const bytes = this.#bytes;
    const length = bytes.write(payload, start + headerBytes, "utf8");
    bytes.writeUInt32LE(length, start);
    bytes.writeUInt8(type, start + 4);
    bytes.writeDoubleLE(group, start + 5);
    bytes.writeDoubleLE(key, start + 13);
    bytes.writeUInt32LE(Math.min(revision, 0xffff_ffff), start + 21);
    this.#partitions.push(partitionOf(group, this.#partitionCount));
    this.#starts.push(start);
    this.#used = start + headerBytes + length;
  }

  /** Writes and empties; the file appears under its name when it is complete and on disk. */
  write(path: string): void {
    const { order, table } = this.#sort();
    const sorted = Buffer.allocUnsafeSlow(this.#used);
    let at = 0;
    for (const index of order) {
      const start = this.#starts[index] ?? 0;
      const end = this.#starts[index + 1] ?? this.#used;
      at += this.#bytes.copy(sorted, at, start, end);
    }
    const file = openSync(`${path}.part`, "w");
    try {
      writeFully(file, sorted);
      writeFully(file, Buffer.from(table.buffer));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.part`, path);
    this.#used = 0;
    this.#partitions = [];
    this.#starts = [];
  }

  /** Counting sort by partition; the table holds where each partition begins, in bytes. */
  #sort(): { order: Uint32Array; table: Uint32Array } {
    const counts = new Uint32Array(this.#partitionCount + 1);
    const table = new Uint32Array(this.#partitionCount + 1);
    this.#partitions.forEach((partition, index) => {
      const size = (this.#starts[index + 1] ?? this.#used) - (this.#starts[index] ?? 0);
      counts[partition + 1] = (counts[partition + 1] ?? 0) + 1;
      table[partition + 1] = (table[partition + 1] ?? 0) + size;
    });
    for (let i = 0; i < this.#partitionCount; i++) {
      counts[i + 1] = (counts[i + 1] ?? 0) + (counts[i] ?? 0);
      table[i + 1] = (table[i + 1] ?? 0) + (table[i] ?? 0);
    }
    const order = new Uint32Array(this.#partitions.length);
    this.#partitions.forEach((partition, index) => {
      const place = counts[partition] ?? 0;
      order[place] = index;
      counts[partition] = place + 1;
    });
    return { order, table };
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) {
      return;
    }
    const larger = Buffer.allocUnsafeSlow(
      Math.max(this.#bytes.length * 1.5, this.#used + bytes) | 0,
    );
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}

/** A finished segment, open for reading single partitions. */
export class SegmentReader {
  readonly #file: number;
  readonly #table: Uint32Array;

  constructor(path: string, sizeBytes: number, partitionCount: number) {
    this.#file = openSync(path, "r");
    const table = Buffer.alloc((partitionCount + 1) * 4);
    readFully(this.#file, table, sizeBytes - table.length);
    this.#table = new Uint32Array(table.buffer, table.byteOffset, partitionCount + 1);
  }

  readPartition(partition: number): Buffer {
    const start = this.#table[partition] ?? 0;
    const end = this.#table[partition + 1] ?? start;
    const bytes = Buffer.allocUnsafeSlow(end - start);
    readFully(this.#file, bytes, start);
    return bytes;
  }

  close(): void {
    closeSync(this.#file);
  }
}

export type StagedRecord = {
  type: RecordType;
  group: PackedKey;
  key: PackedKey;
  revision: number;
  /** Where its payload is. */
  bytes: Buffer;
  start: number;
  end: number;
};

export function* stagedRecords(bytes: Buffer): Generator<StagedRecord> {
  let at = 0;
  while (at < bytes.length) {
    const start = at + headerBytes;
    const end = start + bytes.readUInt32LE(at);
    yield {
      // add() above writes nothing else.
      type: bytes.readUInt8(at + 4) as RecordType,
      group: bytes.readDoubleLE(at + 5),
      key: bytes.readDoubleLE(at + 13),
      revision: bytes.readUInt32LE(at + 21),
      bytes,
      start,
      end,
    };
    at = end;
  }
}

export function payloadOf(record: StagedRecord): string {
  return record.bytes.toString("utf8", record.start, record.end);
}
