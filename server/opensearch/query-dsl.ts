/**
 * Expressions of a search as OpenSearch queries: the only place that writes them. All are filters
 * without scores. Words and exact things are the same tokens as in SQLite (server/index-entries/key-tokens.ts),
 * in fields that are split at spaces and not analysed further.
 */

import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import { type Expression, nameFields, type WordField } from "#server/search/expression.ts";

/** A query or a part of one, as JSON. */
export type Query = Readonly<Record<string, unknown>>;

/** What an index tells apart, and what it keeps together so that a word is one list. */
export type IndexedField = WordField | "key" | "names" | "anywhere";

const all: Query = { match_all: {} };
const none: Query = { match_none: {} };

/** @param fields only their words count; undefined: all, and exact things. */
export function toQuery(expression: Expression, fields?: readonly WordField[]): Query {
  switch (expression.kind) {
    case "everything":
      return all;
    case "all":
      return allOf(expression.parts.map((part) => toQuery(part, fields)));
    case "any":
      return anyOf(expression.parts.map((part) => toQuery(part, fields)));
    case "except":
      return {
        bool: {
          filter: [toQuery(expression.wanted, fields)],
          must_not: [toQuery(expression.unwanted, fields)],
        },
      };
    case "inFields": {
      const wanted = expression.fields.filter((field) => fields?.includes(field) ?? true);
      return toQuery(expression.part, wanted);
    }
    case "years":
      return fields === undefined
        ? anyOf(yearRangeTokens(expression.from, expression.to).map((token) => term("key", token)))
        : none;
    default:
      return leafOf(expression, fields);
  }
}

function leafOf(expression: Expression, fields: readonly WordField[] | undefined): Query {
  const token = isLeaf(expression) ? tokenOf(expression) : undefined;
  if (token === undefined) {
    return none;
  }
  switch (expression.kind) {
    case "word":
      return fields === undefined ? term("anywhere", token) : inFields(fields, token);
    case "prefix":
      // Only words of titles, names and series have their beginnings indexed.
      return inFields(among(fields ?? nameFields, nameFields), token);
    case "titlePrefix":
      return inFields(among(fields ?? ["title"], ["title"]), token);
    default:
      return fields === undefined ? term("key", token) : none;
  }
}

function among(fields: readonly WordField[], known: readonly WordField[]): WordField[] {
  return fields.filter((field) => known.includes(field));
}

function inFields(fields: readonly WordField[], token: string): Query {
  const distinct = [...new Set(fields)];
  const isNames =
    distinct.length === nameFields.length && distinct.every((field) => nameFields.includes(field));
  return isNames ? term("names", token) : anyOf(distinct.map((field) => term(field, token)));
}

function term(field: IndexedField, token: string): Query {
  return { term: { [field]: token } };
}

function allOf(parts: readonly Query[]): Query {
  const [first, ...others] = parts;
  if (first === undefined) {
    return none;
  }
  return others.length === 0 ? first : { bool: { filter: parts } };
}

function anyOf(parts: readonly Query[]): Query {
  const [first, ...others] = parts;
  if (first === undefined) {
    return none;
  }
  return others.length === 0 ? first : { bool: { should: parts, minimum_should_match: 1 } };
}
