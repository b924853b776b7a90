/**
 * The port of a search over a few works in memory, as naive as can be: every question looks at every
 * work, nothing is cut short, nothing is paid for. It shows what the port asks of an engine, and the
 * contract tests run against it as they do against SQLite.
 */
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { type IndexedBook, parseAuthor, parseTitle } from "#server/catalog/ranking/indexed-book.ts";
import { typoBits } from "#server/catalog/ranking/typo-cost.ts";
import { authorOrderKey, titleOrderKey } from "#server/catalog/shelf-order.ts";
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import { decodeWork } from "#server/index-entries/documents.ts";
import { identifierToken } from "#server/index-entries/entry-keys.ts";
import { tokenOf } from "#server/index-entries/expression-tokens.ts";
import { prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { anyOf, type Expression, narrowed, wordOf } from "#server/search/expression.ts";
import type {
  Alternative,
  AuthorRecord,
  CountedWord,
  Lane,
  LaneResult,
  Retrieval,
  SearchIndex,
  SortKeys,
  TermAnswers,
  TermQuestions,
  WordScope,
} from "#server/search/index-port.ts";
import {
  type Document,
  documentOf,
  editionsOf,
  type Field,
  fields,
  matches,
} from "./naive-document.ts";

export type NaiveIndexOptions = {
  info: CatalogInfo;
  authors: ReadonlyMap<string, AuthorRecord>;
  redirects: ReadonlyMap<string, string>;
};

/** An index of entries in falling order of popularity. */
export function naiveIndex(
  entries: readonly CatalogueEntry[],
  { info, authors, redirects }: NaiveIndexOptions,
): SearchIndex {
  const documents = entries.map((entry, place) => documentOf(prepareEntry(entry), place + 1));
  const byId = new Map(documents.map((document) => [document.id, document]));
  const at = (id: number): Document => {
    const document = byId.get(id);
    if (document === undefined) {
      throw new Error(`no work has the id ${id}`);
    }
    return document;
  };
  const known = { names: countWords(documents, "names"), topics: countWords(documents, "topics") };
  const described = documents.filter(({ stems }) => stems.size > 0);
  const words = described.reduce((sum, { prepared }) => sum + prepared.ranking[8], 0);
  const withIdentifier = (token: string) =>
    documents.filter(({ identifiers }) => identifiers.has(token)).map(({ id }) => id);
  const idOfKey = (key: string, steps = 10): number | undefined => {
    const [id] = withIdentifier(identifierToken("", key));
    const target = redirects.get(key);
    return id ?? (target === undefined || steps === 0 ? undefined : idOfKey(target, steps - 1));
  };
  const author = (key: string, steps = 10): AuthorRecord | undefined => {
    const target = redirects.get(key);
    const known = authors.get(key);
    return known ?? (target === undefined || steps === 0 ? undefined : author(target, steps - 1));
  };
  const match = (expression: Expression) =>
    documents.filter((document) => matches(expression, document, fields));
  return {
    info,
    described: { count: described.length, averageLength: words / Math.max(1, described.length) },
    terms: async (questions) => answerTerms(documents, known, questions),
    retrieve: (filter) => new NaiveRetrieval((wanted) => match(narrowed(wanted, filter) ?? wanted)),
    walk: async ({ expression, limit, afterId = 0 }) =>
      match(expression)
        .map(({ id }) => id)
        .filter((id) => id > afterId)
        .slice(0, limit),
    matching: async (expression, ids, limit) =>
      ids.filter((id) => matches(expression, at(id), fields)).slice(0, limit),
    idsOfKeys: async (keys) => keys.map((key) => idOfKey(key)),
    idsOfIdentifiers: async (identifiers) =>
      identifiers.map(({ type, text }) => withIdentifier(identifierToken(type, text))),
    books: async (ids) => ids.map((id) => byId.get(id)?.book),
    sortKeys: async (ids) => ids.map((id) => sortKeys(at(id))),
    duplicateGroups: async (ids) => new Map(ids.map((id) => [id, at(id).book.duplicate])),
    works: async (ids) => ids.map((id) => decodeWork(at(id).prepared.work)),
    records: async (ids) =>
      ids.map((id) => {
        const { work, editions } = at(id).prepared;
        return { id, work: decodeWork(work), editions: editionsOf(editions) };
      }),
    publishers: async (ids) =>
      ids.map((id) => ({
        names: [...editionsOf(at(id).prepared.editions)].flatMap(({ publishers }) => publishers),
        isWhole: true,
      })),
    authors: async (keys) => keys.map((key) => author(key)),
    describedBy: async (stems) =>
      stems.map((stem) => described.filter((one) => one.stems.has(stem)).map(({ id }) => id)),
    describingStems: async (id, stems) => stems.map((stem) => at(id).stems.has(stem)),
    describedLengths: async (ids) => ids.map((id) => at(id).prepared.ranking[8]),
    [Symbol.asyncDispose]: async () => {},
  };
}

const scopes: Record<WordScope, readonly Field[]> = {
  names: ["title", "author", "series"],
  topics: ["topic"],
};

/** Every word with the number of works that have it, the commonest first. */
function countWords(documents: readonly Document[], scope: WordScope): CountedWord[] {
  const counts = new Map<string, number>();
  for (const { tokens } of documents) {
    for (const field of scopes[scope]) {
      for (const word of tokens[field]) {
        if (word < BEGINNING_MARK) {
          counts.set(word, (counts.get(word) ?? 0) + 1);
        }
      }
    }
  }
  return [...counts]
    .map(([word, workCount]) => ({ word, workCount }))
    .sort((one, other) => other.workCount - one.workCount || (one.word < other.word ? -1 : 1));
}

type Vocabulary = Record<WordScope, CountedWord[]>;

function answerTerms(
  documents: readonly Document[],
  known: Vocabulary,
  questions: TermQuestions,
): TermAnswers {
  const count = (key: Expression) => documents.filter((one) => matches(key, one, fields)).length;
  const countIn = (word: string, scope: WordScope) =>
    known[scope].find((one) => one.word === word)?.workCount ?? 0;
  const beginning = (letters: string, scope: WordScope) =>
    known[scope].filter(({ word }) => word.startsWith(letters));
  const { words = [], topicWords = [], stems = [], keys = [], alternatives = [] } = questions;
  const { beginnings = [], prefixes = [], titlePrefixes = [] } = questions;
  return {
    words: words.map((word) => countIn(word, "names")),
    topicWords: topicWords.map((word) => countIn(word, "topics")),
    stems: stems.map((stem) => documents.filter((one) => one.stems.has(stem)).length),
    keys: keys.map(count),
    alternatives: alternatives.map((word) => alternativesOf(word, known.names)),
    beginnings: beginnings.map(({ letters, scope, limit }) =>
      beginning(letters, scope).slice(0, limit),
    ),
    prefixes: prefixes.map(({ letters, scope }) => {
      const begun = beginning(letters, scope);
      const all = new Set([letters, ...begun.map(({ word }) => word)]);
      const workCount = begun.reduce((sum, one) => sum + one.workCount, 0);
      return { expression: anyOf([...all].map(wordOf)) ?? wordOf(letters), workCount };
    }),
    titlePrefixes: titlePrefixes.map((letters) => {
      const expression = { kind: "titlePrefix", letters } as const;
      if (tokenOf(expression) === undefined) {
        return undefined;
      }
      return { expression, workCount: count(expression) };
    }),
  };
}

function alternativesOf(typed: string, known: readonly CountedWord[]): Alternative[] {
  if (!/^[a-z]{3,30}$/.test(typed)) {
    return [];
  }
  return known
    .filter(({ word }) => /^[a-z]{3,30}$/.test(word) && word !== typed)
    .map((one) => ({
      ...one,
      bits: typoBits(typed, one.word, Math.min(13, 3 * typed.length), false),
    }))
    .filter(({ bits }) => bits < Number.POSITIVE_INFINITY)
    .sort((one, other) => scoreOf(other) - scoreOf(one) || (one.word < other.word ? -1 : 1))
    .slice(0, 8);
}

function scoreOf({ workCount, bits }: Alternative): number {
  return 0.5 * Math.log2(1 + workCount) - bits;
}

/** Every lane looks for all its parts. */
class NaiveRetrieval implements Retrieval {
  #match: (expression: Expression) => readonly Document[];
  #begun = new Map<string, Set<number>>();

  constructor(match: (expression: Expression) => readonly Document[]) {
    this.#match = match;
  }

  async run(lanes: readonly Lane[]): Promise<LaneResult[]> {
    return lanes.map((lane) => {
      const all = { kind: "all", parts: lane.parts.map(({ expression }) => expression) } as const;
      const expression = lane.expression ?? (all.parts.length === 0 ? undefined : all);
      const found = expression === undefined ? [] : this.#match(expression).slice(0, lane.limit);
      const books = found.map(({ book }) => book).filter((book) => this.#isBegun(book, lane));
      return {
        walks: [{ books, parts: [...lane.parts.keys()] }],
        found: found.length,
        isFull: found.length === lane.limit,
        isSparse: false,
        ids: found.map(({ id }) => id),
      };
    });
  }

  #isBegun(book: IndexedBook, { titleBegun }: Lane): boolean {
    if (titleBegun === undefined) {
      return true;
    }
    const begun = this.#begun.get(titleBegun.letters) ?? new Set();
    this.#begun.set(titleBegun.letters, begun);
    if (begun.size < titleBegun.limit && book.hasTitleBegun(titleBegun.letters)) {
      begun.add(book.id);
    }
    return begun.has(book.id);
  }
}

function sortKeys({ id, prepared, book }: Document): SortKeys {
  const [titles, authors, , year, , rating, , , , articles, start, end] = prepared.ranking;
  const firstLine = (text: string) => text.split("\n", 1)[0] ?? "";
  return {
    id,
    duplicateGroup: book.duplicate,
    year,
    rating,
    title: titleOrderKey(parseTitle(firstLine(titles)).words, articles),
    author: authorOrderKey(parseAuthor(firstLine(authors)).forms[0] ?? "", { start, end }),
  };
}
