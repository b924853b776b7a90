import fc from "fast-check";
import { expect, test } from "vitest";
import { type PopularitySignals, popularityOf } from "./popularity.ts";

const unread: PopularitySignals = {
  readers: 0,
  ratings: 0,
  editions: 1,
  hasCover: false,
  hasDescription: false,
  hasAuthor: false,
  hasIsbn: false,
  demotion: "none",
};

test("never falls when readers, ratings or editions are added", () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.constantFrom("readers" as const, "ratings" as const, "editions" as const),
      (count, name) => {
        const less = popularityOf({ ...unread, [name]: count });
        expect(popularityOf({ ...unread, [name]: count + 1 })).toBeGreaterThanOrEqual(less);
      },
    ),
  );
});

test("puts a read book before an unread one that was printed often", () => {
  const read = popularityOf({ ...unread, readers: 50, ratings: 20 });
  expect(read).toBeGreaterThan(popularityOf({ ...unread, editions: 50 }));
});

test("puts what is demoted behind the like, and is never negative", () => {
  const demoted = popularityOf({ ...unread, readers: 20, demotion: "summary" });
  expect(demoted).toBeLessThan(popularityOf({ ...unread, readers: 5 }));
  expect(demoted).toBeGreaterThanOrEqual(0);
});
