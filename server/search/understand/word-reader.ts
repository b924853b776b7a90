/** Looks the words of a query up in the catalogue's vocabulary: counts, alternatives, prefixes. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { elidedCut, mayBeElided } from "#server/catalog/text/compound-tokens.ts";
import { romanKey } from "#server/catalog/text/roman-key.ts";
import { allOf, anyOf, type Expression, wordOf } from "../expression.ts";
import { type Alternative, FEW_WORKS } from "../index-port.ts";
import type { Plan } from "./plan.ts";
import type { PlannedWord } from "./plan-builder.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { cuts, STRADDLING_PROBABILITY, straddles } from "./word-parts.ts";
import { type ReadPlan, readWordProperties } from "./word-properties.ts";

/** Fuzzy alternatives that are searched for one typed word, at most. */
const MAX_ALTERNATIVES = 8;
/** Words of less information ("the") get no alternatives: those would match almost any book. */
const LEAST_DOUBTED_INFORMATION = 6;
/** Words of fewer works always get alternatives, however small the catalogue. */
const COMMON_WORKS = 20;
/** In bits: one work in a million. */
const MAX_INFORMATION = 20;
/** Shorter phonetic keys match too many words. */
const MIN_ROMAN_LENGTH = 3;

/** A part of an expression, and about how many works match it. */
export type SearchedWord = { expression: Expression; workCount: number };

export class WordReader {
  #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  get workCount(): number {
    return this.#vocabulary.workCount;
  }

  /** The words of a query with their counts and properties. */
  async readAll(plan: ReadPlan & Pick<Plan, "plain">, unfinished: boolean): Promise<QueryWord[]> {
    const { words, plain } = plan;
    await this.#vocabulary.load({ words: words.map(({ token }) => token) });
    const properties = readWordProperties(plan, unfinished);
    const read = words.map((word, index) => ({
      ...this.#read(word, word.mayGoOn || (plain && index === words.length - 1)),
      ...properties[index],
    }));
    return read.map((word, index) =>
      straddles(word, read[index - 1], read[index + 1])
        ? { ...word, asking: Math.max(word.asking, STRADDLING_PROBABILITY) }
        : word,
    );
  }

  /** A planned word with its counts. @param last it may be a prefix. */
  #read(word: Omit<PlannedWord, "mayGoOn">, last: boolean): QueryWord {
    const workCount = this.#vocabulary.count(word.token);
    const information = Math.log2(1 + this.workCount / (workCount + 0.5));
    return {
      token: word.token,
      roman: romanKey(word.token),
      field: word.field,
      span: word.span,
      last,
      information: Math.min(MAX_INFORMATION, information),
      workCount,
      asking: 0,
      role: undefined,
      quoted: false,
      part: undefined,
      number: undefined,
    };
  }

  /** Loads what `split` and `join` read of some words. */
  async loadRespaced(words: readonly QueryWord[], splits: readonly QueryWord[]): Promise<void> {
    const pairs = words.slice(1).map((other, index) => [words[index] ?? other, other] as const);
    const joined = pairs.map(([one, other]) => one.token + other.token);
    const parts = splits.flatMap(({ token }) => cuts(token).flat());
    const topicWords = words.filter(({ workCount }) => workCount === 0).map(({ token }) => token);
    await this.#vocabulary.load({ words: [...joined, ...parts], topicWords });
    const doubtful = joined.filter((token, index) => {
      const [one, other] = pairs[index] ?? [];
      return this.#areUnknown(one, other) && this.#vocabulary.count(token) === 0;
    });
    await this.#vocabulary.load({ alternatives: doubtful });
  }

  /** The two words that were typed as one ("harrypotter"); undefined if there are none. */
  split(word: QueryWord): QueryWord[] | undefined {
    let best: { parts: QueryWord[]; count: number } | undefined;
    for (const cut of cuts(word.token)) {
      const parts = cut.map((token, part) =>
        this.#read({ ...word, token }, word.last && part === 1),
      );
      const count = Math.min(...parts.map((part) => part.workCount));
      if (count > (best?.count ?? 0)) {
        best = { parts, count };
      }
    }
    return best?.parts;
  }

  /** Words in another form ("gullivers" for "gulliver"), as far as books have it. */
  async inForms(
    words: readonly QueryWord[],
    formOf: (word: QueryWord) => string,
  ): Promise<Map<QueryWord, QueryWord>> {
    await this.#vocabulary.load({ words: words.map(formOf) });
    const forms = words.map((word): [QueryWord, QueryWord] => [
      word,
      { ...this.#read({ ...word, token: formOf(word) }, word.last), asking: word.asking },
    ]);
    return new Map(forms.filter(([, { workCount }]) => workCount > 0));
  }

  /** The one word that was typed as two ("mid night"); undefined if there is none. */
  join(one: QueryWord, other: QueryWord): QueryWord | undefined {
    const token = one.token + other.token;
    const span = { start: one.span.start, end: other.span.end };
    const joined = this.#read({ token, field: one.field, span }, other.last);
    if (joined.workCount > 0) {
      return joined;
    }
    // "mid night": the catalogue has "midnights" only.
    return this.#areUnknown(one, other) && this.alternatives(joined).length > 0
      ? joined
      : undefined;
  }

  /** True if one of two words is in no title, name, series or topic: "raven" is a word. */
  #areUnknown(...words: readonly (QueryWord | undefined)[]): boolean {
    return words.some(
      (word) =>
        word !== undefined && word.workCount === 0 && this.#vocabulary.topicCount(word.token) === 0,
    );
  }

  /** Words that sound as one does, in other transliterations; undefined if it is too short to tell. */
  async soundAlikes(word: QueryWord): Promise<SearchedWord | undefined> {
    const expression = soundOf(word);
    if (expression === undefined) {
      return undefined;
    }
    await this.#vocabulary.load({ keys: [expression] });
    return { expression, workCount: this.#vocabulary.keyCount(expression) ?? FEW_WORKS };
  }

  /** Loads the fuzzy alternatives of some words. */
  async loadAlternatives(words: readonly QueryWord[]): Promise<void> {
    await this.#vocabulary.load({ alternatives: words.map(({ token }) => token) });
  }

  /** Fuzzy alternatives of a word, best first. */
  alternatives({ token }: QueryWord): readonly Alternative[] {
    return this.#vocabulary.alternatives(token).slice(0, MAX_ALTERNATIVES);
  }

  async loadPrefix({ token }: QueryWord): Promise<void> {
    const letters = [token, elidedCut(token)?.[1]].filter((part) => part !== undefined);
    await this.#vocabulary.load({
      prefixes: letters.map((part) => ({ letters: part, scope: "names" as const })),
    });
  }

  /** All words with this prefix, in titles, names and series. */
  prefix({ token }: QueryWord): SearchedWord {
    const begun = counted(this.#vocabulary.prefix(token, "names"));
    const cut = begun.workCount === 0 ? elidedCut(token) : undefined;
    if (cut === undefined) {
      return begun;
    }
    // No word goes on so, but an elided one and the next may: "letrang".
    const next = counted(this.#vocabulary.prefix(cut[1], "names"));
    const both = allOf([wordOf(cut[0]), next.expression]);
    return {
      expression: anyOf([begun.expression, both]) ?? begun.expression,
      workCount: next.workCount,
    };
  }

  async loadTitlePrefix(letters: string): Promise<void> {
    await this.#vocabulary.load({ titlePrefixes: [letters] });
  }

  /** Titles with this prefix, and a few with a similar one; undefined if the prefix is too short. */
  titlePrefix(letters: string): SearchedWord | undefined {
    const part = this.#vocabulary.titlePrefix(letters);
    return part && counted(part);
  }

  /** The word that a correction found. */
  corrected(word: string): SearchedWord {
    return { expression: wordOf(word), workCount: FEW_WORKS };
  }

  /** A word as it was typed. */
  typed({ token, workCount }: QueryWord): SearchedWord {
    const expression = typedWord(token, workCount);
    return { expression, workCount: expression.kind === "word" ? workCount : FEW_WORKS };
  }

  /** Loads what `fuzzy` reads of some words. */
  async loadFuzzy(words: readonly QueryWord[]): Promise<void> {
    for (const word of words) {
      if (mayGoOn(word)) {
        await this.loadPrefix(word);
      }
    }
    await this.#vocabulary.load({
      alternatives: words.filter(isDoubted).map(({ token }) => token),
      keys: words.flatMap((word) => soundOf(word) ?? []),
    });
  }

  /**
   * A word with its fuzzy alternatives, its phonetic key (other transliterations), and, if it may be
   * unfinished, all words with it as a prefix.
   */
  fuzzy(word: QueryWord, alternatives = MAX_ALTERNATIVES): SearchedWord {
    const { expression, workCount: typedCount } = this.typed(word);
    const parts = [expression];
    let workCount = typedCount;
    if (isDoubted(word)) {
      for (const other of this.alternatives(word).slice(0, alternatives)) {
        parts.push(wordOf(other.word));
        workCount += other.workCount;
      }
    }
    const sound = soundOf(word);
    if (sound !== undefined) {
      parts.push(sound);
      workCount += this.#vocabulary.keyCount(sound) ?? FEW_WORKS;
    }
    if (mayGoOn(word)) {
      const begun = this.prefix(word);
      parts.push(begun.expression);
      workCount += begun.workCount;
    }
    return { expression: anyOf(parts) ?? wordOf(word.token), workCount };
  }
}

/**
 * A word as it was typed. One that no book has may be an elided word and the next ("letranger"); a known
 * one isn't: "dune" is not "d'une".
 */
export function typedWord(token: string, workCount: number): Expression {
  if (workCount > 0 || !mayBeElided(token)) {
    return wordOf(token);
  }
  return anyOf([wordOf(token), { kind: "elided", joined: token }]) ?? wordOf(token);
}

function isDoubted({ information, workCount, quoted }: QueryWord): boolean {
  if (quoted) {
    return false;
  }
  return information >= LEAST_DOUBTED_INFORMATION || workCount < COMMON_WORKS;
}

/** Words of a field ("author:tolk") have no rung that searches prefixes, so they do it here. */
function mayGoOn({ field, last }: QueryWord): boolean {
  return field !== undefined && last;
}

function soundOf({ roman, quoted }: QueryWord): Expression | undefined {
  return quoted || roman.length < MIN_ROMAN_LENGTH ? undefined : { kind: "sound", key: roman };
}

function counted({
  expression,
  workCount = FEW_WORKS,
}: {
  expression: Expression;
  workCount: number | undefined;
}): SearchedWord {
  return { expression, workCount };
}
