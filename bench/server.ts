/** A server for callers of a bench, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** @param settings of the environment, beside the folder of the catalogue. */
export async function startServer(
  data: string,
  settings: Record<string, string>,
): Promise<{ child: ChildProcess; port: number }> {
  const main = join(import.meta.dirname, "../server/main.ts");
  const server = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: data,
      BOOKFINDER_LOG_LEVEL: "error",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.setEncoding("utf8").on("data", (text: string) => {
      const found = /BookFinder is ready: (\S+)/.exec(text)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    server.once("close", (code) => reject(new Error(`The server ended with ${code}`)));
  });
  return { child: server, port: Number(new URL(url).port) };
}
