/** Queries that differ from the title that was meant in more than its letters' order. */
import { afterAll, describe, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";

const opened: Catalog[] = [];
afterAll(async () => {
  for (const catalog of opened) {
    await catalog[Symbol.asyncDispose]();
  }
});

type Book = [title: string, author: string, popularity: number];

function shelfOf(books: readonly Book[]): Catalog {
  const entries = books.map(([title, name, popularity], index) =>
    anEntry({
      popularity,
      work: { key: `OL${index + 1}W`, title, authors: [{ key: `OL${index + 1}A`, name }] },
    }),
  );
  const catalog = aCatalog(entries);
  opened.push(catalog);
  return catalog;
}

async function first(catalog: Catalog, query: string): Promise<string | undefined> {
  const unfinished = query.endsWith("…");
  const text = unfinished ? query.slice(0, -1) : query;
  const { results } = await catalog.search(plainSearch(text, { unfinished }));
  return results[0]?.work.title;
}

const fillers = Array.from(
  { length: 60 },
  (_, index): Book => [`The Adventures of Number ${index}`, `Filler ${index}`, 2],
);

describe("a title is found though", () => {
  const catalog = shelfOf([
    ["Carry On", "Rainbow Rowell", 6],
    ["Wrecked on the Feejees", "William S. Cary", 1],
    ["The Beach", "Alex Garland", 5],
    ["The Copper Beech", "Maeve Binchy", 4],
    ["Paris to the Moon", "Adam Gopnik", 3],
    ["A Visit to the Monastery in Paris", "W. D. Fellowes", 1],
    ["The Last Werewolf", "Glen Duncan", 3],
    ["Cycle of the Werewolf", "Stephen King", 6],
    ["Safe Haven", "Nicholas Sparks", 7],
    ["They Have a Set of Laws", "J. Church", 1],
    ["Tess of the D'Urbervilles", "Thomas Hardy", 7],
    ["Zen and the Art of Motorcycle Maintenance", "Robert M. Pirsig", 8],
    ["The Life of Zeno", "An Author", 3],
    ["A Motorcycle for Zeno", "Another Author", 1],
    ["Red Mars", "Kim Stanley Robinson", 5],
    ["Economic Reasoning", "Marshall A. Robinson", 2],
    ...fillers,
  ]);

  test.each([
    ["its misspelt word is a name", "cary on", "Carry On"],
    ["its misspelt word is in another title", "the beech", "The Beach"],
    ["a word of three letters is misspelt", "paris to the mon", "Paris to the Moon"],
    ["a word has two slips", "the lates werewolf", "The Last Werewolf"],
    ["another word stands in the place of one", "set haven", "Safe Haven"],
    ["a word with an apostrophe is only begun", "tess of the durb…", "Tess of the D'Urbervilles"],
    ["a rarer word would be near", "zen motorcycle", "Zen and the Art of Motorcycle Maintenance"],
    ["its word begins another name of the author's namesake", "robinson mars", "Red Mars"],
  ])("%s: %s", async (_, query, title) => {
    expect(await first(catalog, query)).toBe(title);
  });
});

test("a word typed twice is in two places", async () => {
  const catalog = shelfOf([
    ["Vernon God Little", "D. B. C. Pierre", 5],
    ["The Life of Saint Pierre", "Bernardin Pierre", 1],
    ["The Good Soldier", "Ford Madox Ford", 7],
    ...fillers,
  ]);
  expect(await first(catalog, "pierre pierre")).toBe("The Life of Saint Pierre");
  expect(await first(catalog, "ford ford")).toBe("The Good Soldier");
});

test("a book named after its author is found among more read ones by namesakes", async () => {
  const others = Array.from({ length: 5_000 }, (_, index): Book => {
    return [`Adventure ${index}`, index < 60 ? `Pierre Writer ${index}` : "Somebody", 3];
  });
  const catalog = shelfOf([...others, ["The Life of Saint Pierre", "Bernardin Pierre", 1]]);
  expect(await first(catalog, "pierre pierre")).toBe("The Life of Saint Pierre");
});

test("the second of two like words may be the beginning of a longer one", async () => {
  const catalog = shelfOf([
    ["Great Sin! Greater Salvation!", "Billy Graham", 1],
    ["All Creatures Great and Small", "James Herriot", 8],
  ]);
  expect(await first(catalog, "great sin great…")).toBe("Great Sin! Greater Salvation!");
});

test("one letter more is an ending rather than the beginning of the next word", async () => {
  const catalog = shelfOf([
    ["Raggedy Ann Stories", "Johnny Gruelle", 2],
    ["Raggedy Ann's Secret Visitor", "Johnny Gruelle", 1],
  ]);
  expect(await first(catalog, "raggedy anns…")).toBe("Raggedy Ann's Secret Visitor");
});

test("a complete edition comes before its parts", async () => {
  const parts = Array.from({ length: 8 }, (_, index): Book => {
    return [`The Rise of the Republic — Volume ${index + 1}`, "J. L. Motley", 1];
  });
  const catalog = shelfOf([...parts, ["The Rise of the Republic — Complete", "J. L. Motley", 1]]);
  expect(await first(catalog, "rise of the rep…")).toBe("The Rise of the Republic — Complete");
});

test("a title that begins as typed is found among hundreds that merely have the words", async () => {
  const others = Array.from({ length: 300 }, (_, index): Book => {
    return [`Life in the Hills of California ${index}`, `Author ${index}`, 3];
  });
  const catalog = shelfOf([...others, ["California in the Making", "Rockwell Hunt", 1]]);
  expect(await first(catalog, "california in th…")).toBe("California in the Making");
});

test("a title that goes on as typed is found among hundreds that begin the same", async () => {
  const others = Array.from({ length: 300 }, (_, index): Book => {
    return [`California Incidents ${index}`, `Author of the Incidents ${index}`, 3];
  });
  const catalog = shelfOf([...others, ["The California in the Making", "Rockwell Hunt", 1]]);
  expect(await first(catalog, "california in th…")).toBe("The California in the Making");
});

test("a short word corrected is no answer if the others had to be given up", async () => {
  const catalog = shelfOf([["Zeno's Conscience", "Italo Svevo", 5], ...fillers]);
  expect(await first(catalog, "zen motorcycle")).toBeUndefined();
  expect(await first(catalog, "conscence motorcycle")).toBe("Zeno's Conscience");
});
