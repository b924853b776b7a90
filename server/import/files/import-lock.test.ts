import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockImport } from "./import-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "import.lock");

test("is there while it is held, and gone afterwards", () => {
  {
    using _lock = lockImport(path);
    expect(readFileSync(path, "utf8")).toBe(String(process.pid));
  }
  expect(existsSync(path)).toBe(false);
});

test("keeps a second import out while the first is running", () => {
  // The parent of this test runs for sure.
  writeFileSync(path, String(process.ppid));
  expect(() => lockImport(path)).toThrow(/another import .* delete/);
  rmSync(path);
});

test.each(["a process that has ended", "nonsense"])("takes over the lock of %s", (owner) => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(path, owner === "nonsense" ? owner : String(pid));
  using _lock = lockImport(path);
  expect(readFileSync(path, "utf8")).toBe(String(process.pid));
});
