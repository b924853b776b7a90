/** `npm run keys -- <command>`: API keys and client certificates of BOOKFINDER_DATA. */
import { runCommand } from "#server/command-line.ts";
import { runAccountCommand } from "./account-commands.ts";
import { keysCommands, keysUsage } from "./keys.ts";

await runCommand(process, (args) =>
  runAccountCommand(args, keysUsage, keysCommands, {
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    write: (text) => process.stdout.write(text),
    writeNote: (text) => process.stderr.write(text),
  }),
);
