/** `npm run keys -- <command>`: API keys and client certificates of BOOKFINDER_DATA. */
import { runCommand } from "./command-line.ts";
import { keysCommands, keysUsage } from "./keys.ts";

process.exitCode = await runCommand(process.argv.slice(2), keysUsage, keysCommands, {
  dataDir: process.env["BOOKFINDER_DATA"] || "data",
  write: (text) => process.stdout.write(text),
  writeNote: (text) => process.stderr.write(text),
});
