/** `npm run catalog -- publish FOLDER`: the catalogue, for servers that only read. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { swapIn } from "#server/catalog-file/swap-in.ts";
import { editsFile, hasEdits, openEditDatabase } from "#server/edits/edit-database.ts";
import { WrittenStore } from "#server/edits/written-store.ts";
import { lockImport } from "#server/import/files/import-lock.ts";
import { ImportError } from "#server/import/import-error.ts";
import { isUrl } from "#server/import/inputs/download.ts";
import { bytes, whole } from "#server/import/progress-lines.ts";
import { writeDurably } from "#server/import/whole-files.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";
import { presentFile } from "./catalog-commands.ts";
import {
  manifestName,
  type PublishedCatalogue,
  parseManifest,
  publishedFileName,
  publishedFilePattern,
  sha256Of,
} from "./published-catalogue.ts";

/**
 * Copies the catalogue into a folder that a web server, an object store or a shared disk hands out.
 * The catalogue before it stays beside it for those who are fetching it; older ones are deleted.
 *
 * @throws {ImportError} when there is no catalogue, or no folder to write to.
 */
export async function publish(
  dataDir: string,
  folder: string | undefined,
  now: Date = new Date(),
): Promise<string[]> {
  if (folder === undefined || isUrl(folder)) {
    throw new ImportError(
      "publish writes into a folder, e.g. publish /srv/catalogue; let a web server hand it out, " +
        "or copy it to an object store, the manifest last",
    );
  }
  const path = presentFile(dataDir);
  await mkdir(folder, { recursive: true });
  using _lock = lockImport(join(folder, "publish.lock"));
  const copy = join(folder, "publishing.db");
  rmSync(copy, { force: true });
  // One call, so that an import's swap can't come between; instant where the disk shares blocks.
  await copyFile(path, copy);
  const published = await describe(copy, now);
  const previous = presentManifest(folder);
  swapIn(copy, join(folder, published.file));
  writeDurably(
    join(folder, manifestName),
    Buffer.from(`${JSON.stringify(published, undefined, 2)}\n`),
  );
  removeOthers(folder, [published.file, previous?.file ?? ""]);
  return [
    `${join(folder, manifestName)}: revision ${published.revision}, ` +
      `${whole(published.workCount)} books, ${bytes(published.sizeBytes)}`,
    ...unpublished(dataDir),
  ];
}

/** What was written since the last import lies in another file, which readers don't have. */
function unpublished(dataDir: string): string[] {
  if (!hasEdits(dataDir)) {
    return [];
  }
  using database = openEditDatabase(editsFile(dataDir));
  return new WrittenStore(database).isEmpty()
    ? []
    : ["What was written here since the last import is not in it: import again, then publish."];
}

async function describe(path: string, now: Date): Promise<PublishedCatalogue> {
  await using catalog = openSqliteCatalog(path);
  const { revision, source, workCount } = await catalog.info();
  const sha256 = await sha256Of(path);
  return {
    file: publishedFileName(sha256),
    sizeBytes: statSync(path).size,
    sha256,
    formatVersion: FORMAT_VERSION,
    revision,
    source,
    workCount,
    publishTime: now.toISOString(),
  };
}

function presentManifest(folder: string): PublishedCatalogue | undefined {
  const path = join(folder, manifestName);
  return existsSync(path) ? parseManifest(readFileSync(path, "utf8"), path) : undefined;
}

/** Files of other formats have manifests of their own, which name them. */
function removeOthers(folder: string, kept: readonly string[]): void {
  const names = readdirSync(folder);
  const manifests = names.filter((name) => /^catalogue-format-\d+\.json$/.test(name));
  const named = manifests.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  for (const name of names) {
    if (publishedFilePattern.test(name) && !kept.includes(name) && !named.includes(name)) {
      rmSync(join(folder, name));
    }
  }
}
