/**
 * Kinds of books, as readers name them and as libraries file them: "french novels" stand under "French
 * fiction", "books for kids" under "Children's literature".
 */
import { type AskingRole, askingWord } from "#server/catalog/query/asking-words.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { type PlannedWord, tokensOf } from "./plan-builder.ts";

export type GenreHeadings = {
  /** The words that name the genre. */
  words: PlannedWord[];
  /** Headings that may be meant, as `squash` has them. */
  headings: string[];
  /** Words that a subdivision of one of them has, too. */
  topic: string[];
};

/** More words than a genre has are a title. */
const MAX_WORDS = 4;

/** Genres and audiences whose headings have other words. */
const headingsOf = new Map(
  (
    "kids,children,childrens,child,toddlers:children's literature,children's stories,children's fiction,juvenile fiction;" +
    "teens,teen,teenagers,ya,young adult,young adults:young adult fiction,young adult literature;" +
    "picture:picture books for children,picture books;" +
    "comic:comics and graphic novels,comic books strips etc;" +
    "graphic:graphic novels,comics and graphic novels;" +
    "crime,detective,mystery:detective and mystery stories,mystery fiction,crime fiction,detective fiction;" +
    "spy,espionage:spy stories,spy fiction;" +
    "scifi,sci fi,sf:science fiction;" +
    "horror:horror tales,horror fiction,horror stories;" +
    "romance:love stories,romance fiction;" +
    "fantasy:fantasy fiction;" +
    "historical:historical fiction;" +
    "dystopian:dystopias,dystopian fiction;" +
    "adventure:adventure stories,adventure fiction;" +
    "ghost:ghost stories;" +
    "western:western stories;" +
    "war:war stories;" +
    "thriller:suspense fiction,thrillers"
  )
    .split(";")
    .flatMap((entry) => {
      const [names = "", headings = ""] = entry.split(":");
      return names.split(",").map((name) => [name, headings.split(",").map(squash)] as const);
    }),
);

/** A genre that is its heading already: "science fiction books". */
const whole = /(?:fiction|stories|tales|poetry|drama|plays|literature)$/;
const novels = new Set("novels romane romans romanzi".split(" "));
const endings = ["fiction", "stories", "tales", "literature"];

/** "for my 5 year old". */
const agedChild = /^(?:my )?(?:[2-9]|1[0-2]|[a-z]+) year olds?$/;
/** What may stand behind: "of all time", "to read", "please". */
const trailer =
  /^(?:of all time|ever(?: written)?|to read|please|list|recommendations?|for adults)?$/;

/** What a query names that asks for a kind of books and for nothing else; undefined for others. */
export function genreHeadings(words: readonly PlannedWord[]): GenreHeadings | undefined {
  const tokens = tokensOf(words);
  const roles = tokens.map((token, place) => askingWord(token, tokens[place - 1])?.role);
  const objects = roles.indexOf("objects");
  if (objects < 0) {
    return undefined;
  }
  const isAsking = (role: AskingRole | undefined) => role === "order" || role === "request";
  const start = roles.slice(0, objects).findLastIndex(isAsking) + 1;
  const before = words.slice(start, objects);
  if (before.length === 0) {
    const audience = tokens[objects + 1] === "for" ? words.slice(objects + 2) : [];
    const headings = headingsOf.get(agedChild.test(textOf(audience)) ? "kids" : textOf(audience));
    return headings && { words: audience, headings, topic: [] };
  }
  if (before.length > MAX_WORDS || !trailer.test(textOf(words.slice(objects + 1)))) {
    return undefined;
  }
  const key = squash(textOf(before));
  const known = headingsOf.get(textOf(before)) ?? (whole.test(key) ? [key] : undefined);
  if (known !== undefined) {
    return { words: before, headings: known, topic: [] };
  }
  // "Science books" are no science fiction.
  return novels.has(tokens[objects] ?? "")
    ? {
        words: before,
        headings: endings.map((ending) => `${key}${ending}`),
        topic: [...tokensOf(before), "fiction"],
      }
    : undefined;
}

function textOf(words: readonly PlannedWord[]): string {
  return tokensOf(words).join(" ");
}
