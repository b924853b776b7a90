import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { EditsToReplay } from "#server/edits/edit-store.ts";
import type { InputFile } from "../inputs/input-files.ts";
import { blockBytes } from "../limits.ts";

/** Changes when files of an import in progress could not be continued by this code. */
const stagingVersion = 4;

/** Identifies an import: what it reads and how. Two imports of equal manifests give equal catalogues. */
export type Manifest = {
  version: string;
  files: InputFile[];
  /** SHA-256 of the first megabyte of each file, beside size and time. */
  heads: string[];
  source: string | undefined;
  partitionCount: number;
};

/** What is fixed when an import begins and kept when it is continued. */
export type ImportStart = {
  manifest: Manifest;
  startedAt: string;
  nowYear: number;
  /** Edits made after the beginning wait for the next import. */
  edits: EditsToReplay;
  /** Files whose beginning shows no redirects and that hold some nevertheless. */
  lateRedirects: string[];
};

/** Bytes of dump per partition: a partition's records and entries have to fit a worker's memory. */
const rawBytesPerPartition = 40_000_000;
const partitionsMax = 2048;
/** Dumps compress about this well; an upper bound, for planning only. */
const gzipFactor = 6;

export async function makeManifest(
  files: InputFile[],
  options: { source: string | undefined; formatVersion: number },
): Promise<Manifest> {
  const rawBytes = rawBytesOf(files);
  return {
    version: `${stagingVersion}.${options.formatVersion}.${blockBytes}`,
    files,
    heads: await Promise.all(files.map(({ path }) => headHash(path))),
    source: options.source,
    partitionCount: Math.min(
      partitionsMax,
      Math.max(1, Math.ceil(rawBytes / rawBytesPerPartition)),
    ),
  };
}

/** A short name of the catalogue that an import leads to. */
export function revisionOf({ manifest, edits }: ImportStart): string {
  const { files, heads, source, version } = manifest;
  const sizes = files.map(({ sizeBytes, kind }) => [sizeBytes, kind]);
  const text = JSON.stringify([sizes, heads, source, edits, version]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

export function isSameImport(a: Manifest, b: Manifest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** About how many bytes of records the files hold when unpacked. */
export function rawBytesOf(files: readonly InputFile[]): number {
  return files
    .filter(({ kind }) => kind === "records")
    .reduce((sum, file) => sum + file.sizeBytes * (file.isGzip ? gzipFactor : 1), 0);
}

async function headHash(path: string): Promise<string> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(1024 * 1024);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return createHash("sha256").update(head.subarray(0, bytesRead)).digest("hex");
  } finally {
    await file.close();
  }
}
