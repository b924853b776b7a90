/** Titles and authors in the order in which a shelf has them, from the entry to the answer. */
import { expect, test } from "vitest";
import { anEdition } from "#server/testing/builders.ts";
import { book, find, titles } from "./complaints/catalogue.ts";

test("titles stand under the word behind their article, each by the rules of its language", async () => {
  const works = [
    book("I, Claudius", "Robert Graves"),
    book("As I Lay Dying", "William Faulkner"),
    book("Die Hard", "Roderick Thorp"),
    book("Los Angeles", "Reyner Banham"),
    book("The Hobbit", "J. R. R. Tolkien"),
    book("Die Verwandlung", "Franz Kafka", { languages: ["ger"] }),
    book("Ein Fall", "Hans Fallada", { languages: ["ger"] }),
    book("Un amour", "Dino Buzzati", { languages: ["fre"] }),
    book("Une vie", "Guy de Maupassant", { languages: ["fre"] }),
    book("Een vlucht", "Maarten 't Hart", { languages: ["dut"] }),
    book("Os Maias", "Eça de Queirós", { languages: ["por"] }),
    book("L'Étranger", "Albert Camus", { languages: ["fre"] }),
  ].map((entry) => ({ ...entry, work: { ...entry.work, subjects: ["Shelf"] } }));
  expect(await titles(works, "subject:shelf", { order: "title", pageSize: 20 })).toEqual([
    "Un amour",
    "As I Lay Dying",
    "Die Hard",
    "L'Étranger",
    "Ein Fall",
    "The Hobbit",
    "I, Claudius",
    "Los Angeles",
    "Os Maias",
    "Die Verwandlung",
    "Une vie",
    "Een vlucht",
  ]);
});

test("a title is in the language of the editions that have it, not of the most editions", async () => {
  const works = [
    book("Die Zeit", "Ein Autor", {
      languages: ["eng", "ger"],
      editions: [
        anEdition({ key: "OL1M", title: "The Times", languages: ["eng"] }),
        anEdition({ key: "OL2M", title: "The Times", languages: ["eng"] }),
        anEdition({ key: "OL3M", title: "Die Zeit", languages: ["ger"] }),
      ],
    }),
    book("Marathon Zeit", "Noch ein Autor"),
  ];
  expect(await titles(works, "zeit", { order: "title" })).toEqual(["Marathon Zeit", "Die Zeit"]);
});

test("authors stand under their family names", async () => {
  const authors = [
    "Ursula K. Le Guin",
    "Simone de Beauvoir",
    "Vincent van Gogh",
    "Gabriel García Márquez",
    "Federico García Lorca",
    "Tolkien, J. R. R.",
    "Martin Luther King Jr.",
    "Stephen King",
    "Homer",
  ];
  const works = authors.map((author) =>
    book("Garden", author, { authorAlternateNames: [alternatesOf(author)] }),
  );
  const { results } = await find(works, "garden", { order: "author", pageSize: 20 });
  expect(results.map(({ work }) => work.authors[0]?.name)).toEqual([
    "Simone de Beauvoir",
    "Federico García Lorca",
    "Gabriel García Márquez",
    "Vincent van Gogh",
    "Homer",
    "Martin Luther King Jr.",
    "Stephen King",
    "Ursula K. Le Guin",
    "Tolkien, J. R. R.",
  ]);
});

function alternatesOf(author: string): string[] {
  if (author.endsWith("García Márquez")) {
    return ["García Márquez, Gabriel"];
  }
  return author.endsWith("García Lorca") ? ["García Lorca, Federico"] : [];
}
