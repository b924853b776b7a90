/**
 * Imports go one way: each folder knows the folders named beside it, and no file leads back to itself.
 * ARCHITECTURE.md says what the folders are.
 */
import { describe, expect, test } from "vitest";
import {
  code,
  importedBy,
  importGraph,
  isTestCode,
  read,
  sources,
  startedBy,
  tracked,
} from "./source-tree.ts";

/** A folder, and the folders it may import. "server/*" are the files beside the folders. */
const rooms: Record<string, readonly string[]> = {
  "server/*": [
    "server/accounts",
    "server/catalog",
    "server/catalog-file",
    "server/database",
    "server/edits",
    "server/http",
    "server/metrics",
    "server/opensearch",
    "server/rpc",
    "server/sqlite",
    "server/workers",
  ],
  "server/metrics": ["server/rpc"],
  "server/workers": [
    "proto",
    "server/*",
    "server/catalog",
    "server/fast-path",
    "server/metrics",
    "server/opensearch",
    "server/rpc",
    "server/sqlite",
  ],
  "server/http": [
    "covers",
    "proto",
    "server/*",
    "server/accounts",
    "server/catalog",
    "server/edits",
    "server/fast-path",
    "server/rpc",
  ],
  "server/fast-path": ["proto", "server/*", "server/catalog", "server/rpc"],
  "server/rpc": [
    "proto",
    "server/*",
    "server/accounts",
    "server/catalog",
    "server/database",
    "server/edits",
  ],
  "server/catalog": [],
  "server/match": ["server/catalog"],
  "server/search": ["server/catalog", "server/match"],
  "server/index-entries": ["server/catalog", "server/search"],
  "server/sqlite": ["server/catalog", "server/index-entries", "server/search"],
  "server/opensearch": [
    "server/catalog",
    "server/database",
    "server/index-entries",
    "server/search",
    "server/sqlite",
  ],
  "server/database": [],
  "server/accounts": ["server/*", "server/database"],
  "server/edits": ["server/catalog", "server/database"],
  "server/import": [
    "server/*",
    "server/catalog",
    "server/catalog-file",
    "server/database",
    "server/edits",
    "server/index-entries",
    "server/opensearch",
    "server/sqlite",
  ],
  "server/catalog-file": [
    "server/catalog",
    "server/database",
    "server/edits",
    "server/import",
    "server/opensearch",
    "server/sqlite",
  ],
  "server/admin": [
    "proto",
    "server/*",
    "server/accounts",
    "server/catalog",
    "server/catalog-file",
    "server/database",
    "server/edits",
    "server/import",
    "server/opensearch",
    "server/sqlite",
  ],
  "web/*": [
    "web/books",
    "web/pages",
    "web/router",
    "web/rpc",
    "web/settings",
    "web/shell",
    "web/styles",
  ],
  "web/shell": [
    "proto",
    "web/*",
    "web/books",
    "web/domain",
    "web/router",
    "web/rpc",
    "web/search",
    "web/settings",
    "web/ui",
  ],
  "web/pages": [
    "covers",
    "proto",
    "web/*",
    "web/books",
    "web/covers",
    "web/domain",
    "web/router",
    "web/rpc",
    "web/search",
    "web/settings",
    "web/ui",
  ],
  "web/search": [
    "proto",
    "web/*",
    "web/books",
    "web/domain",
    "web/router",
    "web/rpc",
    "web/settings",
    "web/ui",
  ],
  "web/books": [
    "proto",
    "web/*",
    "web/covers",
    "web/domain",
    "web/router",
    "web/rpc",
    "web/settings",
    "web/ui",
  ],
  "web/rpc": ["proto", "web/domain", "web/ui"],
  "web/domain": ["covers", "proto"],
  "web/covers": ["covers"],
  covers: [],
  "web/router": ["web/*"],
  "web/settings": [],
  "web/styles": [],
  "web/ui": ["web/styles"],
  "web/build": [],
};

/** Rooms of the importer, each of which knows those before it and the files beside them. */
const importRooms = ["inputs", "parse", "files", "entries", "stages"];

/**
 * Imports through a wall that stand today, by number. They may become fewer, never more; a row of 0 is
 * to be deleted.
 */
const exceptions: Record<string, number> = {
  "web/pages → web/testing": 1,
};

const product = code.filter((path) => !isTestCode(path) && /^(?:server|web|covers)\//.test(path));

/** "server/rpc" of "server/rpc/book-service/get-book.ts"; "server/*" of "server/main.ts". */
function roomOf(path: string): string {
  const [top = "", folder = "", file] = path.split("/");
  if (top === "proto" || top === "covers") {
    return top;
  }
  return file === undefined ? `${top}/*` : `${top}/${folder}`;
}

describe("imports go one way", () => {
  const folders = [...new Set(product.map(roomOf))];

  test("every folder has a wall", () => {
    expect(folders.filter((folder) => rooms[folder] === undefined)).toEqual([]);
  });

  test.each(folders)("%s", (folder) => {
    const through = new Map<string, string[]>();
    for (const path of product.filter((one) => roomOf(one) === folder)) {
      for (const target of importGraph.get(path) ?? []) {
        const room = roomOf(target);
        if (room === folder || rooms[folder]?.includes(room)) {
          continue;
        }
        const pair = `${folder} → ${room}`;
        through.set(pair, [...(through.get(pair) ?? []), `${path} imports ${target}`]);
      }
    }
    const offences = [...through]
      .filter(([pair, imports]) => imports.length > (exceptions[pair] ?? 0))
      .flatMap(([, imports]) => imports);
    expect(offences).toEqual([]);
  });

  test("the product does not import its tools, and tools meet the page only in the browser", () => {
    const offences = code
      .filter((path) => /^(?:scripts|bench)\//.test(path) && !isTestCode(path))
      .flatMap((path) =>
        (importGraph.get(path) ?? [])
          .filter((target) => /^(?:web|test)\//.test(target))
          .map((target) => `${path} imports ${target}`),
      );
    expect(offences).toEqual([]);
  });
});

test("the importer's rooms are in a row", () => {
  const placeOf = (path: string) =>
    importRooms.indexOf(/^server\/import\/([a-z]+)\//.exec(path)?.[1] ?? "");
  const offences = product.flatMap((path) =>
    (importGraph.get(path) ?? [])
      .filter((target) => placeOf(path) >= 0 && placeOf(target) > placeOf(path))
      .map((target) => `${path} imports ${target}`),
  );
  expect(offences).toEqual([]);
});

test("no file imports itself in a circle", () => {
  const offences = product.filter((path) => importedBy([path]).has(path));
  expect(offences).toEqual([]);
});

/** What of the product is started by name: processes, commands, the page, its build. */
const entries = /^server\/(?:main|.*cli)\.ts$|^web\/main\.tsx$|\.config\.ts$|\.d\.ts$/;

test("no file lies dead: the product leads to it, not only its tests and tools", () => {
  const used = startedBy(code.filter((path) => entries.test(path)));
  const html = tracked.filter((path) => path.endsWith(".html")).map(read);
  // Style sheets are also imported by other style sheets.
  const styles = sources.filter((path) => path.endsWith(".css")).map(read);
  const dead = sources.filter(
    (path) =>
      /^(?:server|web)\//.test(path) &&
      !isTestCode(path) &&
      !used.has(path) &&
      !html.some((page) => page.includes(path.replace(/^web\//, ""))) &&
      !styles.some((css) => css.includes(`/${path.split("/").at(-1)}"`)),
  );
  expect(dead).toEqual([]);
});

test("no helper of tests lies dead", () => {
  const used = startedBy(
    code.filter((path) =>
      /\.test\.tsx?$|\.e2e\.ts$|^bench\/|^test\/setup\.ts$|\.config\.ts$/.test(path),
    ),
  );
  expect(code.filter((path) => isTestCode(path) && !used.has(path))).toEqual([]);
});
