/** A whole title, or a name, among words that nobody foresaw; what else a question says around it. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, titles } = searchesIn([
  aBook("The Last Battle", "C. S. Lewis", { popularity: 8 }),
  aBook("The Magician's Nephew", "C. S. Lewis", { popularity: 8 }),
  aBook("Salt to the Sea", "Ruta Sepetys", { popularity: 6 }),
  aBook("The Hidden Track", "Anne Ogg", { popularity: 3 }),
  aBook("Paper Towns", "John Green", { popularity: 8 }),
  aBook("Stock Cars and Cabooses", "E. W. Hartough", { popularity: 1 }),
  aBook("Naked", "David Sedaris", { popularity: 7 }),
  aBook("When God Was a Rabbit", "Sarah Winman", { popularity: 6 }),
  aBook("Shadow Kiss", "Richelle Mead", { popularity: 7 }),
  aBook("A Kiss to Remember", "Teresa Medeiros", { popularity: 5 }),
  aBook("The Sentry", "Robert Crais", { popularity: 8 }),
  aBook("Sentry of the Sky", "Evelyn Smith", { popularity: 1 }),
  aBook("Indiana", "George Sand", { popularity: 3 }),
  aBook("Famous Women: George Sand", "Bertha Thomas", { popularity: 3 }),
  aBook("The Collector", "John Fowles", { popularity: 6 }),
  aBook("Sun and Shadow", "Julie Kagawa", { popularity: 5 }),
  aBook("The Time of All", "Nobody Known", { popularity: 2, description: "Tutti i libri." }),
  aBook("Digging Up Troy", "Ann Spade", { popularity: 4, subjects: ["Archaeology"] }),
  aBook("Ten Books on Building", "Vitruvius", { popularity: 4 }),
  aBook("Isis Unveiled", "Helena Blavatsky", { popularity: 3, subjects: ["Theosophy"] }),
  ...Array.from({ length: 60 }, (_, place) =>
    aBook(`Volume of Filler ${place}`, `Author ${place}`, { popularity: 0 }),
  ),
]);

describe("a whole title is found among other words", () => {
  test.each([
    ["of an assistant", "alexa play the last battle by c.s. lewis", "The Last Battle"],
    ["of a track", "Ruta Sepetys - Salt to the Sea - 03 - Track 03", "Salt to the Sea"],
    ["of a shop", "got any copies of Paper Towns in stock", "Paper Towns"],
    ["of a page's title", "The Last Battle : C.S. Lewis : Free Streaming", "The Last Battle"],
    ["asked for a date", "when was Naked published", "Naked"],
    ["guessed at", "i think the title is Shadow Kiss", "Shadow Kiss"],
    ["all of which may ask", "i loved The Collector, what should i read next?", "The Collector"],
    ["of another language", "Paper Towns vollständige ausgabe", "Paper Towns"],
    ["of an edition", "Paper Towns, originally 2008", "Paper Towns"],
    ["with a name behind a foreign word", "Paper Towns yazar John Green", "Paper Towns"],
  ])("%s", async (_, query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("but a book with all the words comes before one word that is a title", async () => {
    expect(await first("smith sentry")).toBe("Sentry of the Sky");
  });

  test("but a slip in a longer title comes before a name in it", async () => {
    expect(await first("famous woman george sand")).toBe("Famous Women: George Sand");
  });
});

test.each([
  ["hey siri show me books by julie kagawa"],
  ["tutti i libri di julie kagawa"],
  ["how many books did julie kagawa write"],
  ["give me everything from Julie Kagawa"],
])("an author's name among other words: %s", async (query) => {
  expect(await titles(query)).toContain("Sun and Shadow");
  expect(await first(query)).toBe("Sun and Shadow");
});

test.each([
  ["where are the archaeology books", "Digging Up Troy"],
  ["beginner books on theosophy", "Isis Unveiled"],
  ["theosophy (subject)", "Isis Unveiled"],
])("a subject is read without a word for it: %s", async (query, title) => {
  expect(await first(query)).toBe(title);
});
