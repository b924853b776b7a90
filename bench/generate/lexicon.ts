/**
 * The words of one language and how often each is drawn. A word is little ("of"), common ("history")
 * or topical. Topical words are dealt out to topics, so that two frequent words of different topics
 * hardly ever meet in a title: the case in which an AND of long lists has nothing to show for itself.
 */
import { escapeText } from "./json-text.ts";
import type { Language } from "./languages.ts";
import { PowerLaw } from "./power-law.ts";
import type { Random } from "./random.ts";
import { makeWords } from "./syllables.ts";

export const topicCount = 64;
const commonCount = 250;

/** Shares among the words that aren't little. */
const commonShare = 0.3;
const straySharePerWord = 0.12;

export class Lexicon {
  readonly language: Language;
  /** Escaped, as written in JSON. */
  readonly words: readonly string[];
  readonly #capitalised: readonly string[];
  readonly #little: readonly string[];
  readonly #capitalisedLittle: readonly string[];
  readonly #articles: readonly string[];
  readonly #capitalisedArticles: readonly string[];
  readonly #littleRanks: PowerLaw;
  readonly #commonRanks: PowerLaw;
  readonly #topicalRanks: PowerLaw;
  readonly #topics = new PowerLaw(topicCount, 0.5, 4);

  /** @param size number of words, without the little ones; at least a few per topic are made. */
  constructor(language: Language, seed: number, stream: number, size: number) {
    const common = [...new Set(language.common)].slice(0, commonCount);
    const perTopic = Math.max(4, Math.ceil((size - commonCount) / topicCount));
    const missing = commonCount + perTopic * topicCount - common.length;
    const made = makeWords(language, seed, stream, missing, [...common, ...language.little]);
    const words = [...common, ...made];
    this.language = language;
    this.words = words.map(escapeText);
    this.#capitalised = words.map((word) => escapeText(capital(word)));
    this.#little = language.little.map(escapeText);
    this.#capitalisedLittle = language.little.map((word) => escapeText(capital(word)));
    this.#articles = language.articles.map(escapeText);
    this.#capitalisedArticles = language.articles.map((word) => escapeText(capital(word)));
    this.#littleRanks = new PowerLaw(this.#little.length, 1.75, 3);
    this.#commonRanks = new PowerLaw(commonCount, 0.85, 8);
    this.#topicalRanks = new PowerLaw(perTopic, 1.3, 4);
  }

  topic(random: Random): number {
    return this.#topics.rankAt(random.unit());
  }

  article(random: Random, isCapital: boolean): string {
    return random.pick(isCapital ? this.#capitalisedArticles : this.#articles);
  }

  little(random: Random, isCapital: boolean): string {
    const rank = this.#littleRanks.rankAt(random.unit());
    return (isCapital ? this.#capitalisedLittle : this.#little)[rank] ?? "";
  }

  /** Index of a word for a title on the topic. */
  draw(random: Random, topic: number): number {
    const unit = random.unit();
    if (unit < commonShare) {
      return this.#commonRanks.rankAt(unit / commonShare);
    }
    const ownTopic = random.chance(straySharePerWord) ? random.below(topicCount) : topic;
    return this.topical(ownTopic, this.#topicalRanks.rankAt(random.unit()));
  }

  /** Index of the word at a rank of a topic. */
  topical(topic: number, rank: number): number {
    return commonCount + rank * topicCount + topic;
  }

  word(index: number, isCapital = false): string {
    return (isCapital ? this.#capitalised : this.words)[index] ?? "";
  }
}

export function capital(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 32);
  return first.toUpperCase() + word.slice(first.length);
}
