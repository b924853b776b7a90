import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { romanKey } from "#server/catalog/text/roman-key.ts";
import { beginningToken, MAX_BEGINNING, titleBeginningToken } from "#server/sqlite/beginnings.ts";
import { romanToken } from "#server/sqlite/key-tokens.ts";
import type { Alternative, Terms } from "#server/sqlite/read/terms.ts";
import { joinParts, type Plan, type PlannedWord, quote } from "./plan.ts";

/** Other words that one typed word is searched as, at most. */
const MAX_ALTERNATIVES = 8;
/** A word that says less is one of the commonest, and meant: its neighbours would find anything. */
const LEAST_DOUBTED_INFORMATION = 6;
/** No word of fewer works is common, however small the catalogue. */
const COMMON_WORKS = 20;
/** No word says more than being one of a million. */
const MAX_INFORMATION = 20;

/** A part of an FTS5 expression, and about how many works match it. */
export type Searched = { expression: string; workCount: number };

/** The catalogue keeps no count of what is in so few works (term-builder.ts). */
const FEW_WORKS = 250;
/** Words that a beginning is searched as, at most: the commonest. */
const MAX_BEGUN = 24;

/** FTS5: the words of titles, names and series that begin so, and about how many works have them. */
export function begunName(terms: Terms, letters: string): Searched {
  if ([...letters].length > MAX_BEGINNING) {
    return anyOf(letters, terms.beginningWith(letters, MAX_BEGUN));
  }
  return counted(terms, beginningToken(letters));
}

function counted(terms: Terms, token: string): Searched {
  return { expression: quote(token), workCount: terms.headingCount(token) ?? FEW_WORKS };
}

/** FTS5: the words of topics that begin so. */
export function begunTopic(terms: Terms, letters: string): Searched {
  return anyOf(letters, terms.beginningWith(letters, MAX_BEGUN, "topic_term"));
}

function anyOf(letters: string, others: readonly { word: string; workCount: number }[]): Searched {
  const words = new Set([letters, ...others.map(({ word }) => word)]);
  return {
    expression: joinParts([...words].map(quote), "OR") ?? quote(letters),
    workCount: others.reduce((sum, { workCount }) => sum + workCount, 0),
  };
}

/** Reads the words of a query against the words that the catalogue has. */
export class WordReader {
  #terms: Terms;
  #workCount: number;
  #known = new Map<string, readonly Alternative[]>();

  constructor(terms: Terms, workCount: number) {
    this.#terms = terms;
    this.#workCount = workCount;
  }

  /** The words of a query with what they say. */
  readAll({ words, plain }: Pick<Plan, "words" | "plain">): QueryWord[] {
    return words.map((word, index) =>
      this.read(word, word.mayGoOn || (plain && index === words.length - 1)),
    );
  }

  /** A planned word with what it says. `last`: it may be the beginning of a word. */
  read(word: Omit<PlannedWord, "mayGoOn">, last: boolean): QueryWord {
    const workCount = this.#terms.workCount(word.token);
    const information = Math.log2(1 + this.#workCount / (workCount + 0.5));
    return {
      token: word.token,
      roman: romanKey(word.token),
      field: word.field,
      span: word.span,
      last,
      information: Math.min(MAX_INFORMATION, information),
      workCount,
    };
  }

  /** The two words that one may be, written together; undefined if there are none. */
  split(word: QueryWord): QueryWord[] | undefined {
    let best: { parts: QueryWord[]; count: number } | undefined;
    for (let cut = 1; cut < word.token.length; cut++) {
      const parts = [word.token.slice(0, cut), word.token.slice(cut)].map((token, part) =>
        this.read({ ...word, token }, word.last && part === 1),
      );
      const count = Math.min(...parts.map((part) => part.workCount));
      if (count > (best?.count ?? 0)) best = { parts, count };
    }
    return best?.parts;
  }

  /** The word that two may be, written apart; undefined if there is none. */
  join(one: QueryWord, other: QueryWord): QueryWord | undefined {
    const token = one.token + other.token;
    const span = { start: one.span.start, end: other.span.end };
    const joined = this.read({ token, field: one.field, span }, other.last);
    if (joined.workCount > 0) return joined;
    // "mid night": the catalogue has "midnights" only.
    const isUnknown = one.workCount === 0 || other.workCount === 0;
    return isUnknown && this.alternatives(joined).length > 0 ? joined : undefined;
  }

  /** Words that a word may have been meant as, best first. */
  alternatives(word: QueryWord): readonly Alternative[] {
    const known = this.#known.get(word.token);
    if (known !== undefined) return known;
    const found = this.#terms.alternatives(word.token, MAX_ALTERNATIVES);
    this.#known.set(word.token, found);
    return found;
  }

  /** FTS5: all that begins with a word, in titles, names and series. */
  begun({ token }: QueryWord): Searched {
    return begunName(this.#terms, token);
  }

  /** FTS5: the titles begun with letters, and others that begin much like them; undefined if too few. */
  titleBegun(letters: string): Searched | undefined {
    const token = titleBeginningToken(letters);
    return token === undefined ? undefined : counted(this.#terms, token);
  }

  /** FTS5: a word as it was typed. */
  typed({ token, workCount }: QueryWord): Searched {
    return { expression: quote(token), workCount };
  }

  /**
   * FTS5: a word, or at most so many others that it may mean, or what it is in another
   * transliteration.
   */
  loose(word: QueryWord, alternatives = MAX_ALTERNATIVES): Searched {
    const parts = [word.token];
    let { workCount } = word;
    if (word.information >= LEAST_DOUBTED_INFORMATION || workCount < COMMON_WORKS) {
      for (const other of this.alternatives(word).slice(0, alternatives)) {
        parts.push(other.word);
        workCount += other.workCount;
      }
    }
    if (word.roman.length > 2) {
      const token = romanToken(word.roman);
      parts.push(token);
      workCount += this.#terms.headingCount(token) ?? FEW_WORKS;
    }
    const expression = joinParts(parts.map(quote), "OR") ?? quote(word.token);
    if (word.field === undefined || !word.last) return { expression, workCount };
    // Values of fields have no rung of their own for what is only begun.
    const begun = this.begun(word);
    return {
      expression: `(${expression} OR ${begun.expression})`,
      workCount: workCount + begun.workCount,
    };
  }
}
