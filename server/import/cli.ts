/**
 * `npm run import -- <files, folders or URLs>`: Open Library dumps → the catalogue in BOOKFINDER_DATA.
 * Called again after an interruption it continues.
 */
import { parseCommandLine, startCommand, UsageError, wholeNumber } from "#server/command-line.ts";
import { SharedDatabaseError } from "#server/database/transactions.ts";
import { ConflictStore } from "#server/edits/conflict-store.ts";
import type { EditConflict } from "#server/edits/edit.ts";
import { editsFile, openEditDatabase } from "#server/edits/edit-database.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import {
  type ClusterAddress,
  ClusterAddressError,
  parseClusterAddress,
} from "#server/opensearch/cluster-address.ts";
import { operatorMessage } from "#server/opensearch/cluster-errors.ts";
import { loadCatalogue } from "#server/opensearch/load-catalogue.ts";
import { LoadError } from "#server/opensearch/load-error.ts";
import { type SharedDatabase, shareDatabase } from "#server/opensearch/shared-database.ts";
import { importCatalogue } from "./import-catalogue.ts";
import { ImportError } from "./import-error.ts";
import type { ImportOptions, ImportResult } from "./import-options.ts";
import { ProgressPrinter, reportLines } from "./progress-lines.ts";

const usage = `Usage: npm run import -- [options] <files, folders or URLs>

Reads Open Library dumps (works, editions, authors, redirects, deletes, ratings, reading log; plain
or .gz) and replaces the catalogue in the folder that BOOKFINDER_DATA names (default: data).
An interrupted import continues when the same command is given again.
Where BOOKFINDER_CATALOG names a cluster, the catalogue is put into it as well, and served there once
it is proven; the one before stays there, too.

  --check            judge the files, write nothing
  --source <text>    where the books are from; by default told from the file names
  --force            accept the result even if it lost more than a tenth of the books
  --workers <n>      threads that read and join; default: one per processor`;

const { address, ...importOptions } = startCommand(process, readOptions);
/** Progress is told so often. */
const TELL_MS = 5_000;

process.exitCode = await main(importOptions, address);

async function main(options: ImportOptions, cluster: ClusterAddress | undefined): Promise<number> {
  const printer = new ProgressPrinter(
    (text) => process.stderr.write(text),
    process.stderr.isTTY === true,
    () => performance.now(),
  );
  try {
    await using shared =
      cluster === undefined || options.checkOnly === true
        ? undefined
        : await shareDatabase(openEditDatabase(editsFile(options.dataDir)), cluster, "edits");
    using _database = shared && closing(shared);
    const tell = ({ report, catalogueFile }: ImportResult) => {
      printer.end();
      process.stdout.write(`${reportLines(report).join("\n")}\n`);
      const done = options.checkOnly === true ? "Nothing was written (--check)." : catalogueFile;
      process.stdout.write(`${done}\n`);
    };
    const result = await importCatalogue({
      ...options,
      noteConflicts: shared && ((conflicts) => noteConflicts(shared, conflicts)),
      onProgress: (progress) => printer.show(progress),
      afterSwap:
        cluster &&
        (async (built) => {
          tell(built);
          await putIntoCluster(cluster, built.catalogueFile, options.force === true);
        }),
    });
    if (shared === undefined) {
      tell(result);
    }
    return 0;
  } catch (error) {
    printer.end();
    const message = operatorMessage(error);
    if (message !== undefined) {
      process.stderr.write(`${message}\nThe same command continues.\n`);
      return 1;
    }
    const isRefusal = [ImportError, LoadError, SharedDatabaseError].some(
      (expected) => error instanceof expected,
    );
    if (!(isRefusal && error instanceof Error)) {
      throw error;
    }
    process.stderr.write(`Import refused: ${error.message}\nThe present catalogue stays.\n`);
    return 1;
  }
}

function closing({ database }: SharedDatabase): Disposable {
  return { [Symbol.dispose]: () => database.close() };
}

function noteConflicts(
  { database, transactions }: SharedDatabase,
  conflicts: readonly EditConflict[],
): Promise<void> {
  return transactions.run(() => new ConflictStore(database).replace(conflicts));
}

async function putIntoCluster(
  address: ClusterAddress,
  path: string,
  force: boolean,
): Promise<void> {
  await using cluster = new Cluster(address, PATIENT_MS);
  const begin = performance.now();
  let told = begin;
  const { workCount, written, refused } = await loadCatalogue({
    cluster,
    name: address.name,
    path,
    force,
    onProgress({ stage, done, total }) {
      if (performance.now() - told > TELL_MS) {
        told = performance.now();
        process.stderr.write(`cluster: ${stage} ${done} of ${total}\n`);
      }
    },
  });
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(
    `The cluster serves ${workCount.toLocaleString("en")} books as "${address.name}": ` +
      `${written} documents written in ${seconds} s, ${refused} sent again when it was busy.\n`,
  );
}

function readOptions(
  args: readonly string[],
): ImportOptions & { address: ClusterAddress | undefined } {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      check: { type: "boolean", default: false },
      source: { type: "string" },
      force: { type: "boolean", default: false },
      workers: { type: "string" },
    },
    positionals: [1, 10_000],
  });
  const { check, force, source, workers } = values;
  return {
    address: readAddress(process.env["BOOKFINDER_CATALOG"] ?? ""),
    inputs: positionals,
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    checkOnly: check,
    force,
    ...(source === undefined ? {} : { source }),
    ...(workers === undefined ? {} : { workers: wholeNumber("--workers", workers, 0, 64) }),
  };
}

function readAddress(text: string): ClusterAddress | undefined {
  try {
    return text === "" ? undefined : parseClusterAddress(text);
  } catch (error) {
    throw error instanceof ClusterAddressError ? new UsageError(error.message) : error;
  }
}
