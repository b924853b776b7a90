/** Builds the parts of a plan out of the nodes of a parsed query. */
import type { BookField, QueryNode, TextSpan } from "#server/catalog/catalog.ts";
import { toMarcLanguage } from "#server/catalog/languages.ts";
import { type TextNode, wordsInQuery } from "#server/catalog/query/text-places.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { allOf, anyOf, type Expression, inField, type WordField, wordOf } from "../expression.ts";
import { rankedFields } from "./searched-nodes.ts";

export type PlannedWord = {
  token: string;
  field: BookField | undefined;
  span: TextSpan;
  /** True if it ends the query and was typed for a field, whose value may go on. */
  mayGoOn: boolean;
};

export type PlannedIdentifier = Extract<QueryNode, { kind: "identifier" }>;

/** Quoted words, which stand together as they are; the index knows only that a book has them all. */
export type PlannedPhrase = { tokens: string[]; field: BookField | undefined; span: TextSpan };

/** A query of more words is cut: nobody remembers more, and masks of words have 31 bits. */
export const MAX_WORDS = 31;

export type Compiler = (
  wordExpression: (index: number) => Expression | undefined,
) => Expression | undefined;

export class PlanBuilder {
  /** Code points of the query. */
  #characters: readonly string[];
  /** How many OR groups are open: a phrase inside one need not stand in a book. */
  #choices = 0;
  words: PlannedWord[] = [];
  ignored: TextSpan | undefined;
  phrases: PlannedPhrase[] = [];
  identifiers: PlannedIdentifier[] = [];
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
    if (node.kind !== "phrase" || (node.field !== undefined && !rankedFields.has(node.field))) {
      return;
    }
    const words = wordsInQuery(node, this.#characters);
    const first = words[0]?.span;
    const last = words.at(-1)?.span;
    if (words.length < 2 || first === undefined || last === undefined) {
      return undefined;
    }
    const tokens = words.map(({ token }) => token);
    return { tokens, field: node.field, span: { start: first.start, end: last.end } };
  }

  /** Books of an author by key are a filter; other identifiers are looked up beside the words. */
  #identifier(node: PlannedIdentifier, excluded: boolean): Compiler {
    if (node.type === "author_key") {
      return () => ({ kind: "value", field: "author", value: node.text });
    }
    if (!excluded) {
      this.identifiers.push(node);
    }
    return () => undefined;
  }

  all(nodes: readonly QueryNode[], negative: boolean): Compiler {
    const wanted: Compiler[] = [];
    const unwanted: Compiler[] = [];
    for (const node of nodes) {
      const compiler = this.node(node, negative);
      if (node.excluded) {
        unwanted.push(compiler);
      } else {
        wanted.push(compiler);
      }
    }
    // Without what is unwanted, fewer words would find more than all of them do.
    if (unwanted.length > 0) {
      this.conjunctive = false;
    }
    return (word) => {
      const positive = allOf(wanted.map((part) => part(word)));
      const negativePart = anyOf(unwanted.map((part) => part(word)));
      if (negativePart === undefined || positive === undefined) {
        return positive;
      }
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
    if (isPhrase && tokens.length > 0 && this.#choices === 0) {
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
      for (let index = first; index < last; index++) {
        parts.push(word(index));
      }
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

export function tokensOf(words: readonly PlannedWord[]): string[] {
  return words.map(({ token }) => token);
}
