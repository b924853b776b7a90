/**
 * The ranking as tables: queries, books in the order they should come, and the criterion that puts the
 * first above the second. Each row is a kind of query; the books are the least that show it.
 */
import { expect, test } from "vitest";
import type { Criteria } from "./ranked-work.ts";
import { rankShelf, type ShelfBook } from "./testing/shelf.ts";

type OrderRow = [kind: string, query: string, order: ShelfBook[], because: keyof Criteria];

const dune: ShelfBook = { title: "Dune", by: "Frank Herbert", popularity: 12 };
const messiah: ShelfBook = { title: "Dune Messiah", by: "Frank Herbert", popularity: 10 };
const emma: ShelfBook = { title: "Emma", by: "Jane Austen", popularity: 12 };
const persuasion: ShelfBook = { title: "Persuasion", by: "Jane Austen", popularity: 11 };

const orders: OrderRow[] = [
  ["a whole title", "dune", [dune, { ...messiah, popularity: 14 }], "exactness"],
  [
    "a longer title typed whole",
    "dune messiah",
    [messiah, { title: "Messiah of the Dune Sea", popularity: 14 }, dune],
    "exactness",
  ],
  [
    "a title with its author, however little read",
    "emma kaufman",
    [
      { title: "Emma", by: "Charlotte Kaufman", popularity: 0.5 },
      { ...emma, popularity: 15 },
    ],
    "exactness",
  ],
  [
    "an author's name",
    "jane austen",
    [persuasion, { title: "A Walk with Jane Austen", by: "Lori Smith", popularity: 9 }],
    "exactness",
  ],
  [
    "the beginning of a title, while typing",
    "the hob…",
    [
      { title: "The Hobbit", by: "J. R. R. Tolkien", popularity: 12 },
      { title: "A Guide to the Hobby", popularity: 11 },
    ],
    "exactness",
  ],
  [
    "a finished short word before a longer one that it begins",
    "it",
    [
      { title: "It", by: "Stephen King", popularity: 8 },
      { title: "Italian Folktales", by: "Italo Calvino", popularity: 14 },
    ],
    "exactness",
  ],
  [
    "a slip",
    "wuthering hights",
    [
      { title: "Wuthering Heights", by: "Emily Brontë", popularity: 11 },
      { title: "Wuthering Nights", popularity: 5 },
    ],
    "popularity",
  ],
  [
    "a word as typed before one that it may be a slip of",
    "the stand",
    [
      { title: "The Stand", by: "Stephen King", popularity: 8 },
      { title: "The Sand", popularity: 12 },
    ],
    "typos",
  ],
  [
    "a book that lacks none of the words",
    "murder orient express",
    [
      { title: "Murder on the Orient Express", by: "Agatha Christie", popularity: 8 },
      { title: "Orient Express", by: "Graham Greene", popularity: 12 },
    ],
    "words",
  ],
  [
    "words in their order",
    "heart of darkness",
    [
      { title: "Heart of Darkness", by: "Joseph Conrad", popularity: 8 },
      { title: "Darkness of the Heart", popularity: 9 },
    ],
    "exactness",
  ],
  [
    "a word about the asking, which no book needs",
    "persuasion pdf",
    [persuasion, { title: "The Complete PDF", popularity: 3 }],
    "words",
  ],
  [
    "the number of a book in its series",
    "mistborn book 2",
    [
      { title: "The Well of Ascension", series: "Mistborn#2", popularity: 8 },
      { title: "The Final Empire", series: "Mistborn#1", popularity: 11 },
    ],
    "words",
  ],
  [
    "the same before a title that has the words by accident",
    "mistborn book 2",
    [
      { title: "The Well of Ascension", series: "Mistborn#2", popularity: 8 },
      { title: "A Study of Mistborn: Book 2", popularity: 10 },
    ],
    "exactness",
  ],
  [
    "all books of a series, in their order",
    "mistborn series",
    [
      { title: "The Final Empire", series: "Mistborn#1", popularity: 8 },
      { title: "The Well of Ascension", series: "Mistborn#2", popularity: 12 },
    ],
    "exactness",
  ],
  [
    "of equals, the one that more people read",
    "persuasion",
    [persuasion, { ...persuasion, by: "Mary Smith", popularity: 4 }],
    "popularity",
  ],
  [
    "a reprint on demand after the book",
    "persuasion",
    [persuasion, { ...persuasion, demoted: true }],
    "demotion",
  ],
  [
    "an author's record that holds a title, on a book that nobody reads",
    "dune",
    [dune, { title: "Untitled", by: "Dune", popularity: 0 }],
    "exactness",
  ],
  [
    "a part of a famous title before a short one that nobody reads",
    "the bible",
    [
      { title: "The Holy Bible", popularity: 13 },
      { title: "The Bible", popularity: 0.5 },
    ],
    "popularity",
  ],
  [
    "an adaptation after the book itself",
    "pride and prejudice jane austen",
    [
      { title: "Pride and Prejudice", by: "Jane Austen", popularity: 12 },
      { title: "Pride and Prejudice: A Graphic Novel", by: "Jane Austen", popularity: 9 },
      { title: "Pride and Prejudice and Zombies", by: "Jane Austen", popularity: 12 },
    ],
    "popularity",
  ],
  [
    "a book's own title before another's title in a different language",
    "the stranger",
    [
      { title: "The Stranger", popularity: 9 },
      { title: "L'Étranger", otherTitles: ["The Stranger"], by: "Albert Camus", popularity: 9 },
    ],
    "field",
  ],
];

test.each(orders)("%s: “%s”", (_, query, order, because) => {
  const ranked = rankShelf(query, order.toReversed());
  expect(ranked.map(({ title }) => title)).toEqual(order.map(({ title }) => title));
  const [first, second] = ranked.map(({ criteria }) => criteria);
  expect(decisive(first, second)).toBe(because);
});

type CostRow = [kind: string, query: string, book: ShelfBook, costs: (keyof Criteria)[]];

/** What counts against the book that is meant. */
const costs: CostRow[] = [
  ["a whole title", "dune", dune, []],
  ["a title with its author", "dune herbert", dune, ["field"]],
  ["a title without its subtitle", "dune", { ...dune, title: "Dune: A Novel" }, ["coverage"]],
  ["some words of a title", "messiah", messiah, ["coverage"]],
  ["words in another order", "messiah dune", messiah, ["order"]],
  ["a slip", "dune mesiah", messiah, ["typos"]],
  ["a title half typed", "dune mess…", messiah, ["begun"]],
  ["a word that the book lacks", "dune pancakes", dune, ["words"]],
  ["a word about the asking", "dune pdf", dune, ["asking"]],
  ["another title of the book", "duna", { ...dune, otherTitles: ["Duna"] }, ["field"]],
  ["a reprint on demand", "dune", { ...dune, demoted: true }, ["demotion"]],
];

test.each(costs)("what counts against %s: “%s”", (_, query, book, expected) => {
  const [{ criteria } = {}] = rankShelf(query, [book]);
  const names = Object.keys(criteria ?? {}) as (keyof Criteria)[];
  expect(names.filter((name) => (criteria?.[name] ?? 0) < 0)).toEqual(expected);
});

/** The criterion in which the first is furthest above the second. */
function decisive(first: Criteria | undefined, second: Criteria | undefined): string | undefined {
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const names = Object.keys(first) as (keyof Criteria)[];
  return names.toSorted((one, other) => gain(other) - gain(one))[0];

  function gain(name: keyof Criteria): number {
    return (first?.[name] ?? 0) - (second?.[name] ?? 0);
  }
}
