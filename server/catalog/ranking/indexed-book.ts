import type { BookField } from "#server/catalog/catalog.ts";
import { titleLetters } from "#server/catalog/text/title-letters.ts";

/** More letters are no initials. */
export const MAX_INITIALS = 3;

/**
 * What the ranking function reads of a book: folded words only, narrow enough to read hundreds of
 * them for one query. Stored as text, parsed as far as a query needs it:
 *
 *     titles    "fellowship of the ring|being the first part\ncompagnons de l anneau"
 *     authors   "j r r tolkien/jrr tolkien/tolkien j r r\n…"      one line per author, forms by "/"
 *     series    "lord of the rings#1\n…"
 */
export class IndexedBook {
  readonly id: number;
  readonly popularity: number;
  readonly demoted: boolean;
  /** The group of works that are the same book: equal for all of them. */
  readonly duplicate: number;
  /** Title variants as stored, the work's own first. */
  readonly titleLines: readonly string[];
  #titles: (Title | undefined)[] = [];
  #authorText: string;
  #authors: AuthorNames[] | undefined;
  #seriesText: string;
  #series: SeriesPlace[] | undefined;
  #letters: string | undefined;
  #words: string | undefined;
  #initials: string | undefined;

  constructor(fields: IndexedFields) {
    this.id = fields.id;
    this.popularity = fields.popularity;
    this.demoted = fields.demoted;
    this.duplicate = fields.duplicate;
    this.titleLines = fields.titles.split("\n");
    this.#authorText = fields.authors;
    this.#seriesText = fields.series;
  }

  title(index: number): Title {
    const known = this.#titles[index];
    if (known !== undefined) {
      return known;
    }
    const title = parseTitle(this.titleLines[index] ?? "");
    this.#titles[index] = title;
    return title;
  }

  /** True if words stand together, in order, in a title, a name or a series. */
  hasPhrase(words: readonly string[], field: BookField | undefined): boolean {
    const phrase = ` ${words.join(" ")} `;
    const holds = (text: string) => ` ${text.replace(/[\n/#]/g, "  ")} `.includes(phrase);
    if (field === "author") {
      return holds(this.#authorText);
    }
    if (field === "series") {
      return holds(this.#seriesText);
    }
    const inTitle = this.titleLines.some((line) =>
      ` ${line.replaceAll("|", " ")} `.includes(phrase),
    );
    if (field !== undefined) {
      return inTitle;
    }
    return inTitle || holds(this.#authorText) || holds(this.#seriesText);
  }

  /** True if a title begins with letters, as `titleLetters` has them. */
  hasTitleBegun(letters: string): boolean {
    return this.titleLines.some((line) => titleLetters(line).startsWith(letters));
  }

  /**
   * False if no word of the names and series is `token`, begins with it or is it together with its
   * neighbour, and no names have it for initials. Far cheaper than parsing them.
   */
  mayHaveElsewhere(token: string): boolean {
    if (token.length > MAX_INITIALS) {
      this.#letters ??= `${this.#authorText}\n${this.#seriesText}`.replaceAll(" ", "");
      return this.#letters.includes(token);
    }
    this.#words ??= ` ${this.#authorText} ${this.#seriesText}`.replace(/[\n/#]/g, " ");
    if (this.#words.includes(` ${token}`)) {
      return true;
    }
    this.#initials ??= this.#words.replace(/ (.)[^ ]*/gu, "$1");
    return this.#initials.includes(token);
  }

  get authors(): readonly AuthorNames[] {
    this.#authors ??= this.#authorText === "" ? [] : this.#authorText.split("\n").map(parseAuthor);
    return this.#authors;
  }

  get series(): readonly SeriesPlace[] {
    this.#series ??= this.#seriesText === "" ? [] : this.#seriesText.split("\n").map(parseSeries);
    return this.#series;
  }
}

export type IndexedFields = {
  id: number;
  titles: string;
  authors: string;
  series: string;
  popularity: number;
  demoted: boolean;
  duplicate: number;
};

/** A title variant: its words, and where each segment of it ends. */
export type Title = { words: string[]; ends: number[] };

/** An author's names: the forms, and their words, each once. */
export type AuthorNames = { words: string[]; forms: string[] };

export type SeriesPlace = { words: string[]; position: string };

/** A title variant of the stored text. */
export function parseTitle(line: string): Title {
  if (!line.includes("|")) {
    const words = parseWords(line);
    return { words, ends: [words.length] };
  }
  const words: string[] = [];
  const ends: number[] = [];
  for (const segment of line.split("|")) {
    words.push(...parseWords(segment));
    ends.push(words.length);
  }
  return { words, ends };
}

/** An author of the stored text. */
export function parseAuthor(line: string): AuthorNames {
  const forms = line.split("/");
  return { words: [...new Set(forms.flatMap(parseWords))], forms };
}

/** The first form of an author's name in the stored text. */
export function firstForm(line: string): string {
  return line.split("/", 1)[0] ?? "";
}

function parseSeries(line: string): SeriesPlace {
  const hash = line.lastIndexOf("#");
  return { words: parseWords(line.slice(0, hash)), position: line.slice(hash + 1) };
}

function parseWords(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
