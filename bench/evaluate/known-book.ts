/**
 * The shared catalogue as a maker of queries sees it. Folding here is on purpose not the engine's: a
 * query set made with the engine's own folding would forgive its mistakes.
 */
import { readBooks, type StoredBook } from "./documents.ts";

export type Stratum = "head" | "mid" | "tail";

export type KnownBook = StoredBook & {
  stratum: Stratum;
  /** Words of the title, folded. */
  title: string;
  /** The title without its first article. */
  bareTitle: string;
  /** The words before the first colon or the like, without article. */
  mainTitle: string;
  /** Folded names. */
  names: string[];
  /** Last word of the first author's name. */
  surname: string;
};

/** Works from the most read down: so many are head, so many head and middle. */
const HEAD_COUNT = 10_000;
const HEAD_AND_MID_COUNT = 90_000;

export type KnownBooks = {
  books: KnownBook[];
  byBareTitle: Map<string, KnownBook[]>;
  byMainTitle: Map<string, KnownBook[]>;
  byName: Map<string, KnownBook[]>;
};

export function readKnownBooks(catalogueFile: string): KnownBooks {
  const books: KnownBook[] = [];
  for (const stored of readBooks(catalogueFile)) {
    books.push(asKnown(stored, books.length));
  }
  return {
    books,
    byBareTitle: Map.groupBy(books, ({ bareTitle }) => bareTitle),
    byMainTitle: Map.groupBy(books, ({ mainTitle }) => mainTitle),
    byName: groupByName(books),
  };
}

function asKnown(stored: StoredBook, position: number): KnownBook {
  const { work } = stored;
  const title = fold(work.title);
  const names = work.authors.map(({ name }) => fold(uninverted(name)));
  return {
    ...stored,
    stratum: position < HEAD_COUNT ? "head" : position < HEAD_AND_MID_COUNT ? "mid" : "tail",
    title,
    bareTitle: withoutArticle(title),
    mainTitle: withoutArticle(fold(work.title.split(/[:;(]| [—–-] /)[0] ?? "")) || title,
    names,
    surname: (names[0] ?? "").split(" ").at(-1) ?? "",
  };
}

function groupByName(books: readonly KnownBook[]): Map<string, KnownBook[]> {
  const groups = new Map<string, KnownBook[]>();
  for (const book of books) {
    for (const name of new Set(book.names)) {
      const group = groups.get(name);
      if (group === undefined) {
        groups.set(name, [book]);
      } else {
        group.push(book);
      }
    }
  }
  return groups;
}

/** "Tolkien, J. R. R." the other way round. */
function uninverted(name: string): string {
  const [last = "", first = "", ...rest] = name.split(", ");
  return rest.length === 0 && first !== "" ? `${first} ${last}` : name;
}

/** Small letters without marks, words apart by single blanks; apostrophes and & leave nothing. */
export function fold(text: string): string {
  const plain = text
    .normalize("NFKD")
    // In other scripts marks are letters.
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}/gu, "")
    .normalize("NFC")
    .replace(/['’ʼ‘`´]/gu, "")
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("ß", "ss")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe");
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(" ");
}

function withoutArticle(title: string): string {
  return title.replace(/^(the|an?|le|la|les|der|die|das|el|los|las|il) (?=.)/u, "");
}

/** Readers and editions: what makes one work likelier to be meant than another of the same title. */
export function demand({ work }: KnownBook): number {
  return work.readerCount + work.rating.count + work.editionCount / 10;
}
