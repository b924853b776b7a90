import { afterAll, expect, test } from "vitest";
import type { SuggestionKind } from "#server/catalog/catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";

const catalog = aCatalog([
  anEntry({
    popularity: 9,
    authorAlternateNames: [["Isaak Emmanuilovich Babel"]],
    work: { key: "OL1W", title: "Red Cavalry", authors: [{ key: "OL1A", name: "Isaac Babel" }] },
  }),
  anEntry({
    popularity: 5,
    work: { key: "OL2W", title: "Emma", authors: [{ key: "OL2A", name: "Jane Austen" }] },
  }),
  anEntry({
    popularity: 8,
    work: {
      key: "OL3W",
      title: "Madame Bovary",
      authors: [{ key: "OL3A", name: "Gustave Flaubert" }],
      people: ["Emma Bovary"],
    },
  }),
  anEntry({
    popularity: 3,
    work: { key: "OL4W", title: "Anarchism", authors: [{ key: "OL4A", name: "Emma Goldman" }] },
  }),
  anEntry({
    popularity: 7,
    authorAlternateNames: [["Eric Blair"]],
    work: {
      key: "OL5W",
      title: "Homage",
      authors: [{ key: "OL5A", name: "George Orwell" }],
      subjects: ["Spanish Civil War", "Journalism"],
      series: [{ title: "Harbour Classics", position: "2" }],
    },
  }),
]);
afterAll(() => catalog[Symbol.asyncDispose]());

async function texts(query: string, ...kinds: SuggestionKind[]): Promise<string[]> {
  const suggestions = await catalog.suggest({ query, pageSize: 8, kinds });
  return suggestions.map(({ text }) => text);
}

test("authors are suggested by the name that is shown, not by a part of another", async () => {
  expect(await texts("emma", "author")).toEqual(["Emma Goldman"]);
  expect(await texts("bab", "author")).toEqual(["Isaac Babel"]);
});

test("authors are suggested by another name if it is typed in several words", async () => {
  expect(await texts("eric bl", "author")).toEqual(["George Orwell"]);
  expect(await texts("eric", "author")).toEqual([]);
});

test("books are suggested for what they show, not for what they are about", async () => {
  expect(await texts("emma", "book")).toEqual(["Emma", "Anarchism"]);
});

test("books are suggested for what they are about if nothing shows what is typed", async () => {
  expect(await texts("bovary em", "book")).toEqual(["Madame Bovary"]);
});

test("authors, series and subjects are suggested after a slip, too", async () => {
  expect(await texts("orwel", "author")).toEqual(["George Orwell"]);
  expect(await texts("orwlel", "author")).toEqual(["George Orwell"]);
  expect(await texts("jane austin", "author")).toEqual(["Jane Austen"]);
  expect(await texts("flaubrt", "author")).toEqual(["Gustave Flaubert"]);
  expect(await texts("harbuor", "series")).toEqual(["Harbour Classics"]);
  expect(await texts("journalizm", "subject")).toEqual(["Journalism"]);
  expect(await texts("spanish civl", "subject")).toEqual(["Spanish Civil War"]);
});

test("what the search for books corrects is corrected in names, too", async () => {
  expect(await texts("gustav flaubrt", "book", "author")).toContain("Gustave Flaubert");
});

test("where a name has what is typed, none that only resembles it is suggested", async () => {
  expect(await texts("emma", "author", "series", "subject")).toEqual(["Emma Goldman"]);
});

test("a word of three letters is not corrected", async () => {
  expect(await texts("jne", "author")).toEqual([]);
});
