/** One node's process: started, found again by another command, stopped, killed, frozen. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";

/** A node closes its indexes first; on a busy machine that takes seconds. */
const stopLimitMs = 30_000;

/** Starts a node, which goes on when this process ends. */
export function startProcess(folder: string, home: string, javaHome: string): void {
  const log = openSync(join(folder, "logs/console.log"), "w");
  // The server refuses to run as root.
  const [program = "", ...args] = [...unprivileged(folder), join(home, "bin/opensearch")];
  const child = spawn(program, args, {
    // Its Java agent is named by a path from here.
    cwd: home,
    detached: true,
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      JAVA_TOOL_OPTIONS: undefined,
      OPENSEARCH_JAVA_OPTS: undefined,
      OPENSEARCH_JAVA_HOME: javaHome,
      OPENSEARCH_PATH_CONF: join(folder, "config"),
      OPENSEARCH_TMPDIR: join(folder, "tmp"),
    },
  });
  closeSync(log);
  // Whatever keeps it from starting is in its log, or shows as a node that isn't there.
  child.on("error", () => {});
  child.unref();
  writeFileSync(pidFile(folder), `${child.pid}\n`);
}

/** The process of the node in this folder, if it runs. */
export function findProcess(folder: string): number | undefined {
  if (!existsSync(pidFile(folder))) {
    return undefined;
  }
  const pid = Number(readFileSync(pidFile(folder), "utf8"));
  // The number may belong to another program by now.
  const command = commandOf(pid);
  return command.includes("bin/opensearch") || command.includes(join(folder, "config"))
    ? pid
    : undefined;
}

export function signalProcess(folder: string, signal: NodeJS.Signals): void {
  const pid = findProcess(folder);
  if (pid === undefined) {
    throw new ClusterError(`The node in ${folder} does not run.`);
  }
  process.kill(pid, signal);
}

/** Ends the node's process, if it runs; first by asking. */
export async function stopProcess(folder: string): Promise<void> {
  const pid = findProcess(folder);
  if (pid !== undefined) {
    process.kill(pid, "SIGTERM");
    // A frozen one gets the signal when it goes on.
    process.kill(pid, "SIGCONT");
    if (!(await hasEnded(folder))) {
      process.kill(pid, "SIGKILL");
      await hasEnded(folder);
    }
  }
  rmSync(pidFile(folder), { force: true });
}

/** True as soon as the node's process is gone; false if it stays. */
export async function hasEnded(folder: string): Promise<boolean> {
  const endMs = performance.now() + stopLimitMs;
  while (findProcess(folder) !== undefined) {
    if (performance.now() > endMs) {
      return false;
    }
    await sleep(100);
  }
  return true;
}

/** The last lines that a node wrote to its console. */
export function consoleTail(folder: string): string {
  const path = join(folder, "logs/console.log");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(-20).join("\n") : "";
}

/** The command line of a process; empty if there is none. */
function commandOf(pid: number): string {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
    return stdout.toString();
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** What a command begins with to run without root's rights: nothing, where we have none. */
function unprivileged(folder: string): string[] {
  if (process.getuid?.() !== 0) {
    return [];
  }
  // In a user namespace we are somebody else for ourselves; it takes no account, and files stay ours.
  const namespace = ["unshare", "-U", "--map-user=1000", "--map-group=1000"];
  const [program = "", ...args] = [...namespace, "true"];
  if (spawnSync(program, args).status === 0) {
    return namespace;
  }
  const nobody = "65534";
  execFileSync("chown", ["-R", `${nobody}:${nobody}`, folder]);
  return ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
}

function pidFile(folder: string): string {
  return join(folder, "pid");
}
