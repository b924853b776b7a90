/**
 * Which files an import reads, and what each holds: told by its content, never by its name.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ImportError } from "../import-error.ts";
import { packKey } from "../keys.ts";
import { lineBytesMax } from "../limits.ts";
import { isGzip, readBlocks } from "./read-blocks.ts";

/** `records` are lines with type, key, revision, time, JSON; the others are columns about works. */
export type InputKind = "records" | "ratings" | "readingLog" | "readers";

export type InputFile = {
  path: string;
  kind: InputKind;
  sizeBytes: number;
  modifiedMs: number;
  isGzip: boolean;
  /** May hold redirects or deletes, which have to be known before anything else is read. */
  hasRedirects: boolean;
  /** Written by bench/generate: never to be taken for real books. */
  isGenerated: boolean;
};

export type IgnoredFile = { path: string; reason: string };

/** What every record of bench/generate names as its source. */
const generatedMark = '"bookfinder-generated"';
const sniffedLines = 200;
const sniffLimits = { blockBytes: 64 * 1024, lineBytesMax };
const dumpName = /\.(?:txt|tsv|csv)(?:\.gz)?$|\.gz$/i;

/**
 * The files of a folder or of a list of paths, in a fixed order. A file that is named but not a
 * dump is an error; one that merely lies in a folder is ignored with its reason.
 * @throws {ImportError}
 */
export async function findInputs(
  paths: readonly string[],
): Promise<{ files: InputFile[]; ignored: IgnoredFile[] }> {
  const files: InputFile[] = [];
  const ignored: IgnoredFile[] = [];
  for (const { path, isNamed } of await expand(paths)) {
    const found = await recogniseFile(path);
    if (!("reason" in found)) {
      files.push(found);
    } else if (isNamed || found.isFatal) {
      throw new ImportError(`${path}: ${found.reason}`);
    } else {
      ignored.push({ path, reason: found.reason });
    }
  }
  if (files.length === 0) {
    throw new ImportError(`No dump files among: ${paths.join(", ") || "(nothing named)"}`);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, ignored };
}

async function expand(paths: readonly string[]): Promise<{ path: string; isNamed: boolean }[]> {
  const found = new Map<string, boolean>();
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined) {
      throw new ImportError(`${path} doesn't exist`);
    }
    if (!info.isDirectory()) {
      found.set(path, true);
      continue;
    }
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (!entry.isDirectory() && dumpName.test(entry.name) && !found.has(inner)) {
        found.set(inner, false);
      }
    }
  }
  return [...found].map(([path, isNamed]) => ({ path, isNamed }));
}

type UnknownFile = { reason: string; isFatal: boolean };

async function recogniseFile(path: string): Promise<InputFile | UnknownFile> {
  const { size, mtimeMs } = await stat(path);
  const lines = await firstLines(path);
  if (lines.length === 0) {
    const reason =
      `is empty (${size} bytes). Open Library has published such files (March 2026); ` +
      "take an earlier dump or download it again.";
    return { reason, isFatal: true };
  }
  const kind = recogniseLines(lines);
  if (typeof kind !== "string") {
    return { ...kind, isFatal: false };
  }
  const types = new Set(lines.map((line) => line.slice(0, line.indexOf("\t"))));
  const isPure = types.size === 1 && /^\/type\/(?:work|edition|author)$/.test([...types][0] ?? "");
  return {
    path,
    kind,
    sizeBytes: size,
    modifiedMs: Math.trunc(mtimeMs),
    isGzip: await isGzip(path),
    hasRedirects: kind === "records" && !isPure,
    isGenerated: lines.some((line) => line.includes(generatedMark)),
  };
}

async function firstLines(path: string): Promise<string[]> {
  for await (const block of readBlocks(path, sniffLimits)) {
    const lines = block.bytes.toString("utf8").split(/\r?\n/, sniffedLines);
    const filled = lines.filter((line) => line !== "");
    if (filled.length > 0) {
      return filled;
    }
  }
  return [];
}

/** What most of the lines look like: a few broken ones don't make a dump unreadable. */
function recogniseLines(lines: readonly string[]): InputKind | { reason: string } {
  const votes = new Map<string, number>();
  for (const line of lines) {
    const kind = recogniseLine(line);
    votes.set(kind, (votes.get(kind) ?? 0) + 1);
  }
  const [best] = [...votes].toSorted(([, a], [, b]) => b - a);
  const kind = best?.[0];
  if (kind === "records" || kind === "ratings" || kind === "readingLog" || kind === "readers") {
    return kind;
  }
  const shown = JSON.stringify(lines[0]?.slice(0, 100));
  return { reason: `is no dump of works, editions, authors, ratings or shelves; begins ${shown}` };
}

function recogniseLine(line: string): string {
  const columns = line.split("\t", 6);
  if (line.startsWith("/type/") && columns.length >= 5) {
    return "records";
  }
  const key = packKey(columns[0]);
  if (key === undefined) {
    return "unknown";
  }
  if (columns.length === 2 && /^\d+$/.test(columns[1] ?? "")) {
    return "readers";
  }
  if (columns.length < 3) {
    return "unknown";
  }
  if (/^[1-5]$/.test(columns[2] ?? "")) {
    return "ratings";
  }
  return /^[\p{L} ]{3,40}$/u.test(columns[2] ?? "") ? "readingLog" : "unknown";
}
