/** Whether the schema breaks clients: `node scripts/check-breaking.ts --help`. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: npm run breaking -- [COMMIT]

Fails when the schema breaks what clients of an earlier one rely on (buf breaking, WIRE_JSON). The earlier
one is that of the commit, by default of the last release tag (v*), before the first release of HEAD.`;

const [named] = startCommand(
  process,
  (args) => parseCommandLine(args, { usage, positionals: [0, 1] }).positionals,
);

const root = join(import.meta.dirname, "..");
const baseline = join(root, ".cache/baseline");
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, maxBuffer: 64 << 20 });

function baselineCommit(): string {
  if (named !== undefined) {
    return named;
  }
  const [lastRelease] = git("tag", "--list", "v*", "--sort=-version:refname")
    .toString()
    .split("\n");
  return lastRelease || "HEAD";
}

const commit = baselineCommit();
rmSync(baseline, { recursive: true, force: true });
mkdirSync(baseline, { recursive: true });
execFileSync("tar", ["-x", "-C", baseline], {
  input: git("archive", commit, "buf.yaml", ":(glob)proto/**/*.proto"),
});
// The protos of others are not in git; both sides see the ones of the installed packages.
cpSync(join(root, ".cache/protos"), join(baseline, ".cache/protos"), { recursive: true });
execFileSync("buf", ["breaking", "--against", baseline], { cwd: root, stdio: "inherit" });
console.log(`The schema is compatible with ${commit}.`);
