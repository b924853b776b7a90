/** A work of the naive index, and whether it matches an expression. */
import { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { EditionRow, editionRows, StoredEditions } from "#server/index-entries/stored-editions.ts";
import type { Expression } from "#server/search/expression.ts";

export const fields = ["title", "author", "series", "topic", "publisher", "key"] as const;

export type Field = (typeof fields)[number];

export type Document = {
  id: number;
  prepared: PreparedEntry;
  book: IndexedBook;
  /** The tokens of each field. */
  tokens: Record<Field, ReadonlySet<string>>;
  stems: ReadonlySet<string>;
  identifiers: ReadonlySet<string>;
};

export function documentOf(prepared: PreparedEntry, id: number): Document {
  const [titles, authors, series, , popularity, , demotion, duplicate] = prepared.ranking;
  const tokensOf = (text: string) => new Set(text.split(" ").filter(Boolean));
  const tokens = fields.map((field, place) => [field, tokensOf(prepared.words[place] ?? "")]);
  return {
    id,
    prepared,
    book: new IndexedBook({
      id,
      titles,
      authors,
      series,
      popularity,
      demoted: demotion !== 0,
      duplicate,
    }),
    // One entry for each field.
    tokens: Object.fromEntries(tokens) as Document["tokens"],
    stems: tokensOf(prepared.description),
    identifiers: tokensOf(prepared.identifiers),
  };
}

export function editionsOf(text: string): StoredEditions {
  const rows = editionRows(text);
  return new StoredEditions(
    new EditionRow(rows[0] ?? ""),
    (row) => new EditionRow(rows[row] ?? ""),
  );
}

export function matches(
  expression: Expression,
  document: Document,
  among: readonly Field[],
): boolean {
  const has = (token: string) => among.some((field) => document.tokens[field].has(token));
  if (isLeaf(expression)) {
    const token = tokenOf(expression);
    return token !== undefined && has(token);
  }
  switch (expression.kind) {
    case "everything":
      return true;
    case "all":
      return expression.parts.every((part) => matches(part, document, among));
    case "any":
      return expression.parts.some((part) => matches(part, document, among));
    case "except":
      return (
        matches(expression.wanted, document, among) &&
        !matches(expression.unwanted, document, among)
      );
    case "inFields": {
      const wanted = among.filter((field) => expression.fields.some((one) => one === field));
      return matches(expression.part, document, wanted);
    }
    case "years":
      return yearRangeTokens(expression.from, expression.to).some(has);
  }
}
