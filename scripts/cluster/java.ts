/** Finds a Java runtime and chooses the version of OpenSearch that runs on it. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ClusterError } from "./cluster-error.ts";

export type Java = { home: string; major: number };

/** Newest first. Each is one artifact of Maven Central; 3.8.0 is the last that has it. */
const releases = [
  { version: "3.8.0", leastJava: 21, mostJava: 99 },
  // Its security manager is gone from Java 24 on, and it was tested up to 21.
  { version: "2.19.6", leastJava: 17, mostJava: 21 },
] as const;

/** A version of OpenSearch and the Java that runs it. */
export type Runtime = { version: string; java: Java };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The newest version that a Java of this machine runs, or the one that is asked for.
 * @throws {ClusterError} if there is none, with what to install.
 */
export async function chooseRuntime(
  environment: Environment,
  wantedVersion?: string,
): Promise<Runtime> {
  const found = await Promise.all(javaHomes(environment).map(inspectJava));
  return matchRuntime(
    found.filter((java) => java !== undefined),
    wantedVersion,
  );
}

/** @throws {ClusterError} if no version fits. */
export function matchRuntime(javas: readonly Java[], wantedVersion?: string): Runtime {
  const wanted = releases.filter(({ version }) => version === (wantedVersion ?? version));
  if (wanted.length === 0) {
    const known = releases.map(({ version }) => version).join(", ");
    throw new ClusterError(`OpenSearch ${wantedVersion} is not known here; there are ${known}.`);
  }
  for (const { version, leastJava, mostJava } of wanted) {
    const java = javas
      .filter(({ major }) => major >= leastJava && major <= mostJava)
      .toSorted((a, b) => b.major - a.major)[0];
    if (java !== undefined) {
      return { version, java };
    }
  }
  const needs = wanted
    .map(({ version, leastJava, mostJava }) =>
      mostJava === 99
        ? `${version} needs Java ${leastJava} or newer`
        : `${version} needs Java ${leastJava} to ${mostJava}`,
    )
    .join(", ");
  const there = javas.map(({ home, major }) => `${major} in ${home}`).join(", ") || "none";
  throw new ClusterError(
    `OpenSearch ${needs}; found: ${there}. Install one (Debian, Ubuntu: ` +
      "apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@21) or set " +
      "OPENSEARCH_JAVA_HOME to its folder. With containers, compose.cluster.yaml needs no Java.",
  );
}

/** Folders that may hold a Java, the named ones first. */
function javaHomes(environment: Environment): string[] {
  const named = [environment["OPENSEARCH_JAVA_HOME"], environment["JAVA_HOME"]];
  const onPath = (environment["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "java"))
    .filter((path) => existsSync(path))
    .map((path) => dirname(dirname(realpathSync(path))));
  const installed = [
    ...foldersIn("/usr/lib/jvm"),
    ...foldersIn("/Library/Java/JavaVirtualMachines").map((path) => join(path, "Contents/Home")),
  ];
  const homes = [...named, ...onPath, ...installed].filter(
    (home) => home !== undefined && existsSync(join(home, "bin/java")),
  );
  return [...new Set(homes.map((home) => realpathSync(home ?? "")))];
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function inspectJava(home: string): Promise<Java | undefined> {
  return new Promise((resolve) => {
    execFile(
      join(home, "bin/java"),
      ["-XshowSettings:properties", "-version"],
      { timeout: 30_000 },
      (error, out, text) => {
        const major = /java\.specification\.version = (\d+)/.exec(out + text)?.[1];
        // A folder with a Java that can't be started is as none.
        resolve(error || major === undefined ? undefined : { home, major: Number(major) });
      },
    );
  });
}
