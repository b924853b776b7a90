/**
 * A parsed query as it is searched: the words that rank, and an expression that any rung of the ladder
 * can vary word by word (as typed, with other spellings, left out).
 */
import type { BookField, QueryNode, QueryNotice, TextSpan } from "#server/catalog/catalog.ts";
import { toMarcLanguage } from "#server/catalog/languages.ts";
import { askingWord } from "#server/catalog/query/asking-words.ts";
import { readPastedParts } from "#server/catalog/query/pasted-text.ts";
import { type TextNode, wordsInQuery } from "#server/catalog/query/text-places.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { allOf, anyOf, type Expression, inField, type WordField, wordOf } from "../expression.ts";
import { rankedFields, searchedNodes } from "./searched-nodes.ts";

export type PlannedWord = {
  token: string;
  field: BookField | undefined;
  span: TextSpan;
  /** True if it ends the query and was typed for a field, whose value may go on. */
  mayGoOn: boolean;
};

/** Quoted words, which stand together; the index knows only that a book has them all. */
export type PlannedPhrase = { tokens: string[]; field: BookField | undefined; span: TextSpan };

/** What a book must meet beside having words; narrows every lane, as filters do. */
export type Condition = {
  /** As it was typed, or the name of a filter. */
  name: string;
  span: TextSpan | undefined;
  expression: Expression;
};

export type Plan = {
  /** Words that must match, in order; those of conditions and excluded parts are not among them. */
  words: PlannedWord[];
  /** Words beyond MAX_WORDS, which are not searched; undefined if there are none. */
  ignored: TextSpan | undefined;
  /** What else of the query is not searched. */
  notices: QueryNotice[];
  /** The ranker's candidates are checked for them. */
  phrases: PlannedPhrase[];
  excludedPhrases: PlannedPhrase[];
  identifiers: Extract<QueryNode, { kind: "identifier" }>[];
  /** Parts of the query without words that rank: years, languages, subjects, an author's key. */
  conditions: Condition[];
  /** The works that parts of the query leave out; undefined if none do. */
  excluded: Expression | undefined;
  /** Beside conditions and what is left out, plain words only: no field, phrase or alternative. */
  plain: boolean;
  /** Every word must match: no alternatives. */
  conjunctive: boolean;
  /** The text of a plain query. */
  text: string;
  /** For each word the part it stands in, if somebody pasted the text; undefined if it was typed. */
  pastedParts: readonly number[] | undefined;
  /**
   * The expression; `wordExpression` gives the part for word n, undefined to leave it out. Undefined if
   * nothing is left.
   */
  compile: Compiler;
};

/** A query of more words is cut: nobody remembers more, and masks of words have 31 bits. */
export const MAX_WORDS = 31;
type Compiler = (
  wordExpression: (index: number) => Expression | undefined,
) => Expression | undefined;

/** Plans a query as it was parsed; `query` is its text. */
export function planQuery(root: QueryNode | undefined, query: string): Plan {
  const characters = [...query];
  const builder = new PlanBuilder(characters);
  const conditions: Condition[] = [];
  const excluded: (Expression | undefined)[] = [];
  const excludedPhrases: PlannedPhrase[] = [];
  const wording: QueryNode[] = [];
  const notices: QueryNotice[] = [];
  for (const node of searchedNodes(root, notices)) {
    const part = isWords(node) ? undefined : new PlanBuilder(characters);
    const compile = part?.node(node, false);
    const phrase = node.excluded ? part?.excludedPhrase(node) : undefined;
    if (phrase !== undefined) excludedPhrases.push(phrase);
    else if (node.excluded) excluded.push(compile?.(() => undefined));
    else if (part === undefined || part.words.length > 0) wording.push(node);
    else if (part.identifiers.length > 0) builder.identifiers.push(...part.identifiers);
    else {
      const expression = compile?.(() => undefined);
      const { span } = node;
      const name = characters.slice(span.start, span.end).join("");
      if (expression !== undefined) conditions.push({ name, span, expression });
    }
  }
  const compile = builder.all(wording, false);
  const text = wording.map((node) => (node.kind === "words" ? node.text : "")).join(" ");
  return {
    words: withoutPossessives(builder.words, characters),
    ignored: builder.ignored,
    notices,
    phrases: builder.phrases,
    excludedPhrases,
    identifiers: builder.identifiers,
    conditions,
    excluded: anyOf(excluded),
    plain:
      wording.length > 0 &&
      wording.every((node) => node.kind === "words" && node.field === undefined),
    conjunctive: builder.conjunctive,
    text,
    pastedParts: readPastedParts(text, query),
    compile,
  };
}

/** "King's books" are books by King: before a word about the asking a possessive says no more. */
function withoutPossessives(words: PlannedWord[], characters: readonly string[]): PlannedWord[] {
  return words.map((word, index) => {
    const next = words[index + 1];
    if (next === undefined || word.field !== undefined || !askingWord(next.token)) return word;
    const typed = characters.slice(word.span.start, word.span.end).join("");
    const isPossessive = /\p{L}{2}['’]s$/iu.test(typed) && word.token.endsWith("s");
    return isPossessive ? { ...word, token: word.token.slice(0, -1) } : word;
  });
}

/** Most queries are words and nothing else. */
function isWords(node: QueryNode): boolean {
  return (
    node.kind === "words" &&
    !node.excluded &&
    (node.field === undefined || rankedFields.has(node.field))
  );
}

class PlanBuilder {
  /** Code points of the query. */
  #characters: readonly string[];
  /** How many OR groups are open: a phrase inside one need not stand in a book. */
  #choices = 0;
  words: PlannedWord[] = [];
  ignored: TextSpan | undefined;
  phrases: PlannedPhrase[] = [];
  identifiers: Plan["identifiers"] = [];
  conjunctive = true;

  constructor(characters: readonly string[]) {
    this.#characters = characters;
  }

  node(node: QueryNode, negative: boolean): Compiler {
    const excluded = negative !== node.excluded;
    switch (node.kind) {
      case "all":
        return this.all(node.nodes, excluded);
      case "any": {
        this.#choices += 1;
        this.conjunctive = false;
        const parts = node.nodes.map((part) => this.node(part, excluded));
        this.#choices -= 1;
        return (word) => anyOf(parts.map((part) => part(word)));
      }
      case "words":
      case "phrase":
        return this.#text(node, excluded);
      case "years": {
        const { from, to } = node.years;
        return () => ({ kind: "years", from, to });
      }
      case "identifier":
        return this.#identifier(node, excluded);
    }
  }

  /** A phrase that is left out; undefined if a node is none, or the index knows it as a heading. */
  excludedPhrase(node: QueryNode): PlannedPhrase | undefined {
    if (node.kind !== "phrase" || (node.field !== undefined && !rankedFields.has(node.field)))
      return;
    const words = wordsInQuery(node, this.#characters);
    const first = words[0]?.span;
    const last = words.at(-1)?.span;
    if (words.length < 2 || first === undefined || last === undefined) return undefined;
    const tokens = words.map(({ token }) => token);
    return { tokens, field: node.field, span: { start: first.start, end: last.end } };
  }

  /** Books of an author by key are a filter; other identifiers are looked up beside the words. */
  #identifier(node: Plan["identifiers"][number], excluded: boolean): Compiler {
    if (node.type === "author_key") {
      return () => ({ kind: "value", field: "author", value: node.text });
    }
    if (!excluded) this.identifiers.push(node);
    return () => undefined;
  }

  all(nodes: readonly QueryNode[], negative: boolean): Compiler {
    const wanted: Compiler[] = [];
    const unwanted: Compiler[] = [];
    for (const node of nodes) {
      const compiler = this.node(node, negative);
      if (node.excluded) unwanted.push(compiler);
      else wanted.push(compiler);
    }
    // Without what is unwanted, fewer words would find more than all of them do.
    if (unwanted.length > 0) this.conjunctive = false;
    return (word) => {
      const positive = allOf(wanted.map((part) => part(word)));
      const negativePart = anyOf(unwanted.map((part) => part(word)));
      if (negativePart === undefined || positive === undefined) return positive;
      return { kind: "except", wanted: positive, unwanted: negativePart };
    };
  }

  #text(node: TextNode, excluded: boolean): Compiler {
    const { field, text } = node;
    if (field === "language") {
      const value = toMarcLanguage(text);
      return () => ({ kind: "value", field: "language", value });
    }
    const isPhrase = node.kind === "phrase";
    if (isPhrase && (field === "subject" || field === "series" || field === "publisher")) {
      return () => headingOf(field, text);
    }
    const words = wordsInQuery(node, this.#characters);
    const tokens = words.map(({ token }) => token);
    if (excluded) {
      return () => inBookField(field, allOf(tokens.map(wordOf)));
    }
    if (isPhrase && tokens.length > 1 && this.#choices === 0) {
      const start = words[0]?.span.start ?? node.span.start;
      this.phrases.push({ tokens, field, span: { start, end: words.at(-1)?.span.end ?? start } });
    }
    if (field !== undefined && !rankedFields.has(field)) {
      return () => inBookField(field, allOf(tokens.map(wordOf)));
    }
    const first = this.words.length;
    const room = Math.max(0, MAX_WORDS - first);
    const cut = words[room]?.span;
    if (cut !== undefined) {
      this.ignored = { start: this.ignored?.start ?? cut.start, end: words.at(-1)?.span.end ?? 0 };
    }
    for (const word of words.slice(0, room)) {
      const isEnd = !isPhrase && word.span.end === this.#characters.length;
      this.words.push({ ...word, field, mayGoOn: isEnd && field !== undefined });
    }
    const last = this.words.length;
    return (word) => {
      const parts: (Expression | undefined)[] = [];
      for (let index = first; index < last; index++) parts.push(word(index));
      return inBookField(field, allOf(parts));
    };
  }
}

const wordFields: Partial<Record<BookField, WordField>> = {
  title: "title",
  otherTitle: "title",
  author: "author",
  series: "series",
  subject: "topic",
  topic: "topic",
  publisher: "publisher",
};

/** The works that have a heading as a whole. */
export function headingOf(field: "subject" | "series" | "publisher", text: string): Expression {
  return { kind: "value", field, value: squash(text) };
}

/** A part in the words of a field, or anywhere if the field is undefined. */
export function inBookField(field: BookField | undefined, part: Expression): Expression;
export function inBookField(
  field: BookField | undefined,
  part: Expression | undefined,
): Expression | undefined;
export function inBookField(
  field: BookField | undefined,
  part: Expression | undefined,
): Expression | undefined {
  return part && inField(field === undefined ? undefined : wordFields[field], part);
}
