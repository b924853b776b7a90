/** The repository's own files and which of them import which; read once for the house rules. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

export const root: string = join(import.meta.dirname, "..");

/** Paths of all files that are in git or would be added. */
export const tracked: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard"],
  { cwd: root, maxBuffer: 64 << 20 },
)
  .toString()
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)));

/** What is written by hand: code and style sheets. */
export const sources: readonly string[] = tracked.filter(
  (path) => /\.(ts|tsx|css)$/.test(path) && !path.startsWith("proto/gen/"),
);

export const code: readonly string[] = sources.filter((path) => !path.endsWith(".css"));

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A test, or what only tests use. */
export function isTestCode(path: string): boolean {
  return /\.test\.tsx?$|^test\/|\/testing\/|^web\/e2e\//.test(path);
}

const importing = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
const starting = /(?:new URL\(|join\(import\.meta\.dirname, )"([\w./-]+\.ts)"/g;

/** Repository paths that a file imports; packages are left out. */
function importsOf(path: string): string[] {
  return [...read(path).matchAll(importing)].flatMap(([, specifier = ""]) => {
    if (specifier.startsWith("#")) {
      return [specifier.replace(/^#proto\//, "proto/gen/").replace(/^#/, "")];
    }
    return specifier.startsWith(".") ? [besides(path, specifier)] : [];
  });
}

/** Files that a file starts as workers or processes. */
function workersOf(path: string): string[] {
  return [...read(path).matchAll(starting)].map(([, name = ""]) => besides(path, name));
}

function besides(path: string, relativePath: string): string {
  return relative(root, normalize(join(root, dirname(path), relativePath)));
}

/** What each file of the code imports. */
export const importGraph: ReadonlyMap<string, readonly string[]> = new Map(
  code.map((path) => [path, importsOf(path)]),
);

const workers = new Map(code.map((path) => [path, workersOf(path)]));

/** Everything that files import, directly or not; without themselves, if no circle leads back. */
export function importedBy(paths: readonly string[]): Set<string> {
  const reached = new Set(paths.flatMap((path) => importGraph.get(path) ?? []));
  for (const path of reached) {
    for (const target of importGraph.get(path) ?? []) {
      reached.add(target);
    }
  }
  return reached;
}

/** Everything that runs when files are started: themselves, what they import, their workers. */
export function startedBy(paths: readonly string[]): Set<string> {
  const reached = new Set(paths);
  for (const path of reached) {
    for (const target of [...(importGraph.get(path) ?? []), ...(workers.get(path) ?? [])]) {
      reached.add(target);
    }
  }
  return reached;
}
