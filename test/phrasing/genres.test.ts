/** Kinds of books as readers name them: "french novels", "books for kids". */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const shelf = (title: string, heading: string) =>
  [1, 2, 3, 4, 5].map((place) =>
    aBook(`${title} ${place}`, `Nobody ${place}`, {
      popularity: 5 - place / 10,
      subjects: [heading],
    }),
  );

const { titles, ask } = searchesIn([
  ...shelf("Rouge", "French fiction"),
  ...shelf("Master", "Russian fiction -- Translations into English"),
  ...shelf("Burrow", "Children's literature"),
  ...shelf("Orbit", "Science fiction"),
  ...shelf("Alibi", "Detective and mystery stories"),
  ...shelf("Wound", "War stories"),
  aBook("In the Woods", "Tana French", { popularity: 9 }),
  aBook("Russian Disco", "Wladimir Kaminer", { popularity: 6 }),
  aBook("A Book for Kids", "C. J. Dennis", { popularity: 1 }),
  aBook("Crime and Punishment", "Fyodor Dostoevsky", { popularity: 9 }),
  aBook("The Jungle Book", "Rudyard Kipling", { popularity: 9, subjects: ["Jungles"] }),
  aBook("War", "Sebastian Junger", { popularity: 9 }),
  aBook("Emma", "Jane Austen", { popularity: 9 }),
  aBook("Baskerville", "Arthur Conan Doyle", { popularity: 8, subjects: ["Hounds"] }),
  aBook("Science Fiction Novels", "David Pringle", { popularity: 2 }),
]);

describe("a kind of books is the heading that libraries file it under", () => {
  test.each([
    ["french novels", "Rouge 1"],
    ["best french novels of all time", "Rouge 1"],
    ["russian novels", "Master 1"],
    ["books for kids", "Burrow 1"],
    ["children's books", "Burrow 1"],
    ["books for my 6 year old", "Burrow 1"],
    ["science fiction books", "Orbit 1"],
    ["crime novels", "Alibi 1"],
    ["war novels", "Wound 1"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  test.each([
    ["french novels", "French fiction"],
    ["books for kids", "Children's literature"],
    ["book about a hound", "Hounds"],
  ])("%s: the heading is offered as works have it", async (query, heading) => {
    const { interpretation } = await ask(query);
    const read = interpretation.notices.find(({ reason }) => reason === "subject_read");
    expect(read?.message).toContain(`subject:"${heading}"`);
    expect((await titles(`subject:"${heading}"`)).length).toBeGreaterThan(0);
  });

  test("no heading is offered of which there are only subdivisions", async () => {
    const { interpretation } = await ask("russian novels");
    expect(interpretation.notices).toEqual([]);
  });
});

describe("a title or a name with a word for books is none", () => {
  test.each([
    ["jungle books", "The Jungle Book"],
    ["tana french books", "In the Woods"],
    ["jane austen novels", "Emma"],
    ["science fiction novels", "Science Fiction Novels"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });
});
