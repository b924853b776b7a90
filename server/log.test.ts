import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLog } from "./log.ts";

/** A log into a file, and what it has written. */
function fileLog(logFormat: "json" | "text") {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-log-"));
  const path = join(folder, "log");
  const fd = openSync(path, "w");
  onTestFinished(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  const { log } = createLog({ logLevel: "debug", logFormat }, { fd, isTTY: false });
  return { log, written: () => readFileSync(path, "utf8") };
}

const hostile = "a\u001b[2Jb\nforged line\u009b31m\u2028\u202egpj";

test("shows nothing that a caller could colour, move or forge lines with", async () => {
  for (const format of ["json", "text"] as const) {
    const { log, written } = fileLog(format);
    log.warn({ path: hostile, err: new Error(hostile) }, hostile);
    await expect.poll(written).toContain("forged line");
    const lines = written().split("\n");
    expect(lines.filter((line) => line.startsWith("forged line"))).toEqual([]);
    for (const character of "\u001b\u009b\u2028\u202e") {
      expect(written()).not.toContain(character);
    }
  }
});

test("keeps JSON readable as what it was", async () => {
  const { log, written } = fileLog("json");
  log.info({ path: hostile }, "Done");
  await expect.poll(written).toContain("Done");
  expect(JSON.parse(written())).toMatchObject({ path: hostile, msg: "Done" });
});

test("does not grow with what callers send", async () => {
  const { log, written } = fileLog("json");
  const long = "x".repeat(100_000);
  log.warn({ path: long }, long);
  await expect.poll(written).toContain("\n");
  expect(written().length).toBeLessThan(1000);
});

test("goes on when the disk is full", async () => {
  // Every write to this device fails for want of space.
  const fd = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(fd));
  const { log, flush } = createLog({ logLevel: "info", logFormat: "json" }, { fd, isTTY: false });
  for (let count = 0; count < 20; count += 1) {
    log.info("Nobody will read this");
    await new Promise((resolve) => setImmediate(resolve));
  }
  flush();
});
