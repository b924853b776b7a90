/**
 * What is typed in the latency bench. Every catalogue gets the same shapes; the words are of its own
 * books, so that they find something.
 */
import { DatabaseSync } from "node:sqlite";
import type { Random } from "../evaluate/slips.ts";
import { classedQueries } from "../generate/queries.ts";

export type ShapedQuery = { shape: string; text: string; unfinished: boolean };

/** A title in the index order of its catalogue, for making keystrokes of. */
const TYPED_TITLES = 60;
/** Nobody types on when the book has not come up by now. */
const TYPED_LENGTH_MAX = 24;
/** The words that most books have; their combinations are the dearest queries. */
const COMMON_WORDS = 400;
const COMMON_WORD_QUERIES = 150;
const ADVERSARIAL_QUERIES = 300;

/** Queries of a generated catalogue, whose seed is known. */
export function generatedMix(seed: number, works: number, count: number): ShapedQuery[] {
  return classedQueries(seed, works, count).map(({ class: shape, text }) => ({
    shape,
    text,
    unfinished: shape === "prefix",
  }));
}

/** Every keystroke on the way to some titles. */
export function keystrokes(titles: readonly string[], random: Random): ShapedQuery[] {
  return Array.from({ length: TYPED_TITLES }, () => random.pick(titles) ?? "").flatMap((title) =>
    Array.from({ length: Math.min(title.length, TYPED_LENGTH_MAX) }, (_, index) => ({
      shape: "keystroke",
      text: title.slice(0, index + 1).toLowerCase(),
      unfinished: true,
    })),
  );
}

/** Common words alone and combined, also such as hardly ever stand together. */
export function commonWordQueries(words: readonly string[], random: Random): ShapedQuery[] {
  const some = (count: number) =>
    Array.from({ length: count }, () => random.pick(words) ?? "").join(" ");
  const queries: ShapedQuery[] = [];
  for (let index = 0; index < COMMON_WORD_QUERIES; index++) {
    queries.push({ shape: "common words", text: some(1 + (index % 3)), unfinished: false });
  }
  for (let index = 0; index < ADVERSARIAL_QUERIES; index++) {
    queries.push({
      shape: "words that hardly meet",
      text: some(4 + (index % 5)),
      unfinished: index % 2 === 0,
    });
  }
  return queries;
}

/** Titles all over a catalogue, from the most read to the least. */
export function someTitles(catalogueFile: string, count: number): string[] {
  const database = new DatabaseSync(catalogueFile, { readOnly: true });
  try {
    const last = Number(Object.values(database.prepare("SELECT max(id) FROM work").get() ?? {})[0]);
    const statement = database.prepare("SELECT document FROM work WHERE id >= ? LIMIT 1");
    return Array.from({ length: count }, (_, index) => {
      // The head is asked for most: places are spread by the square.
      const row = statement.get(Math.floor(last * (index / count) ** 2));
      // The engine's own writer made this text; the second place holds the title.
      return (JSON.parse(String(row?.["document"] ?? '["",""]')) as [string, string])[1];
    });
  } finally {
    database.close();
  }
}

/** The words that most books of a catalogue have. */
export function commonWords(catalogueFile: string): string[] {
  const database = new DatabaseSync(catalogueFile, { readOnly: true });
  try {
    return database
      .prepare("SELECT word FROM term ORDER BY work_count DESC LIMIT ?")
      .all(COMMON_WORDS)
      .map((row) => String(row["word"]));
  } finally {
    database.close();
  }
}
