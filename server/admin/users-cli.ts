/** `npm run users -- <command>`: the accounts of BOOKFINDER_DATA. */
import { readFileSync } from "node:fs";
import { runCommand, UsageError } from "#server/command-line.ts";
import { readCluster, runAccountCommand } from "./account-commands.ts";
import { usersCommands, usersUsage } from "./users.ts";

await runCommand(process, (args) =>
  runAccountCommand(args, usersUsage, usersCommands(readText), {
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    cluster: readCluster(process.env["BOOKFINDER_CATALOG"]),
    write: (text) => process.stdout.write(text),
    writeNote: (text) => process.stderr.write(text),
  }),
);

function readText(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The password can't be read: ${problem}.`);
  }
}
