import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { catalogueFile } from "./catalogue-file.ts";
import { CatalogFolderError, openCatalog } from "./open-catalog.ts";

const log = pino({ level: "silent" });

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "data");
}

test("builds the starter catalogue at first, and anew where it is of another version", {
  timeout: 60_000,
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
