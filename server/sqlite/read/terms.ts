/**
 * The catalogue's own words: how many works have each, and which of them a misspelt one may mean.
 * All from tables of the catalogue file; what was read last is kept in memory.
 */
import {
  beginningToken,
  MAX_BEGINNING,
  titleBeginningToken,
} from "#server/index-entries/beginnings.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import { spellingForms } from "#server/index-entries/spelling-forms.ts";
import type { Effort } from "#server/search/effort.ts";
import { anyOf, type Expression, wordOf } from "#server/search/expression.ts";
import {
  type Alternative,
  type CountedWord,
  FEW_WORKS,
  type SearchedPart,
  type TermAnswers,
  type TermQuestions,
  type WordScope,
} from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";
import type { ListCounts } from "./list-lengths.ts";
import { NearestWords } from "./nearest-words.ts";
import { ALTERNATIVES_EFFORT, LOOK_UP_EFFORT, STATEMENT_EFFORT } from "./prices.ts";
import { SpelledWords } from "./spelled-words.ts";

/** Forms of a typed word are shared by at most so many words that are then compared. */
const MAX_COMPARED_WORDS = 600;

/** Words whose neighbours are kept in memory: about 2 MB. */
const MAX_REMEMBERED_WORDS = 2_000;
/** Counts of one table that are kept in memory: about 2 MB. */
const MAX_REMEMBERED_COUNTS = 20_000;
const MAX_ALTERNATIVES = 8;

/** Of the many words with so short a beginning only the commonest are looked through. */
const MAX_SHORT_BEGINNING = 2;
/** The table of terms has the commonest first. */
const COMMON_TERMS = 20_000;

/** Words that a beginning is searched as, at most: the commonest. */
const MAX_BEGUN = 24;

const tables = { names: "term", topics: "topic_term" } as const satisfies Record<WordScope, string>;

/** Tables of counts. */
export type CountTable = "term" | "topic_term" | "stem" | "heading";

/** The count that a word has in each. */
export const countStatements: Readonly<Record<CountTable, string>> = {
  term: "SELECT work_count FROM term WHERE word = ?",
  topic_term: "SELECT work_count FROM topic_term WHERE word = ?",
  stem: "SELECT work_count FROM stem WHERE word = ?",
  heading: "SELECT work_count FROM heading WHERE token = ?",
};

function emptyCounts(): Record<CountTable, Map<string, number | undefined>> {
  return { term: new Map(), topic_term: new Map(), stem: new Map(), heading: new Map() };
}

/** What was written since the words of a catalogue were counted, as differences. */
export interface TermChanges {
  word(word: string, scope: WordScope): number;
  stem(stem: string): number;
  heading(token: string): number;
  /** Words that begin so and are in more works than they were, those of most works first. */
  beginning(letters: string, scope: WordScope, limit: number): CountedWord[];
  /** Words that have one of some spelling forms. */
  spelling(forms: readonly string[], limit: number): CountedWord[];
}

/** The one token that stands for a key: a value, a title, a year, a decade, a century. */
function keyTokenOf(key: Expression): string | undefined {
  if (key.kind === "years") {
    const [token, ...others] = yearRangeTokens(key.from, key.to);
    return others.length === 0 ? token : undefined;
  }
  return isLeaf(key) ? tokenOf(key) : undefined;
}

export class Terms implements ListCounts {
  #database: ReadDatabase;
  #changes: TermChanges | undefined;
  /** Searches as somebody types ask for the same words again and again. */
  #known = new Map<string, readonly Alternative[]>();
  /** As the file has them, by table and word; undefined for words that it does not have. */
  #counts: Record<CountTable, Map<string, number | undefined>>;
  #spelled: SpelledWords;

  /** @param whole the words of the same file, of which what was read is to be shared. */
  constructor(database: ReadDatabase, changes?: TermChanges, whole?: Terms) {
    this.#database = database;
    this.#changes = changes;
    this.#counts = whole === undefined ? emptyCounts() : whole.#counts;
    this.#spelled = whole === undefined ? new SpelledWords(database) : whole.#spelled;
  }

  answer(questions: TermQuestions, effort: Effort): TermAnswers {
    const { words = [], topicWords = [], stems = [], keys = [], alternatives = [] } = questions;
    const { beginnings = [], prefixes = [], titlePrefixes = [] } = questions;
    const lookedUp =
      words.length + topicWords.length + stems.length + keys.length + titlePrefixes.length;
    effort.spend(lookedUp * LOOK_UP_EFFORT);
    effort.spend((beginnings.length + prefixes.length) * STATEMENT_EFFORT);
    return {
      words: words.map((word) => this.#workCount(word, "names")),
      topicWords: topicWords.map((word) => this.#workCount(word, "topics")),
      stems: stems.map((stem) => this.#stemCount(stem)),
      keys: keys.map((key) => this.#keyCount(key)),
      alternatives: alternatives.map((word) => {
        if (effort.isSpent()) {
          return [];
        }
        // Also where they are remembered: the same search may always do the same.
        effort.spend(ALTERNATIVES_EFFORT);
        return this.#alternatives(word);
      }),
      beginnings: beginnings.map(({ letters, scope, limit }) =>
        this.#beginningWith(letters, limit, scope),
      ),
      prefixes: prefixes.map(({ letters, scope }) => this.#prefix(letters, scope)),
      titlePrefixes: titlePrefixes.map((letters) => this.#titlePrefix(letters)),
    };
  }

  /** As the file has them, whatever was written since; 0 for a word that it lacks. */
  word(word: string): { names: number; topics: number } {
    const count = (scope: WordScope) => this.#countIn(tables[scope], word) ?? 0;
    return { names: count("names"), topics: count("topics") };
  }

  /** As the file has it; undefined for those of few works. */
  heading(token: string): number | undefined {
    return this.#countIn("heading", token);
  }

  #workCount(word: string, scope: WordScope): number {
    const count = this.#countIn(tables[scope], word) ?? 0;
    return Math.max(0, count + (this.#changes?.word(word, scope) ?? 0));
  }

  /** Words that begin so, the commonest first, and in how many works they are. */
  #beginningWith(letters: string, limit: number, scope: WordScope): CountedWord[] {
    const where = "word >= ? AND word < ?";
    const rows = this.#database.rows(
      letters.length <= MAX_SHORT_BEGINNING
        ? `SELECT word, work_count FROM ${tables[scope]} NOT INDEXED WHERE ${where} AND id <= ${COMMON_TERMS} LIMIT ?`
        : `SELECT word, work_count FROM ${tables[scope]} WHERE ${where} ORDER BY work_count DESC LIMIT ?`,
      letters,
      `${letters}\u{10ffff}`,
      limit,
    );
    const counted = rows.map((row) => ({ word: String(row[0]), workCount: Number(row[1]) }));
    if (this.#changes === undefined) {
      return counted;
    }
    const fresh = this.#changes.beginning(letters, scope, limit);
    return this.#recounted([...counted, ...fresh], scope).slice(0, limit);
  }

  /** Each word once, as often as it is now, the commonest first. */
  #recounted(words: readonly CountedWord[], scope: WordScope): CountedWord[] {
    return [...new Set(words.map(({ word }) => word))]
      .map((word) => ({ word, workCount: this.#workCount(word, scope) }))
      .filter(({ workCount }) => workCount > 0)
      .sort((one, other) => other.workCount - one.workCount || (one.word < other.word ? -1 : 1));
  }

  /** Short beginnings of names are tokens (beginnings.ts), others the commonest words that have them. */
  #prefix(letters: string, scope: WordScope): SearchedPart {
    if (scope === "names" && [...letters].length <= MAX_BEGINNING) {
      const workCount = this.#headingCount(beginningToken(letters)) ?? FEW_WORKS;
      return { expression: { kind: "prefix", letters }, workCount };
    }
    const others = this.#beginningWith(letters, MAX_BEGUN, scope);
    const words = new Set([letters, ...others.map(({ word }) => word)]);
    return {
      expression: anyOf([...words].map(wordOf)) ?? wordOf(letters),
      workCount: others.reduce((sum, { workCount }) => sum + workCount, 0),
    };
  }

  #titlePrefix(letters: string): SearchedPart | undefined {
    const token = titleBeginningToken(letters);
    if (token === undefined) {
      return undefined;
    }
    const workCount = this.#headingCount(token) ?? FEW_WORKS;
    return { expression: { kind: "titlePrefix", letters }, workCount };
  }

  #keyCount(key: Expression): number | undefined {
    const token = keyTokenOf(key);
    return token === undefined ? undefined : this.#headingCount(token);
  }

  /** In how many works a key or beginning stands; undefined for those of few works. */
  #headingCount(token: string): number | undefined {
    const count = this.#countIn("heading", token);
    if (count === undefined) {
      return undefined;
    }
    return Math.max(0, count + (this.#changes?.heading(token) ?? 0));
  }

  #stemCount(stem: string): number {
    const count = this.#countIn("stem", stem) ?? 0;
    return Math.max(0, count + (this.#changes?.stem(stem) ?? 0));
  }

  /** The count that a table of the file has for a word; undefined if it does not have the word. */
  #countIn(table: CountTable, word: string): number | undefined {
    const counts = this.#counts[table];
    const known = counts.get(word);
    if (known !== undefined || counts.has(word)) {
      return known;
    }
    const row = this.#database.row(countStatements[table], word);
    const count = row === undefined ? undefined : Number(row[0]);
    if (counts.size >= MAX_REMEMBERED_COUNTS) {
      counts.clear();
    }
    counts.set(word, count);
    return count;
  }

  /** The words that a typed one most probably means, best first; without itself. */
  #alternatives(typed: string): readonly Alternative[] {
    const known = this.#known.get(typed) ?? this.#compare(typed);
    if (this.#known.size >= MAX_REMEMBERED_WORDS) {
      this.#known.clear();
    }
    this.#known.set(typed, known);
    return known;
  }

  /** True if all works that had a word were changed or deleted. */
  #isGone(word: string, workCount: number): boolean {
    return this.#changes !== undefined && workCount + this.#changes.word(word, "names") <= 0;
  }

  #compare(typed: string): Alternative[] {
    if (typed.length < 3 || typed.length > 30 || /[^a-z]/.test(typed)) {
      return [];
    }
    const forms = spellingForms(typed);
    // Of those that are found some may be gone since.
    const room = this.#changes === undefined ? MAX_ALTERNATIVES : 2 * MAX_ALTERNATIVES;
    const nearest = new NearestWords(typed, room);
    const written = this.#changes?.spelling(forms, MAX_COMPARED_WORDS) ?? [];
    const fresh = new Map(written.map(({ word, workCount }) => [word, workCount]));
    const imported = new Set<string>();
    for (const { word, workCount } of this.#spelled.withForms(forms, MAX_COMPARED_WORDS)) {
      nearest.add(word, workCount + (fresh.get(word) ?? 0));
      if (fresh.size > 0) {
        imported.add(word);
      }
    }
    for (const [word, workCount] of fresh) {
      if (!imported.has(word)) {
        nearest.add(word, workCount);
      }
    }
    return nearest.words
      .filter(({ word, workCount }) => fresh.has(word) || !this.#isGone(word, workCount))
      .slice(0, MAX_ALTERNATIVES)
      .map(({ word, workCount, bits }) => ({ word, workCount, bits }));
  }
}
