/** `npm run catalog -- <command>`: looks after the catalogue in BOOKFINDER_DATA. */

import { ImportError } from "#server/import/import-error.ts";
import { backUp, compact, conflicts, edit, status, verify } from "./catalog-commands.ts";

const usage = `Usage: npm run catalog -- <command>

  status                       what is in the catalogue, from which dump, how large
  verify                       check the file and ask it sample questions
  compact                      rewrite the file without unused space
  backup <file>                copy catalogue, edits and accounts while in use
  edit books/<key> field="…"   correct a book; survives imports; found from the next one on
  conflicts                    edits that the last import disagrees with

The folder is named by BOOKFINDER_DATA (default: data).
`;

process.exitCode = await main(process.argv.slice(2));

async function main([command = "", ...args]: string[]): Promise<number> {
  const dataDir = process.env["BOOKFINDER_DATA"] || "data";
  try {
    const lines = await run(command, args, dataDir);
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function run(command: string, args: string[], dataDir: string): Promise<string[]> {
  switch (command) {
    case "status":
      return await status(dataDir);
    case "verify":
      return await verify(dataDir);
    case "compact":
      return await compact(dataDir);
    case "backup":
      return await backUp(dataDir, args[0]);
    case "edit":
      return await edit(dataDir, args);
    case "conflicts":
      return conflicts(dataDir);
    case "":
    case "help":
    case "--help":
      return [usage.trimEnd()];
    default:
      throw new ImportError(`"${command}" is no command.\n\n${usage}`);
  }
}
