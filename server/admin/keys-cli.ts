/** `npm run keys -- <command>`: API keys and client certificates of BOOKFINDER_DATA. */
import { runCommand } from "#server/command-line.ts";
import { readCluster, runAccountCommand } from "./account-commands.ts";
import { keysCommands, keysUsage } from "./keys.ts";

await runCommand(process, (args) =>
  runAccountCommand(args, keysUsage, keysCommands, {
    dataDir: process.env["BOOKFINDER_DATA"] || "data",
    cluster: readCluster(process.env["BOOKFINDER_CATALOG"]),
    write: (text) => process.stdout.write(text),
    writeNote: (text) => process.stderr.write(text),
  }),
);
