/**
 * Brings files from URLs into the data folder. A broken download is resumed where it stopped, as
 * long as the server still has the same file (its ETag or date says so); a file that is already
 * here and unchanged there is not fetched again.
 */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ImportError } from "../import-error.ts";
import type { ImportProgress } from "../import-options.ts";
import { rmIfThere, writeDurably, writeFully } from "../whole-files.ts";

const attempts = 6;
const firstPauseMs = 500;

/** What is known of a file that was or is being fetched. */
type Origin = { url: string; validator: string; sizeBytes: number };

export function isUrl(input: string): boolean {
  return /^https?:\/\//i.test(input);
}

/**
 * The path of the downloaded file.
 * @throws {ImportError} when the server doesn't have it or it can't be fetched whole.
 */
export async function download(
  url: string,
  folder: string,
  report: (progress: ImportProgress) => void,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const name = basename(new URL(url).pathname) || "download";
  const path = join(folder, name);
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchFile(url, path, report);
      return path;
    } catch (error) {
      if (error instanceof ImportError) {
        throw error;
      }
      if (attempt === attempts) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ImportError(
          `${url} could not be fetched whole (${reason}). Give the same command again: it resumes.`,
        );
      }
      await sleep(firstPauseMs * 2 ** attempt);
    }
  }
}

async function fetchFile(
  url: string,
  path: string,
  report: (progress: ImportProgress) => void,
): Promise<void> {
  const part = `${path}.part`;
  const origin = readOrigin(path);
  const isSame = origin?.url === url;
  const present = isSame && existsSync(part) ? statSync(part).size : 0;
  // Compression in transit would make offsets meaningless, and the dumps are compressed already.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (isSame && existsSync(path) && present === 0 && origin.validator !== "") {
    headers[isEtag(origin.validator) ? "if-none-match" : "if-modified-since"] = origin.validator;
  } else if (present > 0 && origin !== undefined && origin.validator !== "") {
    headers["range"] = `bytes=${present}-`;
    headers["if-range"] = origin.validator;
  }
  const response = await fetch(url, { headers, redirect: "follow" });
  if (response.status === 304) {
    return;
  }
  if (response.status === 416) {
    rmIfThere(part);
    throw new Error("the server has less than was fetched before");
  }
  if (response.status >= 500 || response.status === 429) {
    throw new Error(`HTTP ${response.status}`);
  }
  if (!response.ok || response.body === null) {
    throw new ImportError(`${url} answers HTTP ${response.status}`);
  }
  const isResumed = response.status === 206;
  const start = isResumed ? present : 0;
  const sizeBytes = start + Number(response.headers.get("content-length") ?? Number.NaN);
  const validator = response.headers.get("etag") ?? response.headers.get("last-modified") ?? "";
  const fresh: Origin = { url, validator, sizeBytes: Number.isFinite(sizeBytes) ? sizeBytes : 0 };
  writeDurably(originFile(path), Buffer.from(JSON.stringify(fresh)));
  await save(response, part, start, fresh.sizeBytes, report);
  const received = statSync(part).size;
  if (fresh.sizeBytes !== 0 && received !== fresh.sizeBytes) {
    throw new Error(`${received} of ${fresh.sizeBytes} bytes arrived`);
  }
  renameSync(part, path);
}

async function save(
  response: Response,
  part: string,
  start: number,
  total: number,
  report: (progress: ImportProgress) => void,
): Promise<void> {
  let done = start;
  const file = openSync(part, start > 0 ? "a" : "w");
  try {
    // Written as it comes, without a stream between: what arrived before a break is what is resumed.
    for await (const chunk of response.body ?? []) {
      writeFully(file, chunk);
      done += chunk.length;
      report({ stage: "download", done, total, unit: "bytes", rows: 0 });
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isEtag(validator: string): boolean {
  return validator.startsWith('"') || validator.startsWith("W/");
}

function originFile(path: string): string {
  return `${path}.origin.json`;
}

function readOrigin(path: string): Origin | undefined {
  if (!existsSync(originFile(path))) {
    return undefined;
  }
  // Written by fetchFile().
  return JSON.parse(readFileSync(originFile(path), "utf8")) as Origin;
}
