/** `npm run catalog -- <command>`: looks after the catalogue in BOOKFINDER_DATA. */
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogFolderError, explainDisk } from "#server/catalog-file/open-catalog.ts";
import { parseCommandLine, startCommand, UsageError, wholeNumber } from "#server/command-line.ts";
import { ImportError } from "#server/import/import-error.ts";
import { ProgressPrinter } from "#server/import/progress-lines.ts";
import { operatorMessage } from "#server/opensearch/cluster-errors.ts";
import { RevisionError } from "#server/opensearch/revisions.ts";
import { readCluster } from "./account-commands.ts";
import { backUp, compact, conflicts, edit, status, verify } from "./catalog-commands.ts";
import { detachFromCluster } from "./detach-from-cluster.ts";
import { fetchCatalogue } from "./fetch-catalogue.ts";
import { publish } from "./publish-catalogue.ts";
import { rollBack } from "./roll-back.ts";

const usage = `Usage: npm run catalog -- <command>

  status                       what is in the catalogue, from which dump, how large
  verify                       check the file and ask it sample questions
  compact                      rewrite the file without unused space
  backup <file>                copy catalogue, edits and accounts while in use
  edit books/<key> field="…"   correct a book; survives imports; found from the next one on
  conflicts                    edits that the last import disagrees with
  rollback [revision]          of a cluster: serve the revision before again, or the one that is named
  detach                       go on without the cluster, with the edits and accounts that are here
  publish <folder>             copy the catalogue there, with its checksum, for servers that only read
  fetch <folder or URL>        bring what was published there, unless it is here; while it is served
    --every <seconds>          look again and again, until stopped
    --allow-http               also from another machine without encryption

The folder is named by BOOKFINDER_DATA (default: data).`;

const options = { every: { type: "string" }, "allow-http": { type: "boolean" } } as const;

type Command = (dataDir: string, args: string[]) => string[] | Promise<string[]>;

const dataDir = process.env["BOOKFINDER_DATA"] || "data";
const { run, args, everySeconds, allowsHttp } = startCommand(process, readCommand);
process.exitCode = await main();

function readCommand(given: readonly string[]) {
  const { positionals, values } = parseCommandLine(given, {
    usage,
    options,
    positionals: [1, 100],
  });
  const [name = "", ...args] = positionals;
  const commands: Record<string, Command> = {
    status,
    verify,
    compact,
    backup: (folder, [file]) => backUp(folder, file),
    edit,
    conflicts,
    rollback: (_folder, [revision]) =>
      rollBack(readCluster(process.env["BOOKFINDER_CATALOG"]), revision),
    detach: detachFromCluster,
    publish: (folder, [target]) => publish(folder, target),
    fetch: fetchOnce,
  };
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (run === undefined) {
    throw new UsageError(`"${name}" is no command; there are ${Object.keys(commands).join(", ")}.`);
  }
  const [option] = Object.keys(values);
  if (option !== undefined && name !== "fetch") {
    throw new UsageError(`--${option} is an option of fetch.`);
  }
  const { every, "allow-http": allowsHttp = false } = values;
  const everySeconds = every === undefined ? 0 : wholeNumber("--every", every, 1, 86_400);
  return { run, args, everySeconds, allowsHttp };
}

async function main(): Promise<number> {
  if (everySeconds === 0) {
    return runOnce();
  }
  let told = "";
  /** Whether this was said the last time: a log needs no line for every look. */
  const hasTold = (text: string) => {
    const isSame = text === told;
    told = text;
    return isSame;
  };
  // As the first process of a container it would get no signal that it doesn't ask for.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => process.exit(0));
  }
  for (;;) {
    await runOnce(hasTold);
    await sleep(everySeconds * 1000);
  }
}

async function runOnce(hasTold: (text: string) => boolean = () => false): Promise<number> {
  try {
    const text = `${(await run(dataDir, args)).join("\n")}\n`;
    if (!hasTold(text)) {
      process.stdout.write(text);
    }
    return 0;
  } catch (error) {
    const explained = explainDisk(error, dataDir);
    const isExpected = [ImportError, CatalogFolderError, RevisionError].some(
      (expected) => explained instanceof expected,
    );
    const message =
      isExpected && explained instanceof Error ? explained.message : operatorMessage(error);
    if (message === undefined) {
      throw error;
    }
    process.stderr.write(`${message}\n`);
    return 1;
  }
}

async function fetchOnce(folder: string, [source]: string[]): Promise<string[]> {
  const printer = new ProgressPrinter(
    (text) => process.stderr.write(text),
    process.stderr.isTTY === true,
    () => performance.now(),
  );
  try {
    return await fetchCatalogue(folder, source, {
      allowsHttp,
      onProgress: (progress) => printer.show(progress),
    });
  } finally {
    printer.end();
  }
}
