/**
 * OpenSearch, out of Maven Central: no container engine and no other download is needed. The artifact
 * is the one that OpenSearch builds for its own integration tests: the whole server (Apache-2.0) without
 * the security plugin, so it belongs on a loopback address only.
 */

import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ClusterError } from "./cluster-error.ts";
import { runMaven } from "./maven.ts";
import { addModules } from "./modules.ts";

/** What is used; each other module costs processor time at every start, and disk. */
const usedModules = [
  "analysis-common",
  "lang-painless",
  "mapper-extras",
  "reindex",
  "transport-netty4",
];

/**
 * The folder with the unpacked distribution, fetched if it isn't there yet.
 * @throws {ClusterError} if it can't be fetched.
 */
export async function provideDistribution(version: string, cacheDir: string): Promise<string> {
  const home = join(cacheDir, `opensearch-${version}`);
  if (existsSync(home)) {
    return home;
  }
  await mkdir(cacheDir, { recursive: true });
  const building = await mkdtemp(join(cacheDir, "fetching-"));
  try {
    const artifact = `org.opensearch.distribution.integ-test-zip:opensearch:${version}:zip`;
    await runMaven("unpack", [`-Dartifact=${artifact}`, `-DoutputDirectory=${building}`]);
    const unpacked = join(building, `opensearch-${version}`);
    if (!existsSync(join(unpacked, "bin/opensearch"))) {
      throw new ClusterError(`${artifact} holds no server; is it the artifact that it was?`);
    }
    await makeExecutable(join(unpacked, "bin"));
    // Before 3.5.0 the artifact has only the transport; the others are artifacts of their own.
    if (!existsSync(join(unpacked, "modules/analysis-common"))) {
      await addModules(unpacked, version);
    }
    await removeOtherModules(join(unpacked, "modules"));
    await moveInto(unpacked, home);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return home;
}

async function makeExecutable(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    await chmod(join(folder, name), 0o755);
  }
}

async function removeOtherModules(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!usedModules.includes(name)) {
      await rm(join(folder, name), { recursive: true });
    }
  }
}

/** Another process may have fetched it meanwhile; then its folder is as good. */
async function moveInto(unpacked: string, home: string): Promise<void> {
  try {
    await rename(unpacked, home);
  } catch (error) {
    if (!existsSync(home)) {
      throw error;
    }
  }
}
