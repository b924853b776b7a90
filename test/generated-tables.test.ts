/** Tables made from others' packages are what those packages say today. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "vitest";

const root = join(import.meta.dirname, "..");

test.each(["make-languages", "make-han-variants"])("%s has nothing to write", (script) => {
  // Throws with the script's own words, which name the command to run.
  execFileSync(process.execPath, [join(root, `scripts/${script}.ts`), "--check"], {
    encoding: "utf8",
  });
});
