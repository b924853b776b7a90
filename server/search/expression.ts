/**
 * What a search wants of a work, as data. The search builds these trees and an engine renders them in
 * its own language: SQLite as FTS5 (server/sqlite/read/fts5.ts). Words are folded tokens.
 */

/** Fields whose words an index tells apart. */
export type WordField = "title" | "author" | "series" | "topic" | "publisher";

/** Fields of which a work has whole values beside words. */
export type ValueField = "author" | "language" | "subject" | "series" | "publisher";

export type Expression =
  | { kind: "everything" }
  | { kind: "nothing" }
  /** A word, in any field. */
  | { kind: "word"; word: string }
  /** A word of a title, name or series that begins so; engines say which beginnings they know. */
  | { kind: "prefix"; letters: string }
  /** A title that begins so, by its `titleLetters`. */
  | { kind: "titlePrefix"; letters: string }
  /** A whole title, by one of its `titleKeys`. */
  | { kind: "title"; key: string }
  /** A whole title as it sounds in any transliteration, by its `romanTitle` in one piece. */
  | { kind: "titleSound"; key: string }
  /** A word of a title or name as it sounds in any transliteration, by its `romanKey`. */
  | { kind: "sound"; key: string }
  /** A much read title or series, by one of its `acronymsOf`. */
  | { kind: "acronym"; letters: string }
  /** A word of a title that is printed as two, the first one elided: "letranger" for "l'étranger". */
  | { kind: "elided"; joined: string }
  /**
   * A whole value: an author's key ("OL26320A"), a MARC code of a language, a subject, series or
   * publisher as `squash` has it. A value that no work can have matches nothing.
   */
  | { kind: "value"; field: ValueField; value: string }
  /** First published in these years, both included; undefined: open. */
  | { kind: "years"; from: number | undefined; to: number | undefined }
  /** A reprint on demand, a summary or a notebook. */
  | { kind: "demoted" }
  | { kind: "all" | "any"; parts: readonly Expression[] }
  /** What `wanted` matches and `unwanted` doesn't. */
  | { kind: "except"; wanted: Expression; unwanted: Expression }
  /** The words of a part in some fields only. */
  | { kind: "inFields"; fields: readonly WordField[]; part: Expression };

export const everything: Expression = { kind: "everything" };
export const nothing: Expression = { kind: "nothing" };

/** Where a reader looks for a book: titles, names and series. */
export const nameFields: readonly WordField[] = ["title", "author", "series"];

/** A word in any field. */
export function wordOf(word: string): Expression {
  return { kind: "word", word };
}

/** A whole title by its key. */
export function titleOf(key: string): Expression {
  return { kind: "title", key };
}

/** All parts; undefined if there are none. */
export function allOf(parts: readonly (Expression | undefined)[]): Expression | undefined {
  return joined("all", parts);
}

/** One of the parts at least; undefined if there are none. */
export function anyOf(parts: readonly (Expression | undefined)[]): Expression | undefined {
  return joined("any", parts);
}

function joined(
  kind: "all" | "any",
  parts: readonly (Expression | undefined)[],
): Expression | undefined {
  const defined = parts.filter((part) => part !== undefined);
  return defined.length <= 1 ? defined[0] : { kind, parts: defined };
}

/** A part in one field, or in any if that is undefined. */
export function inField(field: WordField | undefined, part: Expression): Expression {
  return field === undefined ? part : { kind: "inFields", fields: [field], part };
}

/** What a filter demands of a work beside a search: every one of `all`, and `none` not. */
export type WorkFilter = { all: readonly Expression[]; none: Expression | undefined };

/** An expression narrowed by a filter; undefined if there is neither. */
export function narrowed(
  expression: Expression | undefined,
  { all, none }: WorkFilter,
): Expression | undefined {
  // What is said of all works comes last: an engine answers it otherwise than what some works have.
  const isOfAll = expression?.kind === "everything";
  const isOfMost = expression?.kind === "except" && expression.wanted.kind === "everything";
  const wanted = allOf([isOfAll || isOfMost ? undefined : expression, ...all]);
  const unwanted = anyOf([isOfMost ? expression.unwanted : undefined, none]);
  if (unwanted === undefined) {
    return wanted ?? (isOfAll ? everything : undefined);
  }
  return { kind: "except", wanted: wanted ?? everything, unwanted };
}

/** A text that two expressions have in common only if they are equal. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression);
}

/** What an expression of all works, or all but some, leaves out, if it is one. */
export function ofAllWorks(
  expression: Expression,
): { unwanted: Expression | undefined } | undefined {
  if (expression.kind === "everything") {
    return { unwanted: undefined };
  }
  if (expression.kind !== "except" || expression.wanted.kind !== "everything") {
    return undefined;
  }
  return { unwanted: expression.unwanted };
}
