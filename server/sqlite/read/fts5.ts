/**
 * Expressions of a search as FTS5: the only place that writes its syntax. Tokens of exact things are
 * those of key-tokens.ts; where all parts are wanted, each has the fence at the end of the walk as an
 * alternative (fences.ts).
 */

import { tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import { fenceToken, nextFence } from "../fences.ts";

/** Matches no work: FTS5 has no expression for that. */
const NOTHING = '("nothing" NOT "nothing")';

/**
 * An expression as FTS5. Of all works FTS5 can say nothing: see all-works.ts.
 * @param fence the rowid of the fence at which the walk ends; undefined: it ends with the index.
 */
export function toFts5(expression: Expression, fence?: number): string {
  return render(expression, fence);
}

function render(expression: Expression, fence: number | undefined): string {
  switch (expression.kind) {
    case "everything":
      throw new Error("FTS5 has no expression for all works");
    case "all":
      return joined(
        "AND",
        expression.parts.map((part) => {
          const text = render(part, fence);
          return fence === undefined ? text : `(${text} ${orFence(fence)})`;
        }),
      );
    case "any":
      return joined(
        "OR",
        expression.parts.map((part) => render(part, fence)),
      );
    case "except":
      return `(${render(expression.wanted, fence)} NOT ${render(expression.unwanted, behind(fence))})`;
    case "inFields": {
      const { fields, part } = expression;
      const text = render(part, fence);
      // A word of other fields has a list all the same, which a walk passes.
      const isFenced = fence === undefined || part.kind === "all";
      return `{${fields.join(" ")}} : (${isFenced ? text : `${text} ${orFence(fence)}`})`;
    }
    case "years": {
      const tokens = yearRangeTokens(expression.from, expression.to);
      return tokens.length === 0 ? NOTHING : joined("OR", tokens.map(quoted));
    }
    default: {
      const token = tokenOf(expression);
      return token === undefined ? NOTHING : quoted(token);
    }
  }
}

function orFence(fence: number): string {
  return `OR "${fenceToken(fence)}"`;
}

/**
 * What is unwanted ends at the fence behind: with the walk's own it would leave out the row at which
 * the walk is to stop, and with none words that never meet would be looked for to the end of the index.
 */
function behind(fence: number | undefined): number | undefined {
  return fence === undefined ? undefined : nextFence(fence + 1);
}

function joined(operator: "AND" | "OR", parts: readonly string[]): string {
  if (parts.length === 0) {
    return NOTHING;
  }
  return parts.length === 1 ? (parts[0] ?? NOTHING) : `(${parts.join(` ${operator} `)})`;
}

/** An FTS5 string; tokens never contain quotes. */
function quoted(token: string): string {
  return `"${token}"`;
}
