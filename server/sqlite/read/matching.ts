/**
 * Whether single works match. Asked whether one row has all of several words, FTS5 looks for the next
 * row that has them, however far away; so it is asked for one list at a time, where it has but to seek.
 */

import { isLeaf, tokenCount } from "#server/index-entries/expression-tokens.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression, WordField } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import { nextFence } from "../fences.ts";
import { toFts5 } from "./fts5.ts";
import { MATCH_EFFORT, TOKEN_EFFORT } from "./prices.ts";

/** Those of some works that an expression matches, as long as effort is left. */
export function* idsAmong(
  database: ReadDatabase,
  expression: Expression,
  ids: readonly number[],
  effort: Effort,
): Iterable<number> {
  const lists: Lists = { database, effort };
  for (const id of ids) {
    if (effort.isSpent()) {
      return;
    }
    if (matchesAt(lists, expression, id, undefined)) {
      yield id;
    }
  }
}

type Lists = { database: ReadDatabase; effort: Effort };
type Fields = readonly WordField[] | undefined;

function matchesAt(lists: Lists, expression: Expression, id: number, fields: Fields): boolean {
  const matches = (part: Expression) => matchesAt(lists, part, id, fields);
  switch (expression.kind) {
    case "everything":
      return true;
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
  const sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid = ?";
  // A list of all fields is passed for a word of some; there the fence behind the work ends it.
  const fts5 =
    fields === undefined
      ? toFts5(expression)
      : toFts5({ kind: "inFields", fields, part: expression }, nextFence(id));
  return database.row(sql, fts5, id) !== undefined;
}
