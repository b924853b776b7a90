/**
 * The modules that OpenSearch 2.x's artifact leaves out, put together from their own artifacts: their
 * jars, a descriptor, and the permissions that 2.x's security manager asks for.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runMaven } from "./maven.ts";

type Module = {
  name: string;
  artifact: string;
  pluginClass: string;
  /** The module whose classes it sees; it must not bring them again. */
  extends?: string;
  permissions?: readonly string[];
};

/** A module follows the one that it extends. */
const modules: readonly Module[] = [
  {
    name: "lang-painless",
    artifact: "lang-painless",
    pluginClass: "org.opensearch.painless.PainlessPlugin",
    permissions: ["createClassLoader", "getClassLoader"],
  },
  {
    name: "analysis-common",
    artifact: "analysis-common",
    pluginClass: "org.opensearch.analysis.common.CommonAnalysisPlugin",
    extends: "lang-painless",
  },
  {
    name: "mapper-extras",
    artifact: "mapper-extras-client",
    pluginClass: "org.opensearch.index.mapper.MapperExtrasPlugin",
  },
  {
    name: "reindex",
    artifact: "reindex-client",
    pluginClass: "org.opensearch.index.reindex.ReindexPlugin",
    permissions: ["getClassLoader"],
  },
];

export async function addModules(home: string, version: string): Promise<void> {
  for (const module of modules) {
    const folder = join(home, "modules", module.name);
    await mkdir(folder, { recursive: true });
    const pom = join(folder, "pom.xml");
    await writeFile(pom, pomOf(module, version));
    await runMaven("copy-dependencies", [
      "-f",
      pom,
      "-DincludeScope=runtime",
      `-DoutputDirectory=${folder}`,
    ]);
    await rm(pom);
    await rm(join(folder, "target"), { recursive: true, force: true });
    await removeDoubleJars(home, folder, module);
    await writeFile(join(folder, "plugin-descriptor.properties"), descriptorOf(module, version));
    if (module.permissions !== undefined) {
      await writeFile(join(folder, "plugin-security.policy"), policyOf(module.permissions));
    }
  }
}

function pomOf({ name, artifact }: Module, version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bookfinder</groupId><artifactId>${name}</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.opensearch.plugin</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
  </dependency></dependencies>
</project>
`;
}

/** A class that is there twice keeps a node from starting. */
async function removeDoubleJars(home: string, folder: string, module: Module): Promise<void> {
  const others = [join(home, "lib")];
  if (module.extends !== undefined) {
    others.push(join(home, "modules", module.extends));
  }
  for (const jar of await readdir(folder)) {
    if (others.some((other) => existsSync(join(other, jar)))) {
      await rm(join(folder, jar));
    }
  }
}

function descriptorOf(module: Module, version: string): string {
  return `description=${module.name}
version=${version}
name=${module.name}
classname=${module.pluginClass}
java.version=11
opensearch.version=${version}
custom.foldername=
extended.plugins=${module.extends ?? ""}
has.native.controller=false
`;
}

function policyOf(permissions: readonly string[]): string {
  const lines = permissions.map((name) => `  permission java.lang.RuntimePermission "${name}";`);
  return `grant {\n${lines.join("\n")}\n};\n`;
}
