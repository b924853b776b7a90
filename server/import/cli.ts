/**
 * `npm run import -- <files, folders or URLs>`: Open Library dumps → the catalogue in BOOKFINDER_DATA.
 * Called again after an interruption it continues.
 */
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { importCatalogue } from "./import-catalogue.ts";
import { ImportError } from "./import-error.ts";
import type { ImportOptions } from "./import-options.ts";
import { ProgressPrinter, reportLines } from "./progress-lines.ts";

const usage = `Usage: npm run import -- [options] <files, folders or URLs>

Reads Open Library dumps (works, editions, authors, redirects, deletes, ratings, reading log; plain
or .gz) and replaces the catalogue in the folder that BOOKFINDER_DATA names (default: data).
An interrupted import continues when the same command is given again.

  --check            judge the files, write nothing
  --source <text>    where the books are from; by default told from the file names
  --force            accept the result even if it lost more than a tenth of the books
  --workers <n>      threads that read and join; default: one per processor`;

process.exitCode = await main(startCommand(process, readOptions));

async function main(options: ImportOptions): Promise<number> {
  const printer = new ProgressPrinter(
    (text) => process.stderr.write(text),
    process.stderr.isTTY === true,
    () => performance.now(),
  );
  try {
    const { report, catalogueFile } = await importCatalogue({
      ...options,
      onProgress: (progress) => printer.show(progress),
    });
    printer.end();
    process.stdout.write(`${reportLines(report).join("\n")}\n`);
    const done = options.checkOnly === true ? "Nothing was written (--check)." : catalogueFile;
    process.stdout.write(`${done}\n`);
    return 0;
  } catch (error) {
    printer.end();
    if (!(error instanceof ImportError)) {
      throw error;
    }
    process.stderr.write(`Import refused: ${error.message}\nThe present catalogue stays.\n`);
    return 1;
  }
}

function readOptions(args: readonly string[]): ImportOptions {
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
    inputs: positionals,
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    checkOnly: check,
    force,
    ...(source === undefined ? {} : { source }),
    ...(workers === undefined ? {} : { workers: wholeNumber("--workers", workers, 0, 64) }),
  };
}
