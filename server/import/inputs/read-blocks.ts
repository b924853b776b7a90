/**
 * Reads a plain or gzipped file in blocks of whole lines. Where a block ends depends on the content
 * only (the first line end at or after `blockBytes`), never on how the bytes arrived: so a block can
 * be named by its index, and a restarted import skips the blocks it has.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "../import-error.ts";
import { blockBytes, lineBytesMax } from "../limits.ts";

export type Block = {
  index: number;
  /** Whole lines; only the last line of a file may lack its line end. */
  bytes: Buffer;
  /** Bytes of the file (compressed, if it is) read when the block was complete. */
  fileBytesRead: number;
  /** Lines longer than the limit that were dropped right before this block ended. */
  droppedLines: number;
};

const lineEnd = 10;
const readBytes = 1024 * 1024;

export type BlockLimits = { blockBytes: number; lineBytesMax: number };

/** @throws {ImportError} when the file is truncated or no gzip after all. */
export async function* readBlocks(
  path: string,
  limits: BlockLimits = { blockBytes, lineBytesMax },
): AsyncGenerator<Block> {
  const file = createReadStream(path, { highWaterMark: readBytes });
  const source = (await isGzip(path)) ? gunzip(file) : file;
  const cutter = new BlockCutter(limits);
  try {
    for await (const chunk of source) {
      // Without an encoding streams of bytes yield nothing but Buffers.
      for (const block of cutter.add(chunk as Buffer)) {
        yield { ...block, fileBytesRead: file.bytesRead };
      }
    }
    const rest = cutter.end();
    if (rest !== undefined) {
      yield { ...rest, fileBytesRead: file.bytesRead };
    }
  } catch (error) {
    throw describeReadError(path, error);
  } finally {
    file.destroy();
    source.destroy();
  }
}

function gunzip(file: Readable): Readable {
  const unzip = createGunzip({ chunkSize: readBytes });
  file.on("error", (error) => unzip.destroy(error));
  return file.pipe(unzip);
}

/** Whether the file begins with gzip's magic number, whatever its name. */
export async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

type CutBlock = Omit<Block, "fileBytesRead">;

/** Collects chunks and cuts them at line ends. */
class BlockCutter {
  readonly #limits: BlockLimits;
  #chunks: Buffer[] = [];
  #size = 0;
  #index = 0;
  /** No line end before this position: what was searched already. */
  #searched: number;
  #isDropping = false;
  #dropped = 0;

  constructor(limits: BlockLimits) {
    this.#limits = limits;
    this.#searched = limits.blockBytes - 1;
  }

  *add(chunk: Buffer): Generator<CutBlock> {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#isDropping) {
        const end = rest.indexOf(lineEnd);
        if (end < 0) {
          return;
        }
        this.#isDropping = false;
        rest = rest.subarray(end + 1);
        continue;
      }
      const room = this.#limits.blockBytes + this.#limits.lineBytesMax - this.#size;
      const cut = this.#cutPosition(rest);
      if (cut >= 0 && cut <= room) {
        this.#push(rest.subarray(0, cut));
        rest = rest.subarray(cut);
        yield this.#take();
        continue;
      }
      if (rest.length < room) {
        this.#push(rest);
        return;
      }
      this.#push(rest.subarray(0, room));
      rest = rest.subarray(room);
      yield this.#takeBeforeLongLine();
    }
  }

  /** What is left at the end of the file. */
  end(): CutBlock | undefined {
    return this.#size === 0 && this.#dropped === 0 ? undefined : this.#take();
  }

  /** Where in `next` the block ends; -1 if it goes on behind it. */
  #cutPosition(next: Buffer): number {
    const from = Math.max(0, this.#searched - this.#size);
    if (from >= next.length) {
      return -1;
    }
    const at = next.indexOf(lineEnd, from);
    return at < 0 ? -1 : at + 1;
  }

  #push(bytes: Buffer): void {
    if (bytes.length === 0) {
      return;
    }
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    this.#searched = Math.max(this.#searched, this.#size);
  }

  #take(): CutBlock {
    const bytes = Buffer.allocUnsafeSlow(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      at += chunk.copy(bytes, at);
    }
    const block = { index: this.#index, bytes, droppedLines: this.#dropped };
    this.#index += 1;
    this.#chunks = [];
    this.#size = 0;
    this.#searched = this.#limits.blockBytes - 1;
    this.#dropped = 0;
    return block;
  }

  /** The line that began before the block was full is too long: the block ends before it. */
  #takeBeforeLongLine(): CutBlock {
    this.#isDropping = true;
    this.#dropped = 1;
    const block = this.#take();
    const end = block.bytes.lastIndexOf(lineEnd, this.#limits.blockBytes - 1) + 1;
    return { ...block, bytes: Buffer.from(block.bytes.subarray(0, end)) };
  }
}

function describeReadError(path: string, error: unknown): Error {
  if (!(error instanceof Error) || !("code" in error)) {
    return new Error(String(error), { cause: error });
  }
  if (error.code === "Z_BUF_ERROR") {
    return new ImportError(`${path} is truncated: its gzip data end early. Download it again.`);
  }
  if (typeof error.code === "string" && error.code.startsWith("Z_")) {
    return new ImportError(`${path} is damaged: ${error.message}. Download it again.`);
  }
  return error;
}
