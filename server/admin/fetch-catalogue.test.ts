/** Catalogues that are handed to servers that only read: published, fetched, never half. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fetchCatalogue } from "./fetch-catalogue.ts";
import { publish } from "./publish-catalogue.ts";
import { manifestName, parseManifest } from "./published-catalogue.ts";

let root = "";
let published = "";
let reader = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "publish-"));
  published = join(root, "published");
  reader = join(root, "reader");
});
afterEach(() => rmSync(root, { recursive: true }));

/** Publishes a catalogue of one book, as an import of its own would. */
async function publishBook(title: string): Promise<void> {
  const dataDir = mkdtempSync(join(root, "source-"));
  const entry = anEntry({ work: { key: "OL1W", title } });
  writeCatalogue(catalogueFile(dataDir), [entry], { revision: `revision of ${title}` });
  await publish(dataDir, published);
}

async function titleAt(dataDir: string): Promise<string | undefined> {
  await using catalog = openSqliteCatalog(catalogueFile(dataDir));
  return (await catalog.getWork("OL1W"))?.title;
}

type Answer = (request: IncomingMessage, response: ServerResponse, content: Buffer) => void;

/** Serves the published folder; `answer` may do so in its own way. */
async function serve(answer: Answer): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? "";
    requests.push(`${name} ${request.headers.range ?? ""}`.trim());
    const path = join(published, name);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(path);
    if (name === manifestName) {
      response.end(content);
      return;
    }
    response.setHeader("etag", '"one"');
    answer(request, response, content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // Listening on a port, so it has an address with one.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function answerRanges(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, { "content-length": content.length - start });
  response.end(content.subarray(start));
}

test("brings what was published into place, once, and what is published later", async () => {
  await publishBook("First");
  expect(await fetchCatalogue(reader, published)).toEqual([
    expect.stringMatching(/catalogue\.db: revision revision of First, 1 books/),
  ]);
  expect(await titleAt(reader)).toBe("First");
  expect(await fetchCatalogue(reader, published)).toEqual([
    expect.stringMatching(/^Unchanged: revision revision of First/),
  ]);
  await publishBook("Second");
  await fetchCatalogue(reader, published);
  expect(await titleAt(reader)).toBe("Second");
  expect(readdirSync(reader).toSorted()).toEqual(["catalogue.db", "fetched-catalogue.json"]);
});

test("fetches again when somebody put another file in place", async () => {
  await publishBook("First");
  await fetchCatalogue(reader, published);
  writeCatalogue(join(reader, "other.db"), [anEntry({ work: { key: "OL1W", title: "Other" } })]);
  renameSync(join(reader, "other.db"), catalogueFile(reader));
  await fetchCatalogue(reader, published);
  expect(await titleAt(reader)).toBe("First");
});

test("goes on with a download that broke", async () => {
  await publishBook("First");
  let isBroken = false;
  const { url, requests } = await serve((request, response, content) => {
    if (isBroken) {
      answerRanges(request, response, content);
      return;
    }
    isBroken = true;
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 5000), () => response.destroy());
  });
  await fetchCatalogue(reader, `${url}/`);
  expect(await titleAt(reader)).toBe("First");
  expect(requests.at(-1)).toMatch(/^catalogue-[0-9a-f]{16}\.db bytes=5000-$/);
});

test.each([
  ["with a changed byte", (content: Buffer) => content.fill(7, 4000, 4001)],
  ["too short", (content: Buffer) => content.subarray(0, 4000)],
  ["of another catalogue", () => Buffer.from("a page that says: not found")],
])("puts no file in place that comes %s", async (_, spoil) => {
  await publishBook("First");
  await fetchCatalogue(reader, published);
  await publishBook("Second");
  let isSpoilt = true;
  const { url } = await serve((request, response, content) => {
    answerRanges(request, response, isSpoilt ? spoil(content) : content);
  });
  await expect(fetchCatalogue(reader, url)).rejects.toThrow(
    /not what was published.*fetch it again/,
  );
  expect(await titleAt(reader)).toBe("First");
  isSpoilt = false;
  await fetchCatalogue(reader, url);
  expect(await titleAt(reader)).toBe("Second");
});

test("keeps the catalogue before the present one for those who are fetching it", async () => {
  const files = () => readdirSync(published).filter((name) => name.endsWith(".db"));
  await publishBook("First");
  const [first = ""] = files();
  await publishBook("Second");
  expect(files()).toContain(first);
  await publishBook("Third");
  expect(files()).toHaveLength(2);
  expect(files()).not.toContain(first);
});

test("leaves catalogues of other formats to their own readers", async () => {
  await publishBook("First");
  const other = "catalogue-0123456789abcdef.db";
  writeFileSync(join(published, other), "of another version");
  writeFileSync(join(published, "catalogue-format-1.json"), JSON.stringify({ file: other }));
  await publishBook("Second");
  await publishBook("Third");
  expect(existsSync(join(published, other))).toBe(true);
});

test("says what to do where nothing of its format is published", async () => {
  await expect(fetchCatalogue(reader, published)).rejects.toThrow(
    /there is no .*catalogue-format-\d+\.json.*publish/i,
  );
  await publishBook("First");
  const { url } = await serve(answerRanges);
  await expect(fetchCatalogue(reader, `${url}/elsewhere`)).rejects.toThrow(/there is no http/);
  await expect(fetchCatalogue(reader, undefined)).rejects.toThrow(/fetch needs/);
  await expect(publish(reader, published)).rejects.toThrow(/no catalogue in/);
  await expect(publish(reader, "https://books.example/")).rejects.toThrow(/into a folder/);
});

test("takes nothing from other machines in clear, unless told to", async () => {
  const source = "http://192.0.2.1:9/catalogue";
  await expect(fetchCatalogue(reader, source)).rejects.toThrow(/not encrypted.*--allow-http/);
});

test("reads no manifest that leads out of the folder", () => {
  const manifest = {
    file: "../../etc/catalogue-0123456789abcdef.db",
    sizeBytes: 1,
    sha256: "0".repeat(64),
    formatVersion: FORMAT_VERSION,
    revision: "r",
    source: "s",
    workCount: 1,
    publishTime: "2026-11-26T00:00:00Z",
  };
  expect(() => parseManifest(JSON.stringify(manifest), "here")).toThrow(
    /here is no manifest.*file/,
  );
  expect(() => parseManifest("<html>", "here")).toThrow(/here is no JSON object/);
});
