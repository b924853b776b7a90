/**
 * The shared catalogue as a catalogue file of ours, imported once and kept in .cache/evaluate/. The
 * folder's name has the file format and the input's sizes and times, so a change of either imports
 * anew; a change of the code that folds and indexes text does not, so it is noticed and said.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { UsageError } from "#server/command-line.ts";
import { importCatalogue } from "#server/import/import-catalogue.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";

const root = join(import.meta.dirname, "../..");

/** Dumps, queries and misspellings; no part of the repository. */
export const sharedData: string = process.env["BOOKFINDER_SHARED"] ?? join(root, "../shared/data");

export const evaluateCache: string = join(root, ".cache/evaluate");

/** The path of the catalogue file; imports it if it is not there or `fresh`. */
export async function sharedCatalogue(fresh: boolean): Promise<string> {
  const input = join(sharedData, "catalogue");
  if (!existsSync(input)) {
    throw new UsageError(
      `${input} is not there; name the folder of shared data in BOOKFINDER_SHARED, or a catalogue file with --catalogue.`,
    );
  }
  const dataDir = join(evaluateCache, `format-${FORMAT_VERSION}-${identityOf(input)}`);
  const file = catalogueFile(dataDir);
  if (!fresh && existsSync(file)) {
    if (readFileSync(join(dataDir, "code"), "utf8") !== indexingCode()) {
      console.error("The code that indexes has changed since the import; --fresh imports again.");
    }
    return file;
  }
  // Built aside and moved whole: several evaluations may run at once.
  const building = `${dataDir}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  const begin = performance.now();
  console.error(`Importing ${input} …`);
  const code = indexingCode();
  await importCatalogue({ inputs: [input], dataDir: building });
  writeFileSync(join(building, "code"), code);
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(building, dataDir);
  console.error(`Imported in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
  return file;
}

function identityOf(folder: string): string {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".gz"))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return [name, size, mtimeMs];
    });
  return digest(JSON.stringify(files));
}

/** A digest of the code whose change makes the imported file differ. */
function indexingCode(): string {
  const folders = ["server/sqlite", "server/import", "server/catalog/text", "server/catalog"];
  return digest(
    folders
      .flatMap((folder) =>
        readdirSync(join(root, folder), { withFileTypes: true })
          .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
          .map((entry) => readFileSync(join(root, folder, entry.name), "utf8")),
      )
      .join("\n"),
  );
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
