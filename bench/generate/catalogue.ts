/**
 * The catalogue as a function of its seed: any work, author or edition by its index, in constant
 * time and without storing one of them. Words and names are the only tables.
 */
import { bodyName, personName } from "./author-name.ts";
import { languages, latinCount } from "./languages.ts";
import { Lexicon } from "./lexicon.ts";
import { Names } from "./names.ts";
import { Permutation } from "./permutation.ts";
import { PowerLaw } from "./power-law.ts";
import { Random } from "./random.ts";
import { type Sizes, sizesFor } from "./sizes.ts";
import { makeTitle, phrase } from "./title.ts";
import { variedTitle, type WorkKind, workTitle } from "./work-title.ts";

export type GeneratedAuthor = {
  language: number;
  given: string;
  family: string;
  /** As written on title pages: "Given M. Family", or the name of a body. */
  name: string;
  isBody: boolean;
};

export type GeneratedWork = {
  language: number;
  topic: number;
  /** Escaped as in JSON, like all texts here. */
  title: string;
  authors: readonly number[];
  year: number;
  kind: WorkKind;
  series: { title: string; position: number } | undefined;
};

const streams = {
  words: 1000,
  names: 2000,
  work: 1,
  ownWork: 2,
  author: 3,
  series: 4,
  twin: 5,
  translation: 100,
};
const authorsPerWork = 0.36;

export class GeneratedCatalogue {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly lexicons: readonly Lexicon[];
  readonly #names: readonly Names[];
  readonly #random = new Random();
  readonly #authorRandom = new Random();
  readonly #authorRanks: PowerLaw;
  readonly #authors: Permutation;
  readonly #popular: Permutation;
  readonly #editionRanks: PowerLaw;
  readonly #positions = new PowerLaw(60, 1.4, 2);
  readonly #languageSteps: readonly number[];

  constructor(seed: number, works: number) {
    this.seed = seed;
    this.sizes = sizesFor(works);
    const weights = languages.map(({ share }) => share ** 0.55);
    const total = weights.reduce((sum, weight) => sum + weight);
    const portions = weights.map((weight) => (this.sizes.words * weight) / total);
    this.lexicons = languages.map(
      (language, i) => new Lexicon(language, seed, streams.words + i, portions[i] ?? 0),
    );
    this.#names = languages.map(
      (language, i) => new Names(language, seed, streams.names + 2 * i, (portions[i] ?? 0) / 2),
    );
    let sum = 0;
    this.#languageSteps = languages.map(({ share }) => (sum += share));
    this.#authorRanks = new PowerLaw(this.sizes.rows.authors, 0.8, 30);
    this.#editionRanks = new PowerLaw(works, 0.8, 3);
    this.#authors = new Permutation(this.sizes.rows.authors, 1);
    this.#popular = new Permutation(works, 2);
  }

  /** The work at a rank of popularity; 0 is read most. */
  popularWork(rank: number): number {
    return this.#popular.at(rank);
  }

  /** A work, popular ones as much more likely as they have more editions. */
  likelyWork(random: Random): number {
    return this.popularWork(this.#editionRanks.rankAt(random.unit()));
  }

  work(index: number): GeneratedWork {
    const random = this.#random.start(this.seed, streams.work, index);
    if (!random.chance(0.03)) {
      return this.#ownWork(index);
    }
    // A second record of a work that is there already: same author, nearly the same title.
    const twin = this.#ownWork(this.likelyWork(random));
    const title = variedTitle(random.start(this.seed, streams.twin, index), twin.title);
    return { ...twin, title };
  }

  author(index: number): GeneratedAuthor {
    const random = this.#authorRandom.start(this.seed, streams.author, index);
    const language = this.#language(random);
    const names = this.#namesIn(this.#nameLanguage(random, language));
    const given = names.given(random);
    const family = names.family(random);
    const isBody = random.unit() < 0.04;
    const name = isBody ? bodyName(random, family) : personName(random, names, given, family);
    return { language, given, family, name, isBody };
  }

  /** Title of a work's translation into another language. */
  translatedTitle(work: number, language: number): string {
    const random = this.#authorRandom.start(this.seed, streams.translation + language, work);
    const lexicon = this.lexicon(language);
    return makeTitle(random, lexicon, lexicon.topic(random));
  }

  lexicon(language: number): Lexicon {
    const lexicon = this.lexicons[language];
    if (lexicon === undefined) {
      throw new RangeError(`no language ${language}`);
    }
    return lexicon;
  }

  #ownWork(index: number): GeneratedWork {
    const random = this.#random.start(this.seed, streams.ownWork, index);
    const authors = this.#authorsOf(random, index);
    const first = authors[0];
    const author = first === undefined ? undefined : this.author(first);
    const language =
      author !== undefined && random.chance(0.9) ? author.language : this.#language(random);
    const lexicon = this.lexicon(language);
    const topic = lexicon.topic(random);
    const series =
      first !== undefined && random.chance(0.065) ? this.#series(random, first) : undefined;
    const year = someYear(random);
    const plain = makeTitle(random, lexicon, topic);
    const summarised = random.chance(0.002) ? this.#summarisedTitle(random) : "";
    const name = author?.name ?? "";
    const { title, kind } = workTitle(random, plain, lexicon, name, series, summarised);
    return { language, topic, title, authors, year, kind, series };
  }

  /** Every author has a work of their own; the others go to busy authors. */
  #authorsOf(random: Random, index: number): number[] {
    const own = Math.floor(index * authorsPerWork);
    const hasOwn = Math.floor((index + 1) * authorsPerWork) > own;
    const authors: number[] = [];
    if (hasOwn && own < this.#authors.count) {
      authors.push(this.#authors.at(own));
    }
    const unit = random.unit();
    const count = unit < 0.13 ? 0 : unit < 0.87 ? 1 : unit < 0.965 ? 2 : random.between(3, 7);
    while (authors.length < count) {
      const author = this.#authors.at(this.#authorRanks.rankAt(random.unit()));
      if (authors.includes(author)) {
        break;
      }
      authors.push(author);
    }
    return authors;
  }

  #series(random: Random, author: number): { title: string; position: number } {
    const number = author * 4 + random.below(3);
    const position = 1 + this.#positions.rankAt(random.unit());
    const own = this.#authorRandom.start(this.seed, streams.series, number);
    const lexicon = this.lexicon(this.#language(own));
    const title = phrase(own, lexicon, lexicon.topic(own), own.between(1, 4), true);
    return { title, position };
  }

  /** Of the book that a summary is about. No work of the catalogue needs to have it. */
  #summarisedTitle(random: Random): string {
    const index = this.popularWork(random.below(500));
    const other = new Random().start(this.seed, streams.ownWork, index);
    const lexicon = this.lexicon(0);
    return makeTitle(other, lexicon, lexicon.topic(other));
  }

  #language(random: Random): number {
    const unit = random.unit();
    const index = this.#languageSteps.findIndex((step) => unit < step);
    return Math.max(index, 0);
  }

  /** Catalogues write most names of other scripts in Latin letters. */
  #nameLanguage(random: Random, language: number): number {
    const keepsScript = language < latinCount || random.chance(0.4);
    return keepsScript ? language : random.below(latinCount);
  }

  #namesIn(language: number): Names {
    const names = this.#names[language];
    if (names === undefined) {
      throw new RangeError(`no names of language ${language}`);
    }
    return names;
  }
}

function someYear(random: Random): number {
  const unit = random.unit();
  if (unit < 0.02) {
    return random.between(1480, 1799);
  }
  if (unit < 0.11) {
    return random.between(1800, 1899);
  }
  if (unit < 0.32) {
    return random.between(1900, 1959);
  }
  return unit < 0.66 ? random.between(1960, 1999) : random.between(2000, 2025);
}
