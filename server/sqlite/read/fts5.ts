/**
 * Expressions of a search as FTS5: the only place that writes its syntax. Tokens of exact things are
 * those of key-tokens.ts; where all parts are wanted, each has the fence at the end of the walk as an
 * alternative (fences.ts).
 */

import { tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import { fenceToken, nextFence } from "../fences.ts";
import type { ListLengths } from "./list-lengths.ts";

/** Matches no work: FTS5 has no expression for that. */
const NOTHING = '("nothing" NOT "nothing")';

/** Where one of the lists has so many entries, the order in which lists are read matters. */
const LONG_LIST = 10_000;

/** What is known of lists: see list-lengths.ts. */
export type Lengths = Pick<ListLengths, "lengthOf" | "mostMatches">;

/**
 * An expression as FTS5. Of all works FTS5 can say nothing: see all-works.ts.
 * @param fence the rowid of the fence at which the walk ends; undefined: it ends with the index.
 * @param lengths puts short lists before long ones, where that is known.
 */
export function toFts5(expression: Expression, fence?: number, lengths?: Lengths): string {
  return render(expression, fence, lengths);
}

/** Matches whatever has one of some tokens. */
export function anyToken(tokens: readonly string[]): string {
  return tokens.map(quoted).join(" OR ");
}

function render(
  expression: Expression,
  fence: number | undefined,
  lengths: Lengths | undefined,
): string {
  switch (expression.kind) {
    case "everything":
      throw new Error("FTS5 has no expression for all works");
    case "all":
      return conjunction(expression.parts, fence, lengths);
    case "any":
      return joined(
        "OR",
        expression.parts.map((part) => render(part, fence, lengths)),
      );
    case "except": {
      const { wanted } = expression;
      const unwanted = lengths
        ? unwantedBeside(rarest(wanted, lengths), expression.unwanted)
        : expression.unwanted;
      return `(${render(wanted, fence, lengths)} NOT ${render(unwanted, behind(fence), lengths)})`;
    }
    case "inFields": {
      const { fields, part } = expression;
      const text = render(part, fence, lengths);
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

/**
 * Parts that are all wanted. FTS5 moves every list of an AND at each of its steps, the long ones, too;
 * so those are put around an AND of the short ones, and are moved only to what these have together:
 * ((("koumo" AND "about") OR fence) AND "history"). It flattens an AND in an AND, but for the OR.
 */
function conjunction(
  parts: readonly Expression[],
  fence: number | undefined,
  lengths: Lengths | undefined,
): string {
  const fenced = (part: Expression) => {
    const text = render(part, fence, lengths);
    return fence === undefined ? text : `(${text} ${orFence(fence)})`;
  };
  if (lengths === undefined || parts.length < 3) {
    return joined("AND", parts.map(fenced));
  }
  const shortFirst = parts
    .map((part) => ({ part, length: lengths.lengthOf(part) }))
    .sort((one, other) => one.length - other.length);
  if ((shortFirst.at(-1)?.length ?? 0) < LONG_LIST) {
    return joined("AND", parts.map(fenced));
  }
  const texts = shortFirst.map(({ part }) => fenced(part));
  return texts.reduce((text, next, index) => {
    const inner = index === 1 ? text : `(${text} ${orFence(fence ?? NO_FENCE)})`;
    return `(${inner} AND ${next})`;
  });
}

/**
 * What is unwanted of works that have a part of what is wanted. FTS5 looks for the first work with all of
 * some unwanted words whatever is wanted: where those never meet, it would pass all of their lists.
 */
function unwantedBeside(part: Expression, unwanted: Expression): Expression {
  if (unwanted.kind === "any") {
    return { kind: "any", parts: unwanted.parts.map((each) => unwantedBeside(part, each)) };
  }
  return unwanted.kind === "all" ? { kind: "all", parts: [part, ...unwanted.parts] } : unwanted;
}

/** Of the parts that a work must have, the one that fewest works have. */
function rarest(wanted: Expression, lengths: Lengths): Expression {
  if (wanted.kind === "except") {
    return rarest(wanted.wanted, lengths);
  }
  if (wanted.kind !== "all") {
    return wanted;
  }
  const parts = wanted.parts.map((part) => rarest(part, lengths));
  return parts.reduce((best, part) =>
    lengths.mostMatches(part) < lengths.mostMatches(best) ? part : best,
  );
}

/** The first fence has a greater rowid, so that no row has the token of this one. */
const NO_FENCE = 0;

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
