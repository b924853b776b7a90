import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let known: string | undefined;

/**
 * Names what this program is, as a digest of its source: the same on every replica of one release,
 * and another one after any change, so answers of two versions never pass for each other.
 */
export function programVersion(): string {
  known ??= digestOf([join(import.meta.dirname, ".."), join(import.meta.dirname, "../../proto")]);
  return known;
}

function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const path of paths.filter((each) => each.endsWith(".ts")).sort()) {
      hash.update(path).update(readFileSync(join(folder, path)));
    }
  }
  return hash.digest("base64url");
}
