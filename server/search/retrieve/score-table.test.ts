import fc from "fast-check";
import { expect, test } from "vitest";
import { byScore, ScoreTable, type WorkScore } from "./score-table.ts";

const lists = fc.array(
  fc.record({
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 300 }).map((work) => work * 16)),
    weight: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 6 },
);

test("the best works are those that sorting all sums would put first", () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 20 }), (some, limit) => {
      const sums = new Map<number, number>();
      const table = new ScoreTable(some.reduce((sum, { ids }) => sum + ids.length, 0));
      for (const { ids, weight } of some) {
        table.add(ids, weight);
        for (const id of ids) {
          sums.set(id, (sums.get(id) ?? 0) + weight);
        }
      }
      const sorted: WorkScore[] = [...sums].sort(byScore);
      expect(table.best(limit)).toEqual(sorted.slice(0, limit));
    }),
  );
});

test("a table of nothing has no best work", () => {
  expect(new ScoreTable(0).best(10)).toEqual([]);
});
