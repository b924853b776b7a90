import { expect, test } from "vitest";
import { GeneratedCatalogue } from "./catalogue.ts";
import { unescapeText } from "./json-text.ts";
import { classedQueries, generatedQueries } from "./queries.ts";

const works = 1000;

test("the same seed and size ask the same questions", () => {
  expect(generatedQueries(3, works, 300)).toEqual(generatedQueries(3, works, 300));
  expect(generatedQueries(3, works, 300)).not.toEqual(generatedQueries(4, works, 300));
});

test("queries of every class are there, none is blank or holds half a character", () => {
  const queries = classedQueries(3, works);
  expect(queries.length).toBeGreaterThanOrEqual(2000);
  expect(new Set(queries.map((query) => query.class)).size).toBe(9);
  const bad = queries.filter(({ text }) => !/[\p{L}\p{N}]/u.test(text) || !text.isWellFormed());
  expect(bad).toEqual([]);
});

test("titles asked for are titles of the catalogue", () => {
  const catalogue = new GeneratedCatalogue(3, works);
  const folded = (title: string) => title.split(/\s+/).slice(0, 10).join(" ").trim().toLowerCase();
  const titles = new Set(
    Array.from({ length: works }, (_, index) => folded(unescapeText(catalogue.work(index).title))),
  );
  const asked = classedQueries(3, works).filter((query) => query.class === "title");
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter(({ text }) => !titles.has(text.toLowerCase()))).toEqual([]);
});

test("a reader's keystrokes follow one another", () => {
  const typed = classedQueries(3, works)
    .filter((query) => query.class === "prefix")
    .map(({ text }) => text);
  const continued = typed.filter((text, at) => at > 0 && text.startsWith(typed[at - 1] ?? "?"));
  expect(continued.length / typed.length).toBeGreaterThan(0.8);
});
