import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  partitionOf,
  payloadOf,
  recordType,
  SegmentBuilder,
  SegmentReader,
  stagedRecords,
} from "./segments.ts";

const folder = mkdtempSync(join(tmpdir(), "segments-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("gives back every record, in its partition, in the order of adding", () => {
  const record = fc.tuple(fc.nat({ max: 2 ** 34 }), fc.nat(), fc.string({ maxLength: 200 }));
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 50 }),
      fc.integer({ min: 1, max: 7 }),
      (all, count) => {
        const builder = new SegmentBuilder(count, 64);
        for (const [group, key, payload] of all) {
          builder.add(recordType.edition, group, key, 3, payload);
        }
        const path = join(folder, "segment");
        builder.write(path);
        expect(builder.isEmpty).toBe(true);
        const reader = new SegmentReader(path, statSync(path).size, count);
        for (let partition = 0; partition < count; partition++) {
          const found = Array.from(stagedRecords(reader.readPartition(partition)), (staged) => [
            staged.group,
            staged.key,
            payloadOf(staged),
          ]);
          const expected = all.filter(([group]) => partitionOf(group, count) === partition);
          expect(found).toEqual(
            expected.map(([group, key, payload]) => [group, key, Buffer.from(payload).toString()]),
          );
        }
        reader.close();
      },
    ),
  );
});

test("spreads consecutive keys evenly", () => {
  const sizes = new Array<number>(16).fill(0);
  for (let number = 1; number <= 16_000; number++) {
    const partition = partitionOf(number * 4, 16);
    sizes[partition] = (sizes[partition] ?? 0) + 1;
  }
  expect(Math.max(...sizes)).toBeLessThan(1300);
  expect(Math.min(...sizes)).toBeGreaterThan(700);
});
