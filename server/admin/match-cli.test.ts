import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const folder = mkdtempSync(join(tmpdir(), "match-"));
const list = join(folder, "list.csv");
const catalog = aFewBooks();
let server: TestServer;
let key = "";
beforeAll(async () => {
  server = await startServer(catalog, { isPublicRead: false });
  key = server.context.accounts.keys.create("librarian", ["books.read"], undefined).text;
  writeFileSync(list, "shelf,title\n7,The Hobbit\n");
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** What the command prints, or why it fails. */
async function match(address: string, variables: Record<string, string>): Promise<string> {
  const command = [join(import.meta.dirname, "match-cli.ts"), list, "--server", address];
  const env = { ...process.env, ...variables };
  try {
    return (await promisify(execFile)(process.execPath, command, { env })).stdout;
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

test("asks a server that is not open to everybody with the key of its reader", async () => {
  const matched = await match(server.url, { BOOKFINDER_KEY: key });
  expect(matched).toMatch(/^shelf,title,match,.*\n7,The Hobbit,matched,/);
  expect(await match(server.url, { BOOKFINDER_KEY: "" })).toMatch(/send a key or token/);
});

test("says how an address is written", async () => {
  expect(await match("localhost:8080", {})).toMatch(/--server takes an address such as http:/);
});
