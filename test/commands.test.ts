/** Every command explains itself on one screen and refuses what it doesn't know in a sentence. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { code, isTestCode, read, root, startedBy } from "./source-tree.ts";

const commands = code.filter(
  (path) =>
    /^(?:server|bench|scripts)\//.test(path) &&
    !isTestCode(path) &&
    /^(?:const .* = |process\.exitCode = await main\()?(?:await )?(?:start|run)Command\(\s*process/m.test(
      read(path),
    ),
);

type CommandResult = { status: number | null; out: string; err: string };

function call(path: string, ...args: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(root, path), ...args], { cwd: root });
  const ended: CommandResult = { status: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ended.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ended.err += text));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ ...ended, status }));
  });
}

describe.each(commands)("%s", (path) => {
  test("answers --help with one screen", async () => {
    const { status, out, err } = await call(path, "--help");
    expect(err).toBe("");
    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: (?:npm (?:start|test|run [a-z]+)|node \S+\.ts)/);
    expect(out.trimEnd().split("\n").length).toBeLessThanOrEqual(24);
  });

  test("refuses an option that it doesn't know in a sentence", async () => {
    const { status, out, err } = await call(path, "--no-such-option");
    expect(err).toBe("Unknown option '--no-such-option'. (--help says more)\n");
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

test("whatever package.json or a reader starts is a command", () => {
  const scripts = Object.values<string>(JSON.parse(read("package.json")).scripts);
  const started = scripts.flatMap((script) => /^node (\S+\.ts)/.exec(script)?.[1] ?? []);
  const mains = code.filter((path) =>
    /^(?:bench\/[a-z]+\/main|scripts\/(?:make-.*))\.ts$/.test(path),
  );
  expect([...started, ...mains].filter((path) => !commands.includes(path))).toEqual([]);
});

test("every tool is a command, or belongs to one", () => {
  const used = startedBy([...commands, ...code.filter((path) => /\.test\.ts$/.test(path))]);
  const tools = code.filter((path) => /^(?:bench|scripts)\//.test(path) && !used.has(path));
  expect(tools).toEqual([]);
});
