/** Which of the books about a subject come first. */
import { expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { titles } = searchesIn([
  aBook("Dissertatio de vampyris", "Nobody Known", { popularity: 0, subjects: ["Vampires"] }),
  aBook("Dracula", "Bram Stoker", { popularity: 9, subjects: ["Vampires -- Fiction"] }),
  aBook("Moby-Dick or, The Whale", "Herman Melville", {
    popularity: 9,
    subjects: ["Whales -- Fiction"],
  }),
  aBook("Primer of Gray Ones", "Nobody Known", { popularity: 1, subjects: ["Whales"] }),
  aBook("Othello", "William Shakespeare", {
    popularity: 9,
    subjects: ["Venice (Italy) -- Drama"],
  }),
  aBook("Dizionario", "Nobody Known", { popularity: 1, places: ["Venice"] }),
  aBook("Team of Rivals", "Doris Goodwin", {
    popularity: 8,
    people: ["Abraham Lincoln (1809-65)"],
  }),
  aBook("The County", "Nobody Known", { popularity: 1, places: ["Lincoln"] }),
  aBook("The Hound", "Arthur Conan Doyle", { popularity: 8, subjects: ["Dogs -- Fiction"] }),
  aBook("Yellow Cats", "Nobody Known", { popularity: 9, subjects: ["Fiction"] }),
  ...[1, 2, 3, 4, 5].map((place) =>
    aBook(`Machine ${place}`, "H. G. Wells", {
      popularity: 6 - place / 10,
      subjects: ["Time travel -- Fiction"],
    }),
  ),
  aBook("Small Island", "Bill Bryson", { popularity: 9, subjects: ["Travel"] }),
  aBook("Men and Sharks", "Hans Hass", { popularity: 1, subjects: ["Sharks"] }),
  aBook("The Notebook", "Nicholas Sparks", { popularity: 9 }),
]);

test("at the top is one with just this heading, then the most read, subdivided headings among them", async () => {
  expect(await titles("books about vampires")).toEqual(["Dissertatio de vampyris", "Dracula"]);
  expect(await titles("books set in venice")).toEqual(["Dizionario", "Othello"]);
});

test("one that has the subject in its heading and its title is as good as one with just this heading", async () => {
  expect((await titles("books about whales"))[0]).toBe("Moby-Dick or, The Whale");
});

test("a family name is a heading of the person", async () => {
  expect((await titles("books about lincoln")).slice(0, 2)).toEqual([
    "The County",
    "Team of Rivals",
  ]);
});

test("a short word may stand in the plural, too", async () => {
  expect(await titles("book about a dog")).toEqual(["The Hound"]);
});

test("all of a subject comes before a heading that is only a part of it", async () => {
  expect((await titles("books about time travel"))[0]).toBe("Machine 1");
});

test("no title that has something like the subject comes behind the books about it", async () => {
  expect(await titles("books about sharks")).toEqual(["Men and Sharks"]);
});
