import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { mergeRuns, RunBuilder, wholeFile } from "./runs.ts";

const folder = mkdtempSync(join(tmpdir(), "runs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const record = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(), fc.string({ maxLength: 300 }));

test("merges runs into what one sort of everything gives", () => {
  fc.assert(
    fc.property(fc.array(fc.array(record, { maxLength: 30 }), { maxLength: 8 }), (runs) => {
      const sections = runs.map((records, index) => {
        const builder = new RunBuilder(64);
        for (const [first, second, payload] of records) {
          builder.add(first, second, payload);
        }
        const path = join(folder, `${index}.run`);
        builder.write(path);
        return wholeFile(path);
      });
      const merged = Array.from(
        mergeRuns(sections, 32),
        ({ first, second, payload }) => [first, second, payload.toString()] as const,
      );
      const order = merged.map(([first, second]) => [first, second] as const);
      const everything = runs.flat();
      expect(order).toEqual(
        everything
          .map(([first, second]) => [first, second] as const)
          .toSorted(([a, b], [c, d]) => a - c || b - d),
      );
      expect(merged.map(String).toSorted()).toEqual(
        everything
          .map(([first, second, payload]) =>
            String([first, second, Buffer.from(payload).toString()]),
          )
          .toSorted(),
      );
    }),
    // Every run is an fsync.
    { numRuns: 15 },
  );
});
