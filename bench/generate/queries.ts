/**
 * What readers would type to find books of a generated catalogue: no file is read, for titles, names
 * and numbers can be made again from the seed.
 */
import { GeneratedCatalogue, type GeneratedWork } from "./catalogue.ts";
import { isbnsOf } from "./dirt.ts";
import { unescapeText } from "./json-text.ts";
import { topicCount } from "./lexicon.ts";
import { Random } from "./random.ts";
import { slip } from "./title.ts";

export type QueryClass =
  | "title"
  | "title+author"
  | "surname+word"
  | "prefix"
  | "typo"
  | "common words"
  | "words that hardly meet"
  | "rare word"
  | "isbn";

export type GeneratedQuery = { class: QueryClass; text: string };

const stream = 61;
/** How many of a hundred searches are of each class; every keystroke of one is a query of its own. */
const shares: readonly (readonly [QueryClass, number])[] = [
  ["title", 22],
  ["title+author", 16],
  ["surname+word", 20],
  ["prefix", 4],
  ["typo", 14],
  ["common words", 6],
  ["words that hardly meet", 6],
  ["rare word", 5],
  ["isbn", 7],
];
/** A reader who sees no suggestion after so many letters is done typing. */
const longestTyping = 24;

/**
 * A mix of queries against the catalogue that `main.ts` writes for the same seed and size.
 * @param count how many, at least; the last reader may finish typing.
 */
export function generatedQueries(seed: number, works: number, count = 2000): string[] {
  return classedQueries(seed, works, count).map(({ text }) => text);
}

/** As {@link generatedQueries}, with the class of each, so that slow classes can be told. */
export function classedQueries(seed: number, works: number, count = 2000): GeneratedQuery[] {
  const maker = new QueryMaker(new GeneratedCatalogue(seed, works));
  const queries: GeneratedQuery[] = [];
  for (let reader = 0; queries.length < count; reader++) {
    queries.push(...maker.queriesOf(reader));
  }
  return queries;
}

class QueryMaker {
  readonly #catalogue: GeneratedCatalogue;
  readonly #random = new Random();

  constructor(catalogue: GeneratedCatalogue) {
    this.#catalogue = catalogue;
  }

  /** What one reader types; empty if the book thought of can't be asked for in that way. */
  queriesOf(reader: number): GeneratedQuery[] {
    const random = this.#random.start(this.#catalogue.seed, stream, reader);
    const kind = chosenClass(random);
    return this.#texts(kind, random)
      .map((text) => ({ class: kind, text: text.trim() }))
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  }

  #texts(kind: QueryClass, random: Random): string[] {
    switch (kind) {
      case "title":
        return [this.#title(this.#work(random), random)];
      case "title+author":
        return this.#titleAndAuthor(random);
      case "surname+word":
        return this.#surnameAndWord(random);
      case "prefix":
        return keystrokes(this.#title(this.#work(random), random));
      case "typo":
        return [withSlip(this.#title(this.#work(random), random), random)];
      case "common words":
        return [this.#commonWords(random)];
      case "words that hardly meet":
        return [this.#wordsThatHardlyMeet(random)];
      case "rare word":
        return [this.#rareWord(random)];
      case "isbn":
        return [this.#isbn(random)];
    }
  }

  /** Readers ask for popular books, mostly, but not only. */
  #work(random: Random): GeneratedWork {
    const isPopular = random.chance(0.6);
    const index = isPopular
      ? this.#catalogue.likelyWork(random)
      : random.below(this.#catalogue.sizes.rows.works);
    return this.#catalogue.work(index);
  }

  /** Few type capitals, and nobody types a subtitle of twenty words. */
  #title(work: GeneratedWork, random: Random): string {
    const title = unescapeText(work.title).split(/\s+/u).slice(0, 10).join(" ");
    return random.chance(0.7) ? title.toLowerCase() : title;
  }

  #titleAndAuthor(random: Random): string[] {
    const work = this.#work(random);
    const author = work.authors[0];
    if (author === undefined) {
      return [];
    }
    const { name, family } = this.#catalogue.author(author);
    const written = unescapeText(random.chance(0.5) ? name : family).toLowerCase();
    const title = this.#title(work, random);
    return [random.chance(0.7) ? `${title} ${written}` : `${written} ${title}`];
  }

  #surnameAndWord(random: Random): string[] {
    const work = this.#work(random);
    const author = work.authors[0];
    if (author === undefined) {
      return [];
    }
    const words = this.#title(work, random).match(/\p{L}{4,}/gu) ?? [];
    const word = words.length === 0 ? "" : random.pick(words);
    return [`${unescapeText(this.#catalogue.author(author).family).toLowerCase()} ${word}`];
  }

  /** "history", "the history of", "of the and": long lists, and many works that have them all. */
  #commonWords(random: Random): string {
    const lexicon = this.#catalogue.lexicon(0);
    const common = () => lexicon.word(Math.floor(random.unit() ** 2 * 100));
    const little = () => lexicon.little(random, false);
    const unit = random.unit();
    if (unit < 0.4) {
      return common();
    }
    if (unit < 0.6) {
      return `the ${common()} of`;
    }
    return unit < 0.85 ? `${common()} ${common()}` : `${little()} ${little()} ${little()}`;
  }

  /** The most frequent words of different topics: long lists that have next to nothing in common. */
  #wordsThatHardlyMeet(random: Random): string {
    const lexicon = this.#catalogue.lexicon(0);
    const first = random.below(topicCount);
    const words: string[] = random.chance(0.4) ? [lexicon.word(random.below(5))] : [];
    for (let i = random.between(2, 4); i > 0; i--) {
      words.push(lexicon.word(lexicon.topical((first + i * 11) % topicCount, random.below(3))));
    }
    return unescapeText(words.join(" "));
  }

  #rareWord(random: Random): string {
    const { words } = this.#catalogue.lexicon(random.chance(0.7) ? 0 : random.below(12));
    return unescapeText(words[words.length - 1 - random.below(words.length >> 1)] ?? "");
  }

  /** Some are of editions whose records lack an ISBN: nothing is found then, as in life. */
  #isbn(random: Random): string {
    const { isbn13, isbn10 } = isbnsOf(random.below(this.#catalogue.sizes.rows.editions));
    if (isbn10 !== "" && random.chance(0.4)) {
      return isbn10;
    }
    return random.chance(0.8) ? isbn13 : isbn13.replace(/^(...)(..)(.*)(.)$/, "$1-$2-$3-$4");
  }
}

function chosenClass(random: Random): QueryClass {
  let point = random.below(shares.reduce((sum, [, share]) => sum + share, 0));
  for (const [kind, share] of shares) {
    if (point < share) {
      return kind;
    }
    point -= share;
  }
  return "title";
}

/** Every beginning of the text, letter by letter. */
function keystrokes(text: string): string[] {
  const letters = [...text].slice(0, longestTyping);
  return letters.map((_, index) => letters.slice(0, index + 1).join(""));
}

/** One slip in the longest word. */
function withSlip(text: string, random: Random): string {
  const words = text.match(/\p{L}+/gu) ?? [""];
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best));
  return longest === "" ? text : text.replace(longest, slip(random, longest));
}
