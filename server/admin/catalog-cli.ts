/** `npm run catalog -- <command>`: looks after the catalogue in BOOKFINDER_DATA. */

import { parseCommandLine, startCommand, UsageError } from "#server/command-line.ts";
import { ImportError } from "#server/import/import-error.ts";
import { backUp, compact, conflicts, edit, status, verify } from "./catalog-commands.ts";

const usage = `Usage: npm run catalog -- <command>

  status                       what is in the catalogue, from which dump, how large
  verify                       check the file and ask it sample questions
  compact                      rewrite the file without unused space
  backup <file>                copy catalogue, edits and accounts while in use
  edit books/<key> field="…"   correct a book; survives imports; found from the next one on
  conflicts                    edits that the last import disagrees with

The folder is named by BOOKFINDER_DATA (default: data).`;

type Command = (dataDir: string, args: string[]) => string[] | Promise<string[]>;

const commands = new Map<string, Command>([
  ["status", status],
  ["verify", verify],
  ["compact", compact],
  ["backup", (dataDir, args) => backUp(dataDir, args[0])],
  ["edit", edit],
  ["conflicts", conflicts],
]);

process.exitCode = await main(startCommand(process, readCommand));

function readCommand(args: readonly string[]) {
  const { positionals } = parseCommandLine(args, { usage, positionals: [1, 100] });
  const [name = "", ...rest] = positionals;
  const run = commands.get(name);
  if (run === undefined) {
    throw new UsageError(`"${name}" is no command; there are ${[...commands.keys()].join(", ")}.`);
  }
  return { run, args: rest };
}

async function main({ run, args }: ReturnType<typeof readCommand>): Promise<number> {
  try {
    const lines = await run(process.env["BOOKFINDER_DATA"] || "data", args);
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ImportError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
