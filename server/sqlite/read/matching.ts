/**
 * Whether single works match. Asked whether one row has all of several words, FTS5 looks for the next
 * row that has them, however far away; so it is asked for one list at a time, where it has but to seek.
 * What stands in the row of a candidate is read there: lists of years are long, and to seek in a long
 * list is to pass half a page of it.
 */

import { isLeaf, tokenCount } from "#server/index-entries/expression-tokens.ts";
import { isInYears } from "#server/index-entries/key-tokens.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression, WordField } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import { nextFence } from "../fences.ts";
import type { Books } from "./books.ts";
import { toFts5 } from "./fts5.ts";
import { LONG_LIST_EFFORT, LOOK_UP_EFFORT, MATCH_EFFORT, TOKEN_EFFORT } from "./prices.ts";

/** Where it is read whether works match. */
export type MatchSources = { database: ReadDatabase; books: Books };

/** Those of some works that an expression matches, as long as effort is left. */
export function* idsAmong(
  sources: MatchSources,
  expression: Expression,
  ids: readonly number[],
  effort: Effort,
): Iterable<number> {
  const lists: Lists = { ...sources, effort };
  const wanted = cheapFirst(expression);
  for (const id of ids) {
    if (effort.isSpent()) {
      return;
    }
    if (matchesAt(lists, wanted, id, undefined)) {
      yield id;
    }
  }
}

type Lists = MatchSources & { effort: Effort };
type Fields = readonly WordField[] | undefined;

/** Conditions that are read in the row itself come before those that need a list. */
function cheapFirst(expression: Expression): Expression {
  if (expression.kind === "except") {
    const { wanted, unwanted } = expression;
    return { kind: "except", wanted: cheapFirst(wanted), unwanted: cheapFirst(unwanted) };
  }
  if (expression.kind !== "all") {
    return expression;
  }
  const isInRowOnly = ({ kind }: Expression) => kind === "years";
  const parts = expression.parts.map(cheapFirst);
  const others = parts.filter((part) => !isInRowOnly(part));
  return { kind: "all", parts: [...parts.filter(isInRowOnly), ...others] };
}

function matchesAt(lists: Lists, expression: Expression, id: number, fields: Fields): boolean {
  const matches = (part: Expression) => matchesAt(lists, part, id, fields);
  switch (expression.kind) {
    case "everything":
      return true;
    case "years":
    case "demoted":
      return fields === undefined
        ? isInRow(lists, expression, id)
        : hasAny(lists, expression, id, fields);
    case "all":
      return expression.parts.every(matches);
    case "any":
      return expression.parts.every(isOneList)
        ? hasAny(lists, expression, id, fields)
        : expression.parts.some(matches);
    case "except":
      return matches(expression.wanted) && !matches(expression.unwanted);
    case "inFields": {
      const some = expression.fields.filter((field) => fields?.includes(field) ?? true);
      return some.length > 0 && matchesAt(lists, expression.part, id, some);
    }
    default:
      return hasAny(lists, expression, id, fields);
  }
}

function isInRow(
  { database, books, effort }: Lists,
  expression: Extract<Expression, { kind: "years" | "demoted" }>,
  id: number,
): boolean {
  effort.spend(LOOK_UP_EFFORT);
  if (expression.kind === "demoted") {
    return books.read(id)?.demoted ?? false;
  }
  const [year] = database.row("SELECT year FROM ranking WHERE id = ?", id) ?? [];
  return isInYears(Number(year ?? 0), expression.from, expression.to);
}

/** Lists that are merged need no search for a row that all have. */
function isOneList(expression: Expression): boolean {
  return isLeaf(expression) || expression.kind === "years";
}

function hasAny(
  { database, effort }: Lists,
  expression: Expression,
  id: number,
  fields: Fields,
): boolean {
  effort.spend(MATCH_EFFORT + TOKEN_EFFORT * tokenCount(expression));
  effort.spend(LONG_LIST_EFFORT * languageCount(expression));
  const sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid = ?";
  // A list of all fields is passed for a word of some; there the fence behind the work ends it.
  const fts5 =
    fields === undefined
      ? toFts5(expression)
      : toFts5({ kind: "inFields", fields, part: expression }, nextFence(id));
  return database.row(sql, fts5, id) !== undefined;
}

/** Languages, which have the longest lists. */
function languageCount(expression: Expression): number {
  switch (expression.kind) {
    case "any":
      return expression.parts.reduce((sum, part) => sum + languageCount(part), 0);
    case "value":
      return expression.field === "language" ? 1 : 0;
    default:
      return 0;
  }
}
