import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BlockWriter } from "./blocks.ts";
import { GeneratedCatalogue } from "./catalogue.ts";
import { firstKey, publisherMark, sourceMark } from "./keys.ts";
import { type Kind, kinds, sizesFor } from "./sizes.ts";
import { fileName, writeFiles } from "./write-files.ts";

/** Enough for a second block of works, so that the order of blocks shows. */
const works = 6200;
const recordKinds = ["works", "editions", "authors", "redirects", "deletes"] as const;

type Fields = Record<string, unknown>;

let folder = "";
const lines = new Map<Kind, string[]>();
/** Of the lines that have their five columns. */
const records = new Map<Kind, Fields[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bookfinder-generated-"));
  await writeFiles({ works, seed: 1, workers: 2, folder: join(folder, "two") });
  for (const kind of kinds) {
    const bytes = gunzipSync(await readFile(join(folder, "two", fileName(kind))));
    lines.set(kind, bytes.toString("utf8").trimEnd().split("\n"));
  }
  for (const kind of recordKinds) {
    const rows = linesOf(kind).map((line) => line.split("\t"));
    // JSON.parse knows no types; the tests look at single fields only.
    const parsed = rows.filter((row) => row.length === 5).map((row) => JSON.parse(row[4] ?? ""));
    records.set(kind, parsed as Fields[]);
  }
});

afterAll(() => rm(folder, { recursive: true }));

const linesOf = (kind: Kind) => lines.get(kind) ?? [];
const recordsOf = (kind: Kind) => records.get(kind) ?? [];

/** The texts of a list field in all records of a kind. */
function listed(kind: Kind, field: string): string[] {
  // The generator writes lists of texts, and nothing else, in the fields asked for.
  return recordsOf(kind).flatMap((record) => (record[field] as string[] | undefined) ?? []);
}

function numberIn(key: unknown): number {
  return Number(/\d+/.exec(String(key))?.[0]);
}

/** json.dumps of Python, with its default separators and ensure_ascii. */
function dumps(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(dumps).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => `${dumps(name)}: ${dumps(inner)}`);
    return `{${fields.join(", ")}}`;
  }
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What is wrong with a line of a record; "" if nothing is. */
function fault(line: string): string {
  const [type, key, revision, modified, json = "", more] = line.split("\t");
  // One line in a hundred thousand has lost its TABs.
  if (json === "") {
    return line.includes("    ") ? "" : line;
  }
  const record = JSON.parse(json);
  const isRight =
    dumps(record) === json &&
    record.type.key === type &&
    record.key === key &&
    String(record.revision) === revision &&
    record.last_modified.value === modified;
  return isRight && more === undefined ? "" : line;
}

describe("the files", () => {
  test("are the same bytes whatever the number of workers", async () => {
    await writeFiles({ works, seed: 1, workers: 1, folder: join(folder, "one") });
    for (const kind of kinds) {
      const one = await readFile(join(folder, "one", fileName(kind)));
      const two = await readFile(join(folder, "two", fileName(kind)));
      expect(one.equals(two), kind).toBe(true);
    }
  });

  test("differ with the seed", () => {
    const [one, two] = [1, 2].map((seed) => new BlockWriter(new GeneratedCatalogue(seed, 100)));
    for (const kind of kinds) {
      const name = { kind, block: 0 };
      expect(one?.write(name).bytes.equals(two?.write(name).bytes ?? Buffer.alloc(0))).toBe(false);
    }
  });

  test("have the promised rows and complete names only", async () => {
    expect((await readdir(join(folder, "two"))).sort()).toEqual(kinds.map(fileName).sort());
    for (const kind of kinds) {
      expect(linesOf(kind).length, kind).toBe(sizesFor(works).rows[kind]);
    }
  });

  test("hold JSON as Python writes it, in five columns", () => {
    const faults = recordKinds.flatMap((kind) => linesOf(kind).map(fault));
    expect(faults.filter((text) => text !== "")).toEqual([]);
  });

  test("have one record per key, in no order of keys", () => {
    for (const kind of ["works", "editions", "authors"] as const) {
      const keys = recordsOf(kind).map(({ key }) => String(key));
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).not.toEqual(keys.toSorted());
    }
  });

  test("hold the titles that the catalogue computes for the same seed", () => {
    const catalogue = new GeneratedCatalogue(1, works);
    const same = recordsOf("works").filter(({ key, title }) => {
      const computed = catalogue.work(numberIn(key) - firstKey).title;
      return JSON.parse(`"${computed}"`) === title;
    });
    expect(same.length / works).toBeGreaterThan(0.995);
  });

  test("link editions to nearly all works, to some by a redirect, and leave orphans", () => {
    const editions = recordsOf("editions");
    const orphans = editions.filter((edition) => edition["works"] === undefined).length;
    expect(orphans / editions.length).toBeCloseTo(0.04, 2);
    // Each is a list of {key}.
    const links = editions.flatMap((edition) => (edition["works"] ?? []) as { key: string }[]);
    const redirected = new Set<unknown>(recordsOf("redirects").map(({ key }) => key));
    const through = links.filter(({ key }) => redirected.has(key)).length / editions.length;
    expect(through).toBeGreaterThan(0.002);
    expect(through).toBeLessThan(0.007);
    const counts = [...Map.groupBy(links, ({ key }) => key).values()].map(({ length }) => length);
    expect(counts.length / works).toBeGreaterThan(0.95);
    expect(Math.max(...counts)).toBeGreaterThan(20);
  });
});

describe("generated records can't be mistaken for real books", () => {
  test("files say so in their names", () => {
    for (const kind of kinds) {
      expect(fileName(kind)).toMatch(/_generated\.txt\.gz$/);
    }
  });

  test("every record names the generator as its source, and has a key no real record has", () => {
    for (const kind of ["works", "editions", "authors"] as const) {
      const unmarked = recordsOf(kind).filter((record) => {
        const sources = record["source_records"];
        return !Array.isArray(sources) || !String(sources[0]).startsWith(sourceMark);
      });
      expect(unmarked).toEqual([]);
      const keys = recordsOf(kind).map(({ key }) => numberIn(key));
      expect(Math.min(...keys)).toBe(firstKey);
    }
  });

  test("every publisher that has a name ends with the mark", () => {
    const names = listed("editions", "publishers").filter((name) => !/^\[?s\.n\.\]?$/.test(name));
    expect(names.length).toBeGreaterThan(works);
    expect(names.filter((name) => !name.endsWith(publisherMark))).toEqual([]);
  });

  test("ISBNs are of groups that were never assigned, other numbers are out of range", () => {
    const shapes = {
      isbn_10: /^6[6-9]/,
      isbn_13: /^978[\s_-]?6?[\s_-]?[6-9]/,
      isbn: /^9786[6-9]/,
      oclc_numbers: /^ocm900\d{9}$/,
      lccn: /^ {2}20[5-9]\d{7} $/,
    };
    for (const [field, shape] of Object.entries(shapes)) {
      const values = listed("editions", field);
      expect(values.length, field).toBeGreaterThan(0);
      expect(values.filter((value) => !shape.test(value))).toEqual([]);
    }
  });

  test("ratings and the reading log are about generated works, merged and deleted ones included", () => {
    const shape = /^\/works\/OL1\d{8}W\t(?:\\N|\/books\/OL1\d{8}M)\t[^\t]+\t\d{4}-\d\d-\d\d$/;
    for (const kind of ["ratings", "reading-log"] as const) {
      expect(linesOf(kind).filter((line) => !shape.test(line))).toEqual([]);
    }
  });
});
