import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { BlockPool } from "./block-pool.ts";
import type { BlockAnswer } from "./block-worker.ts";
import { blockCount } from "./blocks.ts";
import { type Kind, kinds, sizesFor } from "./sizes.ts";

export type GenerateOptions = {
  works: number;
  seed: number;
  /** Made if it isn't there; files of the same names are replaced. */
  folder: string;
  workers: number;
  onBlock?: (progress: WrittenFile, rowsInAll: number) => void;
};

export type WrittenFile = {
  kind: Kind;
  path: string;
  rows: number;
  /** Uncompressed. */
  rawBytes: number;
  /** On disk. */
  bytes: number;
};

/** Blocks that each worker may be ahead of the disk: bounds the memory. */
const blocksAhead = 3;

/** "ol_dump_works_generated.txt.gz": nobody takes it for the real one. */
export function fileName(kind: Kind): string {
  return `ol_dump_${kind}_generated.txt.gz`;
}

/**
 * Writes the seven dump files of a generated catalogue. The same seed and number of works give the
 * same bytes, whatever the number of workers. A file gets its name when it is complete.
 */
export async function writeFiles(options: GenerateOptions): Promise<WrittenFile[]> {
  const { seed, works } = options;
  const { rows } = sizesFor(works);
  await mkdir(options.folder, { recursive: true });
  await using pool = new BlockPool(options.workers, { seed, works });
  const files: WrittenFile[] = [];
  for (const kind of kinds) {
    files.push(await writeFile(pool, kind, rows[kind], options));
  }
  return files;
}

async function writeFile(
  pool: BlockPool,
  kind: Kind,
  rows: number,
  { folder, workers, onBlock }: GenerateOptions,
): Promise<WrittenFile> {
  const path = join(folder, fileName(kind));
  const file: WrittenFile = { kind, path, rows: 0, rawBytes: 0, bytes: 0 };
  await using handle = await open(`${path}.partial`, "w");
  const blocks = blockCount(rows);
  const ahead: Promise<BlockAnswer>[] = [];
  for (let block = 0; block < blocks || ahead.length > 0; ) {
    while (block < blocks && ahead.length < workers * blocksAhead) {
      const answer = pool.write({ kind, block: block++ });
      // It is awaited in its turn; until then a failure must not count as unhandled.
      answer.catch(() => {});
      ahead.push(answer);
    }
    const written = await ahead.shift();
    if (written === undefined) {
      break;
    }
    await handle.writeFile(written.member);
    file.rows += written.rows;
    file.rawBytes += written.rawBytes;
    file.bytes += written.member.length;
    onBlock?.(file, rows);
  }
  await rename(`${path}.partial`, path);
  return file;
}
