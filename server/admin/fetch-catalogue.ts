/** `npm run catalog -- fetch SOURCE`: a published catalogue, put in place while it is served. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { swapIn } from "#server/catalog-file/swap-in.ts";
import { lockImport } from "#server/import/files/import-lock.ts";
import { ImportError } from "#server/import/import-error.ts";
import type { ImportProgress } from "#server/import/import-options.ts";
import { download, isUrl } from "#server/import/inputs/download.ts";
import { bytes, whole } from "#server/import/progress-lines.ts";
import { writeDurably } from "#server/import/whole-files.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { type PublishedCatalogue, sha256Of } from "./published-catalogue.ts";
import { checkSource, readManifest } from "./published-source.ts";

export type FetchOptions = {
  /** Whether a catalogue may come over http from another machine, where anybody on the way can change it. */
  allowsHttp?: boolean;
  onProgress?: (progress: ImportProgress) => void;
};

/**
 * Brings the catalogue that was published last, unless it is here. What a broken download has left is
 * gone on with; nothing is put in place before its size and its SHA-256 are right and it opens.
 *
 * @param source - The folder that `publish` wrote, or the URL where it is handed out.
 * @throws {ImportError} when it can't be fetched whole; the present catalogue stays.
 */
export async function fetchCatalogue(
  dataDir: string,
  source: string | undefined,
  { allowsHttp = false, onProgress = () => {} }: FetchOptions = {},
): Promise<string[]> {
  const from = checkSource(source, allowsHttp);
  const wanted = await readManifest(from, allowsHttp);
  if (isPresent(dataDir, wanted)) {
    return [`Unchanged: revision ${wanted.revision}, published ${wanted.publishTime}`];
  }
  mkdirSync(dataDir, { recursive: true });
  using _lock = lockImport(join(dataDir, "import.lock"));
  const folder = join(dataDir, "fetched");
  mkdirSync(folder, { recursive: true });
  removeOthers(folder, wanted.file);
  checkRoom(folder, wanted);
  const path = isUrl(from)
    ? await download(`${from}/${wanted.file}`, folder, onProgress)
    : await copyWhole(join(from, wanted.file), join(folder, wanted.file));
  await prove(path, wanted, folder);
  const target = catalogueFile(dataDir);
  // Noted first: whoever ends in between fetches once more.
  note(dataDir, wanted, path);
  swapIn(path, target);
  rmSync(folder, { recursive: true });
  return [
    `${target}: revision ${wanted.revision}, ${whole(wanted.workCount)} books, ` +
      `${bytes(wanted.sizeBytes)}; a running server follows within a second`,
  ];
}

/** Begun again if it was interrupted: a copy within a machine or its network is quick. */
async function copyWhole(from: string, to: string): Promise<string> {
  if (!existsSync(from)) {
    throw new ImportError(`the manifest names ${from}, which is not there; publish it again`);
  }
  await copyFile(from, to);
  return to;
}

/** @throws {ImportError} when the file is not what was published. */
async function prove(path: string, wanted: PublishedCatalogue, folder: string): Promise<void> {
  const { size } = statSync(path);
  const sha256 = size === wanted.sizeBytes ? await sha256Of(path) : "not looked at";
  if (sha256 !== wanted.sha256) {
    // Else it would be taken for whole the next time.
    rmSync(folder, { recursive: true });
    throw new ImportError(
      `what was fetched is not what was published: ${size} of ${wanted.sizeBytes} bytes, SHA-256 ` +
        `${sha256} instead of ${wanted.sha256}. It was deleted; fetch it again.`,
    );
  }
  await using catalog = openSqliteCatalog(path);
  const { revision } = await catalog.info();
  if (revision !== wanted.revision) {
    throw new ImportError(`the catalogue has revision ${revision}, not ${wanted.revision}`);
  }
}

/** @throws {ImportError} when the disk has no room for a second catalogue beside the present one. */
function checkRoom(folder: string, { file, sizeBytes }: PublishedCatalogue): void {
  const present = [file, `${file}.part`]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .reduce((sum, path) => sum + statSync(path).size, 0);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < sizeBytes - present) {
    throw new ImportError(
      `${folder} needs ${bytes(sizeBytes - present)} for the new catalogue beside the present one ` +
        `and has ${bytes(free)}; make room`,
    );
  }
}

/** What is left of a catalogue that is not the present one any more. */
function removeOthers(folder: string, file: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(file)) {
      rmSync(join(folder, name));
    }
  }
}

/** Which catalogue was put in place, with what tells whether it still is. */
function note(dataDir: string, { sha256 }: PublishedCatalogue, path: string): void {
  writeDurably(notePath(dataDir), Buffer.from(JSON.stringify({ sha256, ...identityOf(path) })));
}

function isPresent(dataDir: string, { sha256 }: PublishedCatalogue): boolean {
  const path = catalogueFile(dataDir);
  if (!existsSync(path) || !existsSync(notePath(dataDir))) {
    return false;
  }
  const expected = JSON.stringify({ sha256, ...identityOf(path) });
  return readFileSync(notePath(dataDir), "utf8") === expected;
}

/** The same before and after a file is renamed. */
function identityOf(path: string) {
  const { ino, size, mtimeMs } = statSync(path);
  return { ino, size, mtimeMs };
}

function notePath(dataDir: string): string {
  return join(dataDir, "fetched-catalogue.json");
}
