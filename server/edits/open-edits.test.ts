import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { openEdits } from "./open-edits.ts";
import { ReadOnlyError } from "./write-errors.ts";

const imported = aFewBooks();
const dataDir = mkdtempSync(join(tmpdir(), "open-edits-"));
afterAll(async () => {
  chmodSync(dataDir, 0o700);
  rmSync(dataDir, { recursive: true });
  await imported[Symbol.asyncDispose]();
});

/** Runs as somebody whom the system's rights bind, as root is not. */
function asNobody<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) {
    return run();
  }
  process.seteuid?.(65_534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}

test("in a folder that can't be written to, a write is refused instead of forgotten", async () => {
  chmodSync(dataDir, 0o555);
  const problems: unknown[] = [];
  const options = { dataDir, imported, now: () => new Date("2026-11-22T12:00:00Z") };
  using edits = asNobody(() => openEdits(options, (problem) => problems.push(problem)));
  const anna = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };
  await expect(edits.createBook({ title: "Emma" }, anna)).rejects.toThrow(ReadOnlyError);
  expect(problems).toMatchObject([{ code: "EACCES" }]);
});
