import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import type { InputFile } from "../inputs/input-files.ts";
import { describeFailure } from "./crew.ts";
import { checkSpace, explainDiskError } from "./disk-space.ts";

function dump(sizeBytes: number): InputFile {
  return {
    path: "works.txt.gz",
    kind: "records",
    sizeBytes,
    modifiedMs: 0,
    isGzip: true,
    hasRedirects: false,
    isGenerated: false,
  };
}

test("refuses an import that would fill the disk, and says what it needs", async () => {
  await expect(checkSpace([dump(1e15)], tmpdir(), 0)).rejects.toThrow(
    /has .* free and this import needs about .*BOOKFINDER_DATA/s,
  );
  await checkSpace([dump(1000)], tmpdir(), 0);
});

test("tells of a full disk in words, also one that a worker met", () => {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  expect(describeFailure(full).codes).toEqual({ code: "ENOSPC" });
  const sqliteFull = Object.assign(new Error("database or disk is full"), { errcode: 13 });
  for (const error of [full, sqliteFull]) {
    expect(explainDiskError(error, "data")).toMatchObject({
      name: "ImportError",
      message: expect.stringContaining("the disk of data is full"),
    });
  }
  const other = new Error("other");
  expect(explainDiskError(other, "data")).toBe(other);
});
