/**
 * Books of a catalogue as people phrase them: with words about the asking, as a link, a citation or a
 * file's name, by subject, and as long questions. They ask for parts of a query (runs of words,
 * topics, descriptions) that titles and names alone never reach.
 */
import { DatabaseSync } from "node:sqlite";
import type { Work } from "#server/catalog/records.ts";
import { decodeWork } from "#server/index-entries/documents.ts";
import type { Random } from "../evaluate/slips.ts";
import type { ShapedQuery } from "./query-mix.ts";

/** Works that phrasings are made of. */
const PHRASED_WORKS = 60;
/** Words of a description in a long question; readers write 20 to 150. */
const QUESTION_WORDS = { fewest: 12, most: 90 };

type Phrasing = { shape: string; phrase: (work: Work, random: Random) => string | undefined };

const phrasings: readonly Phrasing[] = [
  { shape: "title-noise", phrase: ({ title }) => `who wrote ${title}` },
  { shape: "title-noise", phrase: ({ title }) => `${title} book pdf` },
  { shape: "title-by-author", phrase: withAuthor((title, name) => `${title} written by ${name}`) },
  { shape: "author-books", phrase: withAuthor((_, name) => `books by ${name}`) },
  { shape: "author-books", phrase: withAuthor((_, name) => `best ${familyName(name)} novels`) },
  { shape: "series", phrase: ({ series: [one] }) => one && `${one.title} series in order` },
  {
    shape: "series-number",
    phrase: ({ series: [one] }) => one && `${one.title} book ${one.position}`,
  },
  { shape: "about", phrase: ofSubject((subject) => `books about ${subject}`) },
  { shape: "about", phrase: ofSubject((subject) => `best novels on ${subject} for beginners`) },
  { shape: "like", phrase: ({ title }) => `books like ${title}` },
  { shape: "like", phrase: ({ title }) => `if you liked ${title}` },
  {
    shape: "citation",
    phrase: withAuthor(
      (title, name) => `${familyName(name)}, ${name.slice(0, 1)}. (1987). ${title}. Fine Press.`,
    ),
  },
  {
    shape: "file name",
    phrase: withAuthor((title, name) => `${name} - ${title} (retail) [v2].epub`),
  },
  {
    shape: "link",
    phrase: ({ title }) => `https://books.example/show/4711-${title.replace(/\W+/g, "-")}`,
  },
  { shape: "long question", phrase: longQuestion },
];

/** Some works all over the catalogue, in every phrasing that they have the words for. */
export function phrasingQueries(catalogueFile: string, random: Random): ShapedQuery[] {
  return someWorks(catalogueFile).flatMap((work) =>
    phrasings.flatMap(({ shape, phrase }) => {
      const text = phrase(work, random);
      return text === undefined ? [] : [{ shape, text: text.toLowerCase(), unfinished: false }];
    }),
  );
}

function withAuthor(phrase: (title: string, name: string) => string) {
  return ({ title, authors: [author] }: Work) => author && phrase(title, author.name);
}

function ofSubject(phrase: (subject: string) => string) {
  return ({ subjects: [subject] }: Work) => (subject === undefined ? undefined : phrase(subject));
}

function familyName(name: string): string {
  return name.split(" ").at(-1) ?? name;
}

/** What a reader remembers of a description, which is never all of it nor in its order. */
function longQuestion({ description }: Work, random: Random): string | undefined {
  const words = description.match(/[\p{L}\p{N}'’]+/gu) ?? [];
  if (words.length < QUESTION_WORDS.fewest) {
    return undefined;
  }
  const { fewest, most } = QUESTION_WORDS;
  const count = Math.min(words.length, fewest + Math.floor(random.next() * (most - fewest)));
  const remembered = Array.from({ length: count }, () => random.pick(words) ?? "");
  return `can you help me find a book i read as a child, about ${remembered.join(" ")}`;
}

/** From the most read to the least, more of the head; half of them with a description. */
function someWorks(catalogueFile: string): Work[] {
  const database = new DatabaseSync(catalogueFile, { readOnly: true });
  try {
    const last = Number(Object.values(database.prepare("SELECT max(id) FROM work").get() ?? {})[0]);
    const next = database.prepare("SELECT document FROM work WHERE id >= ? LIMIT 200");
    return Array.from({ length: PHRASED_WORKS }, (_, index) => {
      const rows = next.all(Math.max(1, Math.floor(last * (index / PHRASED_WORKS) ** 2)));
      const works = rows.map(({ document }) => decodeWork(String(document)));
      const isTold = ({ description }: Work) => description !== "";
      return (index % 2 === 0 ? works.find(isTold) : undefined) ?? works[0];
    }).filter((work) => work !== undefined);
  } finally {
    database.close();
  }
}
