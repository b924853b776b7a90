import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { ImportError } from "../import-error.ts";
import { type BlockLimits, readBlocks } from "./read-blocks.ts";

const folder = mkdtempSync(join(tmpdir(), "blocks-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function blocksOf(content: Buffer | string, limits: BlockLimits) {
  const path = join(folder, "file");
  writeFileSync(path, content);
  const blocks: { text: string; dropped: number }[] = [];
  for await (const { bytes, droppedLines } of readBlocks(path, limits)) {
    blocks.push({ text: bytes.toString(), dropped: droppedLines });
  }
  return blocks;
}

const small = { blockBytes: 10, lineBytesMax: 20 };

test("ends blocks at the first line end behind the size", async () => {
  const blocks = await blocksOf("one\ntwo\nthree\nfour\nfive", small);
  expect(blocks.map(({ text }) => text)).toEqual(["one\ntwo\nthree\n", "four\nfive"]);
});

test("cuts gzipped and plain files alike", async () => {
  const text = Array.from({ length: 3000 }, (_, i) => `line ${i * 7919}`).join("\n");
  const limits = { blockBytes: 1000, lineBytesMax: 1000 };
  const plain = await blocksOf(text, limits);
  const zipped = await blocksOf(gzipSync(text), limits);
  const twoMembers = await blocksOf(
    Buffer.concat([gzipSync(text.slice(0, 5000)), gzipSync(text.slice(5000))]),
    limits,
  );
  expect(zipped).toEqual(plain);
  expect(twoMembers).toEqual(plain);
  expect(plain.map((block) => block.text).join("")).toBe(text);
});

test("drops lines above the limit and counts them", async () => {
  const long = "x".repeat(100);
  const blocks = await blocksOf(`a\n${long}\nb\nc\n${long}`, small);
  expect(blocks.map(({ text }) => text).join("")).toBe("a\nb\nc\n");
  expect(blocks.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(2);
});

test("takes lines of 16 MB", async () => {
  const long = "x".repeat(16 * 1024 * 1024);
  const blocks = await blocksOf(`a\n${long}\nb\n`, {
    blockBytes: 4 * 1024 * 1024,
    lineBytesMax: 64 * 1024 * 1024,
  });
  expect(blocks.map(({ text }) => text.length)).toEqual([long.length + 3, 2]);
});

test("yields nothing for an empty file, plain or gzipped", async () => {
  expect(await blocksOf("", small)).toEqual([]);
  expect(await blocksOf(gzipSync(""), small)).toEqual([]);
});

test("refuses truncated and damaged gzip files", async () => {
  const zipped = gzipSync(Array.from({ length: 1000 }, (_, i) => `${i * 31}`).join("\n"));
  await expect(blocksOf(zipped.subarray(0, zipped.length / 2), small)).rejects.toThrow(
    /truncated.*Download it again/s,
  );
  const damaged = Buffer.from(zipped);
  damaged.fill(7, 500, 600);
  await expect(blocksOf(damaged, small)).rejects.toThrow(ImportError);
});
