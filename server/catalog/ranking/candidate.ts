/**
 * What the ranking function reads of a book: folded words only, narrow enough to read hundreds of
 * them for one query. Stored as text (see `printSegments` and its like in the index writers):
 *
 *     titles    "fellowship of the ring|being the first part\ncompagnons de l anneau"
 *     authors   "j r r tolkien/jrr tolkien/tolkien j r r\n…"      one line per author, forms by "/"
 *     series    "lord of the rings#1\n…"
 */
export type Candidate = {
  id: number;
  /** Title variants, the work's own first; each a list of segments, each a list of words. */
  titles: string[][][];
  /** Forms of each author's name. */
  authors: string[][][];
  series: { words: string[]; position: string }[];
  popularity: number;
  demoted: boolean;
  /** Bit n: the index has word n of the query for it; if titles, names and series don't, topics do. */
  indexedWords: number;
  /** Words that are, together, a title of it by its title keys, whatever their spelling. */
  titleKeyRange: { start: number; end: number } | undefined;
};

/** Title variants of the stored text. */
export function parseTitles(text: string): string[][][] {
  return text.split("\n").map((line) => line.split("|").map(parseWords));
}

/** Authors' names of the stored text. */
export function parseAuthors(text: string): string[][][] {
  return text === "" ? [] : text.split("\n").map((line) => line.split("/").map(parseWords));
}

/** Series of the stored text. */
export function parseSeries(text: string): { words: string[]; position: string }[] {
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const hash = line.lastIndexOf("#");
    return { words: parseWords(line.slice(0, hash)), position: line.slice(hash + 1) };
  });
}

function parseWords(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
