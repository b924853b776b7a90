/** Names of people who don't exist, made of the syllables of their language, with Zipf shares. */
import { escapeText } from "./json-text.ts";
import type { Language } from "./languages.ts";
import { capital } from "./lexicon.ts";
import { PowerLaw } from "./power-law.ts";
import type { Random } from "./random.ts";
import { makeWords } from "./syllables.ts";

export class Names {
  /** Escaped. */
  readonly #given: readonly string[];
  readonly #family: readonly string[];
  readonly #givenRanks: PowerLaw;
  readonly #familyRanks: PowerLaw;

  /** @param size number of family names. */
  constructor(language: Language, seed: number, stream: number, size: number) {
    const givenSize = Math.max(60, Math.ceil(size / 12));
    this.#given = makeWords(language, seed, stream, givenSize).map(written);
    this.#family = makeWords(language, seed, stream + 1, Math.max(200, size)).map(written);
    this.#givenRanks = new PowerLaw(this.#given.length, 1.05, 6);
    this.#familyRanks = new PowerLaw(this.#family.length, 0.85, 12);
  }

  given(random: Random): string {
    return this.#given[this.#givenRanks.rankAt(random.unit())] ?? "";
  }

  family(random: Random): string {
    return this.#family[this.#familyRanks.rankAt(random.unit())] ?? "";
  }
}

function written(word: string): string {
  return escapeText(capital(word));
}
