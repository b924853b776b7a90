/** Runs the server and the page for developers: both reload on change, and end together. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: npm run dev

Runs the server (http://localhost:8080) and the page (http://localhost:5173) for developers. Both reload
on change and end together. The server is configured as ever: see .env.example.`;

startCommand(process, (args) => parseCommandLine(args, { usage }));

const root = join(import.meta.dirname, "..");
const children: ChildProcess[] = [];

function start(args: string[]): void {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  children.push(child);
  child.once("exit", () => {
    for (const other of children) {
      other.kill("SIGTERM");
    }
  });
}

start(["--watch-path=server", "--watch-path=proto/gen", "server/main.ts"]);
start(["node_modules/vite/bin/vite.js"]);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of children) {
      child.kill(signal);
    }
  });
}
