import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { TestInfo } from "@playwright/test";

const root = join(import.meta.dirname, "../..");
/** Where the server of all tests keeps its catalogue (playwright.config.ts). */
const catalogue = join(root, "test-results/e2e/data/catalogue.db");

/** A server of one test's own, which it may kill and start again at the same address. */
export class OwnServer implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #dataDir: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, dataDir: string) {
    this.#port = port;
    this.#dataDir = dataDir;
    this.url = `http://localhost:${port}`;
  }

  static async start(testInfo: TestInfo): Promise<OwnServer> {
    const dataDir = testInfo.outputPath("data");
    await mkdir(dataDir, { recursive: true });
    await copyFile(catalogue, join(dataDir, "catalogue.db"));
    const server = new OwnServer(await freePort(), dataDir);
    await server.startAgain();
    return server;
  }

  /** Comes back when it answers. */
  async startAgain(): Promise<void> {
    const child = spawn("node", ["server/main.ts"], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(this.#port),
        BOOKFINDER_DATA: this.#dataDir,
        BOOKFINDER_WORKERS: "1",
        BOOKFINDER_CACHE_SECONDS: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    const isOver = once(child, "exit").then(([code]) => {
      throw new Error(`The server has ended with ${code}`);
    });
    // Only of interest until it answers.
    isOver.catch(() => undefined);
    await Promise.race([isOver, this.#answers(child)]);
  }

  /** Without a word to anybody, as when a machine fails. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) {
      return;
    }
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  /** It says so in its log; reading that on keeps the pipe from filling. */
  async #answers(child: ChildProcess): Promise<void> {
    await new Promise<void>((resolve) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        if (chunk.includes(`:${this.#port}`)) {
          resolve();
        }
      });
    });
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "localhost");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") {
    throw new Error("A server on a port has no port");
  }
  return address.port;
}
