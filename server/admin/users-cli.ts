/** `npm run users -- <command>`: the accounts of BOOKFINDER_DATA. */
import { readFileSync } from "node:fs";
import { runCommand, UsageError } from "./command-line.ts";
import { usersCommands, usersUsage } from "./users.ts";

const commands = usersCommands((path) => {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new UsageError(
      `the password can't be read: ${error instanceof Error ? error.message : error}`,
    );
  }
});

process.exitCode = await runCommand(process.argv.slice(2), usersUsage, commands, {
  dataDir: process.env["BOOKFINDER_DATA"] || "data",
  write: (text) => process.stdout.write(text),
  writeNote: (text) => process.stderr.write(text),
});
