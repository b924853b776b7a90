import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterError } from "./cluster-error.ts";

const plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";
const fetchTimeoutMs = 10 * 60_000;

/**
 * Runs a goal of Maven's dependency plugin, which keeps what it fetches in the user's own repository.
 * @throws {ClusterError} if there is no Maven, or it fails.
 */
export async function runMaven(goal: string, args: readonly string[]): Promise<void> {
  // "unpack" notes what it has unpacked in ./target and would skip it another time.
  const scratch = await mkdtemp(join(tmpdir(), "bookfinder-maven-"));
  try {
    await new Promise<void>((resolve, reject) => {
      execFile(
        "mvn",
        ["-B", "-q", "-ntp", "-Dstyle.color=never", `${plugin}:${goal}`, ...args],
        { cwd: scratch, timeout: fetchTimeoutMs, maxBuffer: 16 << 20 },
        (error, out, text) => (error ? reject(explain(error, out + text)) : resolve()),
      );
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function explain(error: Error, output: string): ClusterError {
  if ("code" in error && error.code === "ENOENT") {
    return new ClusterError(
      "OpenSearch is fetched with Maven, and there is no `mvn`. Install it (Debian, Ubuntu: " +
        "apt-get install maven; macOS: brew install maven). With containers, compose.cluster.yaml " +
        "needs no Maven.",
    );
  }
  const lines = output.split("\n").filter((line) => line.includes("ERROR"));
  return new ClusterError(
    `Maven could not fetch OpenSearch:\n${lines.slice(0, 5).join("\n") || error.message}`,
  );
}
