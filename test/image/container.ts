/**
 * A container without a container engine: a file system of its own, in which the programs of this
 * machine stand for those of the base image. Needs root and Linux's mount namespaces.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, matchesGlob, normalize } from "node:path";
import { root, tracked } from "../source-tree.ts";
import type { Stage } from "./dockerfile.ts";

export const canMount: boolean =
  process.getuid?.() === 0 && spawnSync("unshare", ["--mount", "true"]).status === 0;

const nodeFolder = dirname(process.execPath);

/** Folders of the base image; a link stays one. Then what the caller mounts, then the command. */
const enter = `
set -e
root=$1; mode=$2; data=$3; shift 3
mount --bind "$root" "$root"
for folder in usr bin sbin lib lib64 etc dev proc; do
  if [ -L "/$folder" ]; then [ -e "$root/$folder" ] || cp -P "/$folder" "$root/$folder"
  elif [ -d "/$folder" ]; then mkdir -p "$root/$folder"; mount --rbind "/$folder" "$root/$folder"; fi
done
mkdir -p "$root/opt/node" "$root/tmp"
mount --bind "${nodeFolder}" "$root/opt/node"
mount -t tmpfs tmpfs "$root/tmp"
if [ "$mode" = build ]; then
  mkdir -p "$root$HOME"; mount --bind "$HOME" "$root$HOME"
  exec chroot "$root" "$@"
fi
mount --bind "$data" "$root/data"
mount -o remount,bind,ro "$root"
exec chroot "$root" setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs "$@"
`;
const path = "/opt/node:/usr/local/bin:/usr/bin:/bin";

/** Runs a stage's instructions one by one, in a folder that is its root. */
export function buildStage(stage: Stage, folder: string, stageFolders: Map<string, string>): void {
  mkdirSync(folder, { recursive: true });
  let workdir = "/";
  for (const { name, text } of stage.instructions) {
    if (name === "WORKDIR") {
      workdir = text;
      mkdirSync(join(folder, workdir), { recursive: true });
    } else if (name === "COPY") {
      copy(text, join(folder, workdir), stageFolders);
    } else if (name === "RUN") {
      const command = ["env", `PATH=${path}`, "sh", "-c", `cd ${workdir} && ${text}`];
      execFileSync(
        "unshare",
        ["--mount", "sh", "-c", enter, "sh", folder, "build", "", ...command],
        {
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
    }
  }
}

/** What starts a command in an image: as its user, without root's rights, on a file system to be read. */
export function containerCommand(
  folder: string,
  data: string,
  environment: Readonly<Record<string, string>>,
  command: readonly string[],
): string[] {
  const variables = Object.entries({ ...environment, PATH: path }).map((pair) => pair.join("="));
  const inside = ["env", "-i", "-C", "/app", ...variables, ...command];
  return ["unshare", "--mount", "sh", "-c", enter, "sh", folder, "run", data, ...inside];
}

/** `COPY [--from=stage] source… target`; a target with a slash at its end is a folder to copy into. */
function copy(text: string, workdir: string, stageFolders: Map<string, string>): void {
  const words = text.split(" ").filter((word) => word !== "");
  const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
  const [target = "", ...sources] = words.filter((word) => !word.startsWith("--")).toReversed();
  for (const source of sources) {
    const into = target.endsWith("/")
      ? join(workdir, target, source.split("/").at(-1) ?? "")
      : join(workdir, target);
    if (from !== undefined) {
      mkdirSync(dirname(into), { recursive: true });
      execFileSync("cp", ["-a", join(stageFolders.get(from) ?? "", source), into]);
      continue;
    }
    const files = contextFiles.filter((file) => file === source || file.startsWith(`${source}/`));
    if (files.length === 0) {
      throw new Error(`COPY ${source}: .dockerignore leaves nothing of it.`);
    }
    for (const file of files) {
      cpSync(join(root, file), normalize(join(into, file.slice(source.length))));
    }
  }
}

const patterns = readFileSync(join(root, ".dockerignore"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** Files that a build gets to see; the last pattern that matches a path or a folder above it counts. */
export const contextFiles: readonly string[] = tracked.filter((file) => {
  const parts = file.split("/");
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  const deciding = patterns.findLast((pattern) =>
    // Unlike Node's, Docker's "*" matches names that begin with a dot.
    paths.some((each) => pattern === "*" || matchesGlob(each, pattern.replace(/^!/, ""))),
  );
  return (
    (deciding === undefined || deciding.startsWith("!")) && statSync(join(root, file)).isFile()
  );
});
