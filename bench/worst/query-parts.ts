/** Parts that costly queries are made of, and how they are put together; seeded. */
import type { FacetField, SearchOrder, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Random } from "../evaluate/slips.ts";

/** A request as what it was made of, so that it can be changed and shrunk. */
export type Recipe = {
  parts: string[];
  facets: FacetField[];
  order: SearchOrder;
  unfinished: boolean;
  /** Values that filters want of subjects. */
  subjects: string[];
  isFiltered: boolean;
};

const MAX_QUERY_CHARS = 2_000;
const MAX_VALUES = 20;
const facets: FacetField[] = ["author", "language", "subject", "series", "decade", "publisher"];
const orders: SearchOrder[] = ["relevance", "popularity", "newest", "title", "author"];

export function requestOf(recipe: Recipe): SearchRequest {
  const { filter } = plainSearch("");
  const { subjects, isFiltered } = recipe;
  return plainSearch(recipe.parts.join(" ").slice(0, MAX_QUERY_CHARS), {
    facets: recipe.facets,
    order: recipe.order,
    unfinished: recipe.unfinished,
    filter: isFiltered
      ? {
          ...filter,
          language: { anyOf: ["eng", "ger", "fre"], noneOf: ["rus"] },
          subject: { anyOf: subjects, noneOf: [] },
          published: { from: 1801, to: 1999 },
          hideDemoted: true,
        }
      : filter,
  });
}

/** A recipe of random parts. */
export function randomRecipe(words: readonly string[], random: Random): Recipe {
  return {
    parts: random.next() < ASKING_SHARE ? askingParts(words, random) : randomParts(words, random),
    facets: facets.filter(() => random.next() < 0.5),
    order: random.pick(orders) ?? "relevance",
    unfinished: random.next() < 0.3,
    subjects: Array.from({ length: MAX_VALUES }, () => random.pick(words) ?? ""),
    isFiltered: random.next() < 0.3,
  };
}

/** Plain words around words about the asking, which have ways of their own ("smith book about a nife"). */
const ASKING_SHARE = 0.2;
const askings = [
  "book about a",
  "novel with the",
  "one where",
  "books about",
  "books like",
  "books by",
  "who wrote",
  "series book 3",
];

function askingParts(words: readonly string[], random: Random): string[] {
  const word = () => random.pick(words) ?? "the";
  const some = (most: number) =>
    Array.from({ length: Math.floor(random.next() * (most + 1)) }, () =>
      random.next() < 0.3 ? slipOf(word(), random) : word(),
    );
  return [...some(4), random.pick(askings) ?? "", ...some(7)];
}

function randomParts(words: readonly string[], random: Random): string[] {
  const count = 1 + Math.floor(random.next() ** 2 * 60);
  return Array.from({ length: count }, () => randomPart(words, random));
}

/** The recipe with some parts changed, added or left out. */
export function changedRecipe(recipe: Recipe, words: readonly string[], random: Random): Recipe {
  const parts = recipe.parts.flatMap((part) => {
    const chance = random.next();
    if (chance < 0.1) {
      return [];
    }
    if (chance < 0.2) {
      return [randomPart(words, random)];
    }
    return chance < 0.3 ? [part, randomPart(words, random)] : [part];
  });
  const other = randomRecipe(words, random);
  const pick = <Name extends keyof Recipe>(name: Name): Recipe[Name] =>
    random.next() < 0.15 ? other[name] : recipe[name];
  return {
    parts,
    facets: pick("facets"),
    order: pick("order"),
    unfinished: pick("unfinished"),
    subjects: pick("subjects"),
    isFiltered: pick("isFiltered"),
  };
}

function randomPart(words: readonly string[], random: Random): string {
  const word = () => random.pick(words) ?? "the";
  const year = () => 100 + Math.floor(random.next() * 1_900);
  const makers = [
    word,
    word,
    () => slipOf(word(), random),
    () => word() + word(),
    () => word() + word() + slipOf(word(), random),
    () => `"${word()} ${word()}"`,
    () => `year:${year()}..${year()}`,
    () => `-${word()}`,
    () => `-(${word()} ${word()} ${word()})`,
    () => `(${word()} OR ${word()} OR "${word()} ${word()}")`,
    () => `subject:${slipOf(word(), random)}`,
    () => `subject:"${word()} ${word()}"`,
    () => `author:${word()}`,
    () => `title:(${word()} ${word()})`,
    () => `series:${word()}`,
    () => `publisher:${word()}`,
    () => `9780${Math.floor(random.next() * 1e9)}`,
    () => `qz${word().slice(0, 2)}x`,
  ];
  return (random.pick(makers) ?? word)();
}

function slipOf(word: string, random: Random): string {
  const at = Math.floor(random.next() * Math.max(1, word.length - 1));
  return word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
}
