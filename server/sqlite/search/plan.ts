/**
 * A parsed query as the engine runs it: the words that rank, and an FTS5 expression that any rung of
 * the ladder can vary word by word (as typed, with other spellings, left out).
 */
import type { BookField, QueryNode, TextSpan } from "#server/catalog/catalog.ts";
import { toMarcLanguage } from "#server/catalog/languages.ts";
import { foldWithSpans, squash } from "#server/catalog/text/fold.ts";
import { allOf } from "../fences.ts";
import {
  authorToken,
  languageToken,
  publisherToken,
  seriesToken,
  subjectToken,
  yearRangeTokens,
} from "../key-tokens.ts";

export type PlannedWord = {
  token: string;
  field: BookField | undefined;
  span: TextSpan;
};

export type Plan = {
  /** Words that must match, in order; those of excluded parts are not among them. */
  words: PlannedWord[];
  /** Quoted words: the ranker's candidates are checked for them standing together. */
  phrases: { tokens: string[]; field: BookField | undefined; span: TextSpan }[];
  identifiers: Extract<QueryNode, { kind: "identifier" }>[];
  /** Plain words only: no field, phrase, alternative or exclusion. */
  plain: boolean;
  /** Every word must match: no alternatives. */
  conjunctive: boolean;
  /** The text of a plain query. */
  text: string;
  /**
   * The FTS5 expression; `wordExpression` gives the part for word n, undefined to leave it out.
   * Undefined if nothing is left.
   */
  compile(wordExpression: (index: number) => string | undefined): string | undefined;
};

/** A query of more words is cut: nobody remembers more, and masks of words have 31 bits. */
export const MAX_WORDS = 31;

type Compiler = (wordExpression: (index: number) => string | undefined) => string | undefined;

/** Plans a parsed query. */
export function planQuery(root: QueryNode | undefined): Plan {
  const builder = new PlanBuilder();
  const compile = root === undefined ? () => undefined : builder.node(root, false);
  const nodes = root === undefined ? [] : root.kind === "all" ? root.nodes : [root];
  const plain =
    nodes.length > 0 &&
    nodes.every((node) => node.kind === "words" && node.field === undefined && !node.excluded);
  return {
    words: builder.words,
    phrases: builder.phrases,
    identifiers: builder.identifiers,
    plain,
    conjunctive: builder.conjunctive,
    text: nodes.map((node) => (node.kind === "words" ? node.text : "")).join(" "),
    compile,
  };
}

class PlanBuilder {
  /** How many OR groups are open: a phrase inside one need not stand in a book. */
  #choices = 0;
  words: PlannedWord[] = [];
  phrases: Plan["phrases"] = [];
  identifiers: Plan["identifiers"] = [];
  conjunctive = true;

  node(node: QueryNode, negative: boolean): Compiler {
    const excluded = negative !== node.excluded;
    switch (node.kind) {
      case "all":
        return this.#all(node.nodes, excluded);
      case "any": {
        this.#choices += 1;
        this.conjunctive = false;
        const parts = node.nodes.map((part) => this.node(part, excluded));
        this.#choices -= 1;
        return (word) =>
          joinParts(
            parts.map((part) => part(word)),
            "OR",
          );
      }
      case "words":
      case "phrase":
        return this.#text(node.text, node.field, textStart(node), excluded, node.kind === "phrase");
      case "years": {
        const tokens = yearRangeTokens(node.years.from, node.years.to);
        return () => joinParts(tokens.map(quote), "OR") ?? NOTHING;
      }
      case "identifier":
        return this.#identifier(node, excluded);
    }
  }

  /** Books of an author by key are a filter; other identifiers are looked up beside the words. */
  #identifier(node: Plan["identifiers"][number], excluded: boolean): Compiler {
    const token = node.type === "author_key" ? authorToken(node.text) : undefined;
    if (token !== undefined) return () => quote(token);
    if (!excluded) this.identifiers.push(node);
    return () => undefined;
  }

  #all(nodes: QueryNode[], negative: boolean): Compiler {
    const wanted: Compiler[] = [];
    const unwanted: Compiler[] = [];
    for (const node of nodes) {
      const compiler = this.node(node, negative);
      if (node.excluded) unwanted.push(compiler);
      else wanted.push(compiler);
    }
    return (word) => {
      const parts = wanted.map((part) => part(word));
      // What is excluded has no fences, or the walk would not stop at them.
      const positive = negative ? joinParts(parts, "AND") : allOf(parts);
      const negativePart = joinParts(
        unwanted.map((part) => part(word)),
        "OR",
      );
      if (negativePart === undefined || positive === undefined) return positive;
      return `(${positive} NOT ${negativePart})`;
    };
  }

  #text(
    text: string,
    field: BookField | undefined,
    start: number,
    excluded: boolean,
    phrase: boolean,
  ): Compiler {
    if (field === "language") {
      const token = languageToken(toMarcLanguage(text));
      return () => (token === undefined ? NOTHING : quote(token));
    }
    const spans = foldWithSpans(text);
    const tokens = spans.map((span) => span.token);
    if (excluded) {
      return () => inColumn(field, joinParts(tokens.map(quote), "AND"));
    }
    if (phrase && (field === "subject" || field === "series" || field === "publisher")) {
      return () => quote(headingToken(field, text));
    }
    if (phrase && tokens.length > 1 && this.#choices === 0) {
      this.phrases.push({ tokens, field, span: { start, end: start + [...text].length } });
    }
    if (field !== undefined && !ranked.has(field)) {
      return () => inColumn(field, allOf(tokens.map(quote)));
    }
    const first = this.words.length;
    for (const span of spans.slice(0, Math.max(0, MAX_WORDS - first))) {
      this.words.push({
        token: span.token,
        field,
        span: { start: start + span.start, end: start + span.end },
      });
    }
    const last = this.words.length;
    return (word) => {
      const parts: (string | undefined)[] = [];
      for (let index = first; index < last; index++) parts.push(word(index));
      return inColumn(field, allOf(parts));
    };
  }
}

/** Where the text of a node begins: behind its operator and quote. */
function textStart(node: Extract<QueryNode, { kind: "words" | "phrase" }>): number {
  const { start, end } = node.span;
  const quoteLength = node.kind === "phrase" ? 1 : 0;
  return Math.max(start, end - quoteLength - [...node.text].length);
}

/** Fields whose words the ranking function reads. */
const ranked: ReadonlySet<BookField> = new Set(["title", "otherTitle", "author", "series"]);

const columns: Partial<Record<BookField, string>> = {
  title: "title",
  otherTitle: "title",
  author: "author",
  series: "series",
  subject: "topic",
  topic: "topic",
  publisher: "publisher",
};

/** Matches no work: the expression of what can't be in an index. */
const NOTHING = '("nothing" NOT "nothing")';

function headingToken(field: "subject" | "series" | "publisher", text: string): string {
  if (field === "subject") return subjectToken(squash(text));
  return field === "series" ? seriesToken(squash(text)) : publisherToken(squash(text));
}

function inColumn(
  field: BookField | undefined,
  expression: string | undefined,
): string | undefined {
  const column = field === undefined ? undefined : columns[field];
  if (expression === undefined || column === undefined) return expression;
  return `${column} : (${expression})`;
}

/** An FTS5 string; tokens never contain quotes. */
export function quote(token: string): string {
  return `"${token}"`;
}

/** Parts joined by an operator, in parentheses; undefined if there are none. */
export function joinParts(
  parts: readonly (string | undefined)[],
  operator: "AND" | "OR",
): string | undefined {
  const defined = parts.filter((part) => part !== undefined);
  if (defined.length <= 1) return defined[0];
  return `(${defined.join(` ${operator} `)})`;
}
