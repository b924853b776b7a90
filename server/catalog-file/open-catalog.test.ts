import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { catalogueFile } from "./catalogue-file.ts";
import { CatalogFolderError, explainDisk, openCatalog } from "./open-catalog.ts";

const log = pino({ level: "silent" });

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "data");
}

test("builds the starter catalogue at first, and anew where it is of another version", {
  timeout: 240_000,
}, async () => {
  const folder = aFolder();
  const first = await openCatalog(folder, log);
  const { workCount } = await first.info();
  expect(workCount).toBeGreaterThan(1000);
  await first[Symbol.asyncDispose]();
  // What this program can't read stands for what another version wrote.
  const path = catalogueFile(folder);
  writeFileSync(path, "of another version");
  const marker = join(folder, "starter-catalogue");
  await expect(openCatalog(folder, log)).rejects.toThrow(CatalogFolderError);
  await expect(openCatalog(folder, log)).rejects.toThrow("npm run import");
  expect(readFileSync(path, "utf8")).toBe("of another version");
  const { size, mtimeMs } = statSync(path);
  writeFileSync(marker, `${size} ${mtimeMs}\n`);
  await using again = await openCatalog(folder, log);
  expect((await again.info()).workCount).toBe(workCount);
});

test("says in a sentence that its folder can't be written", async () => {
  await expect(openCatalog("/dev/null/data", log)).rejects.toThrow(
    /The server may not write in \/dev\/null\/data.*BOOKFINDER_DATA/,
  );
});

test.each([{ code: "ENOSPC" }, { code: "EDQUOT" }, { code: "ERR_SQLITE_ERROR", errcode: 13 }])(
  "says in a sentence that the disk is full: %o",
  (fault) => {
    const explained = explainDisk(Object.assign(new Error("full"), fault), "data");
    expect(explained).toBeInstanceOf(CatalogFolderError);
    expect(String(explained)).toMatch(/There is no room left in \/.*Make room/);
  },
);
