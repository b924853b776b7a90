/**
 * `npm run import -- <files, folders or URLs>`: Open Library dumps → the catalogue in BOOKFINDER_DATA.
 * Called again after an interruption it continues.
 */
import { parseArgs } from "node:util";
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
  --workers <n>      threads that read and join; default: one per processor
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const printer = new ProgressPrinter(
    (text) => process.stderr.write(text),
    process.stderr.isTTY === true,
    () => performance.now(),
  );
  try {
    const options = readOptions(args);
    if (options === undefined) {
      process.stdout.write(usage);
      return 0;
    }
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
    if (!(error instanceof ImportError)) throw error;
    process.stderr.write(`Import refused: ${error.message}\nThe present catalogue stays.\n`);
    return 1;
  }
}

function readOptions(args: string[]): ImportOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  if (positionals.length === 0) throw new ImportError(`no files named.\n\n${usage}`);
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 0 && workers <= 64)) {
    throw new ImportError(`--workers must be 0 to 64, not "${values.workers}"`);
  }
  return {
    inputs: positionals,
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    checkOnly: values.check === true,
    force: values.force === true,
    ...(values.source === undefined ? {} : { source: values.source }),
    ...(workers === undefined ? {} : { workers }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        check: { type: "boolean" },
        source: { type: "string" },
        force: { type: "boolean" },
        workers: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new ImportError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
