import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { allOf, anyOf, wordOf } from "#server/search/expression.ts";
import { ReadDatabase } from "../database.ts";
import { TokenWriter } from "./token-writer.ts";
import { createWrittenFile } from "./written-file.ts";
import { WrittenTokens } from "./written-tokens.ts";

let folder = "";
let file: DatabaseSync;
let writer: TokenWriter;
let database: ReadDatabase;
let tokens: WrittenTokens;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-tokens-"));
  const path = join(folder, "written");
  createWrittenFile(path);
  file = new DatabaseSync(path);
  file.exec("PRAGMA journal_mode = WAL");
  writer = new TokenWriter(file);
  database = new ReadDatabase(path, { cacheBytes: 1 << 20, mapBytes: 0, isChanging: true });
  tokens = new WrittenTokens(database);
});
afterEach(() => {
  database.close();
  file.close();
  rmSync(folder, { recursive: true });
});

function write(from: number, to: number): void {
  file.exec("BEGIN");
  for (let number = from; number < to; number += 1) {
    writer.add(`word${number}`);
  }
  file.exec("COMMIT");
}

function readAll(): void {
  do {
    tokens.readOn();
  } while (!tokens.isWhole);
}

test("as long as not all was read, anything may be there; then what was written, and little else", () => {
  write(0, 50_000);
  tokens.readOn();
  expect(tokens.isWhole).toBe(false);
  expect(tokens.mayHave("never written")).toBe(true);
  readAll();
  const numbers = Array.from({ length: 50_000 }, (_, number) => number);
  expect(numbers.every((number) => tokens.mayHave(`word${number}`))).toBe(true);
  expect(numbers.filter((number) => tokens.mayHave(`other${number}`)).length).toBeLessThan(500);
});

test("what is written later is there once it is read, also when there is no more room", () => {
  write(0, 10);
  readAll();
  expect(tokens.mayHave("word11")).toBe(false);
  write(0, 150_000);
  readAll();
  expect(tokens.mayHave("word11")).toBe(true);
  expect(tokens.mayHave("word149999")).toBe(true);
  expect(tokens.mayHave("word150000")).toBe(false);
});

test("all parts of an expression must be there, or one of alternatives", () => {
  write(0, 2);
  readAll();
  const [one, other, none] = [wordOf("word0"), wordOf("word1"), wordOf("nowhere")];
  const may = (expression = allOf([one])) => expression && tokens.mayMatch(expression);
  expect(may(allOf([one, other]))).toBe(true);
  expect(may(allOf([one, none]))).toBe(false);
  expect(may(anyOf([one, none]))).toBe(true);
  expect(may({ kind: "except", wanted: one, unwanted: none })).toBe(true);
  expect(may({ kind: "everything" })).toBe(true);
  expect(may({ kind: "nothing" })).toBe(false);
});
