/** Languages and years that are asked for in words. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, titles, ask } = searchesIn([
  aBook("Dune", "Frank Herbert", { popularity: 9, languages: ["eng"], year: 1965 }),
  aBook("Dune Messiah", "Frank Herbert", { popularity: 8, languages: ["eng", "fre"], year: 1969 }),
  aBook("Espanol: entender y hablar", "Nobody Known", { popularity: 1, languages: ["spa"] }),
  aBook("Fluent in French", "Nobody Known", { popularity: 1, languages: ["eng"] }),
  aBook("Carrie", "Stephen King", { popularity: 8, languages: ["eng", "ger"], year: 1974 }),
  aBook("It", "Stephen King", { popularity: 9, languages: ["eng", "fre"], year: 1986 }),
  aBook("The Dead Zone", "Stephen King", { popularity: 1, languages: ["eng"], year: 1979 }),
  aBook("Tales before Midnight", "Stephen Vincent Benet", { popularity: 1, year: 1939 }),
  aBook("China since 1949", "Linda Benson", { popularity: 2, year: 2002 }),
  aBook("Bonjour tristesse", "Françoise Sagan", { popularity: 5, languages: ["fre"], year: 1954 }),
]);

describe("what is asked for comes first", () => {
  test.each([
    ["stephen king in german", "Carrie"],
    ["stephen king auf deutsch", "Carrie"],
    ["stephen king, french translation please", "It"],
    ["books by stephen king before 1980", "Carrie"],
    ["stephen king novels after 1980", "It"],
    ["books from the 1950s", "Bonjour tristesse"],
    ["libros en español", "Espanol: entender y hablar"],
  ])("%s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("and so is said; nothing is left out", async () => {
    const { interpretation } = await ask("stephen king in german");
    expect(interpretation.notices).toMatchObject([
      { reason: "preference_read", message: "Books in German come first.", span: { start: 13 } },
    ]);
    expect(await titles("stephen king in german")).toEqual(["Carrie", "It", "The Dead Zone"]);
  });
});

test("what is left out stays out", async () => {
  expect(await titles('stephen king in german -"the dead zone"')).toEqual(["Carrie", "It"]);
});

test("a book that is meant comes first though there is none in the language, and so is said", async () => {
  const { interpretation } = await ask("dune en español");
  expect(await first("dune en español")).toBe("Dune");
  expect(interpretation.notices.map(({ reason }) => reason)).toEqual(["preference_unmet"]);
});

test.each(["fluent in french", "china since 1949"])("titles keep theirs: %s", async (title) => {
  const { interpretation } = await ask(title);
  expect((await first(title))?.toLowerCase()).toBe(title);
  expect(interpretation.notices).toEqual([]);
});

test("in a long description a year or a language is anything", async () => {
  const { interpretation } = await ask(
    "book i read in the 1980s about a girl with a cruel mother who sets her school on fire",
  );
  const reasons = interpretation.notices.map(({ reason }) => reason);
  expect(reasons).not.toContain("preference_read");
});
