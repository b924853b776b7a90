/**
 * A parsed query as it is searched: the words that rank, and an expression that any rung of the ladder
 * can vary word by word (as typed, with other spellings, left out).
 */
import type { QueryNode, QueryNotice, TextSpan } from "#server/catalog/catalog.ts";
import { askingWord } from "#server/catalog/query/asking-words.ts";
import { readPastedParts } from "#server/catalog/query/pasted-text.ts";
import { anyOf, type Expression } from "../expression.ts";
import {
  type Compiler,
  PlanBuilder,
  type PlannedIdentifier,
  type PlannedPhrase,
  type PlannedWord,
} from "./plan-builder.ts";
import { rankedFields, searchedNodes } from "./searched-nodes.ts";

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
  identifiers: PlannedIdentifier[];
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
    if (phrase !== undefined) {
      excludedPhrases.push(phrase);
    } else if (node.excluded) {
      excluded.push(compile?.(() => undefined));
    } else if (part === undefined || part.words.length > 0) {
      wording.push(node);
    } else if (part.identifiers.length > 0) {
      builder.identifiers.push(...part.identifiers);
    } else {
      const expression = compile?.(() => undefined);
      const { span } = node;
      const name = characters.slice(span.start, span.end).join("");
      if (expression !== undefined) {
        conditions.push({ name, span, expression });
      }
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
    if (next === undefined || word.field !== undefined || !askingWord(next.token)) {
      return word;
    }
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
