/** The server as a process of its own, as it is started in earnest. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export type ServerProcess = AsyncDisposable & {
  /** Of the port, e.g. "http://localhost:41231". */
  url: string;
  child: ChildProcess;
  /** Everything that it has printed. */
  output: () => string;
};

/**
 * Starts the server on a free port and waits until it is ready.
 * @param environment - Its settings; nothing is inherited.
 * @param program - What to start it with: Node and its entry file by default.
 * @throws {Error} with what it printed, if it ends instead.
 */
export async function startServerProcess(
  environment: Readonly<Record<string, string>>,
  program: readonly string[] = [process.execPath, join(import.meta.dirname, "../main.ts")],
): Promise<ServerProcess> {
  const [command = "", ...args] = program;
  const child = spawn(command, args, {
    env: { PORT: "0", BOOKFINDER_LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const ready = /BookFinder is ready: (\S+)/.exec(output)?.[1];
        if (ready !== undefined) {
          resolve(ready);
        }
      });
    }
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  return {
    url,
    child,
    output: () => output,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
