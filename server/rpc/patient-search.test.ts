import { expect, test } from "vitest";
import type { SearchResponse } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { aRow } from "#server/testing/builders.ts";
import { notFound, retryLater } from "./errors.ts";
import { patientSearcher, type Searcher } from "./patient-search.ts";

const answer = { results: [] } as unknown as SearchResponse;

/** Fails so many times before it answers. */
function busy(times: number): Searcher & { asked: number } {
  return {
    asked: 0,
    async search() {
      this.asked += 1;
      if (this.asked <= times) {
        throw retryLater("OVERLOADED", "busy", 1);
      }
      return answer;
    },
    match: () => Promise.reject(new Error("is not asked")),
  };
}

test("asks again where there was no room", async () => {
  const searcher = busy(3);
  expect(await patientSearcher(searcher, 0).search(plainSearch("dune"))).toBe(answer);
  expect(searcher.asked).toBe(4);
});

test("does not ask for ever", async () => {
  const searcher = busy(Number.POSITIVE_INFINITY);
  await expect(patientSearcher(searcher, 0).search(plainSearch("dune"))).rejects.toThrow("busy");
  expect(searcher.asked).toBe(60);
});

test("stops when the caller leaves", async () => {
  const controller = new AbortController();
  const search = patientSearcher(busy(Number.POSITIVE_INFINITY), 60_000).search(
    plainSearch("dune"),
    { signal: controller.signal },
  );
  controller.abort();
  await expect(search).rejects.toThrow();
});

test("passes other failures on", async () => {
  const searcher: Searcher = {
    search: () => Promise.reject(notFound("book", "books/OL1W")),
    match: () => Promise.reject(notFound("book", "books/OL1W")),
  };
  await expect(patientSearcher(searcher, 0).search(plainSearch("dune"))).rejects.toThrow("OL1W");
  await expect(patientSearcher(searcher, 0).match(aRow({}))).rejects.toThrow("OL1W");
});
