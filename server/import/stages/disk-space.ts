import { statfs } from "node:fs/promises";
import { isDiskFull } from "#server/database/disk-full.ts";
import { ImportError } from "../import-error.ts";
import type { InputFile } from "../inputs/input-files.ts";
import { bytes } from "../progress-lines.ts";
import { rawBytesOf } from "./manifest.ts";

/** Disk that an import needs per byte of unpacked records: staging files, sorted runs, the new catalogue. */
const bytesPerRawByte = 2;
const bytesAtLeast = 50_000_000;

/** @throws {ImportError} when the import would fill the disk. */
export async function checkSpace(
  files: readonly InputFile[],
  folder: string,
  presentBytes: number,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = Math.max(bytesAtLeast, rawBytesOf(files) * bytesPerRawByte) - presentBytes;
  const free = bavail * bsize;
  if (free >= needed) {
    return;
  }
  throw new ImportError(
    `the disk of ${folder} has ${bytes(free)} free and this import needs about ${bytes(needed)}. ` +
      "Make room, or let BOOKFINDER_DATA name a folder on another disk.",
  );
}

/** A full disk in words; other errors as they are. */
export function explainDiskError(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) {
    return error;
  }
  return new ImportError(
    `the disk of ${folder} is full. Make room and give the same command again: it continues.`,
  );
}
