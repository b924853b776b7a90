import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

type Json = Record<string, unknown>;
type RecordKey = { key: string };

/** The JSON objects of a dump file, which these tests read on their own, not through the importer. */
function records(file: string): Json[] {
  return readFileSync(join(import.meta.dirname, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line.split("\t").slice(4).join("\t")));
}

const works = records("works.txt");
const authors = records("authors.txt");
const editions = records("editions.txt");
const workKeys = new Set(works.map((work) => work["key"]));
const list = (value: unknown) => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === "string" ? value : "");

describe("the starter catalogue", () => {
  test("has at least 1,000 works, each once", () => {
    expect(works.length).toBeGreaterThanOrEqual(1000);
    expect(workKeys.size).toBe(works.length);
    expect(new Set(editions.map((edition) => edition["key"])).size).toBe(editions.length);
    expect(new Set(authors.map((author) => author["key"])).size).toBe(authors.length);
  });

  test("describes every work in one to three sentences of its own", () => {
    const bad = works.filter((work) => {
      const description = text(work["description"]);
      const sentences = description
        .split(/[.!?]["”’)]?(?:\s|$)/u)
        .filter((part) => part.length > 2);
      return description.length < 60 || description.length > 400 || sentences.length > 4;
    });
    expect(bad.map((work) => work["title"])).toEqual([]);
    expect(new Set(works.map((work) => work["description"])).size).toBe(works.length);
  });

  test("names only authors and works that it has", () => {
    const authorKeys = new Set(authors.map((author) => author["key"]));
    const credited = works.flatMap((work) =>
      list(work["authors"]).map((role: { author: RecordKey }) => role.author.key),
    );
    expect(credited.filter((key) => !authorKeys.has(key))).toEqual([]);
    const parents = editions.flatMap((edition) =>
      list(edition["works"]).map((work: RecordKey) => work.key),
    );
    expect(parents.length).toBe(editions.length);
    expect(parents.filter((key) => !workKeys.has(key))).toEqual([]);
  });

  test("has ISBNs whose check digits hold, each on one edition", () => {
    const isbns = editions.flatMap((edition) => list(edition["isbn_13"]).map(text));
    const holds = (isbn: string) =>
      /^97[89]\d{10}$/.test(isbn) &&
      [...isbn].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 ? 3 : 1), 0) % 10 ===
        0;
    expect(isbns.length).toBeGreaterThan(500);
    expect(isbns.filter((isbn) => !holds(isbn))).toEqual([]);
    expect(new Set(isbns).size).toBe(isbns.length);
  });

  test("holds originals of many scripts with their titles", () => {
    const counts = [
      "Cyrillic",
      "Greek",
      "Arabic",
      "Hebrew",
      "Han",
      "Hiragana",
      "Hangul",
      "Devanagari",
    ].map((script) => {
      const inScript = new RegExp(`\\p{Script=${script}}`, "u");
      return [
        script,
        editions.filter((edition) => inScript.test(text(edition["title"]))).length,
      ] as const;
    });
    expect(counts.filter(([, count]) => count < 5)).toEqual([]);
    const languages = new Set(
      works.flatMap((work) =>
        list(work["original_languages"]).map((language: RecordKey) => language.key),
      ),
    );
    expect(languages.size).toBeGreaterThan(40);
  });

  test("gives a public count or none, never an invented one", () => {
    const lines = readFileSync(join(import.meta.dirname, "popularity.txt"), "utf8")
      .trimEnd()
      .split("\n");
    const bad = lines.filter((line) => {
      const [key = "", readers = ""] = line.split("\t");
      return !workKeys.has(key) || !/^\d+$/.test(readers);
    });
    expect(bad).toEqual([]);
    expect(lines.length).toBeLessThan(works.length);
  });
});
