import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { keyKind } from "../keys.ts";
import { AuthorTable, AuthorTableBuilder, loadAuthorTable } from "./author-table.ts";
import { partitionOf } from "./segments.ts";

const folder = mkdtempSync(join(tmpdir(), "authors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const author = fc.record({
  number: fc.integer({ min: 1, max: 0xffff_ffff }),
  name: fc.string({ maxLength: 30 }).map((name) => name.replaceAll("\u0001", "")),
  alternateNames: fc.array(fc.constantFrom("Ann", "Émile", "夏目 漱石"), { maxLength: 3 }),
});

test("finds every author that was added, and no other", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(author, { maxLength: 60, selector: ({ number }) => number }),
      fc.integer({ min: 1, max: 9 }),
      (authors, partitionCount) => {
        const path = join(folder, "authors.table");
        using builder = new AuthorTableBuilder(path, partitionCount);
        const keyed = authors.map((one) => ({ ...one, key: one.number * 4 + keyKind.author }));
        for (let partition = 0; partition < partitionCount; partition++) {
          const inside = keyed.filter(({ key }) => partitionOf(key, partitionCount) === partition);
          for (const one of inside.toSorted((a, b) => a.key - b.key)) {
            builder.add(one.key, one.name, one.alternateNames);
          }
          builder.endPartition(partition);
        }
        builder.finish();
        const table = new AuthorTable(loadAuthorTable(path));
        expect(table.count).toBe(authors.length);
        for (const { key, name, alternateNames } of keyed) {
          expect(table.find(key)).toMatchObject({ name, alternateNames });
        }
        const indexes = keyed.map(({ key }) => table.find(key)?.index);
        expect(new Set(indexes).size).toBe(authors.length);
        expect(table.find(12)).toBeUndefined();
      },
    ),
    // Every run is an fsync.
    { numRuns: 25 },
  );
});
