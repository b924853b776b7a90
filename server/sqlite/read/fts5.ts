/**
 * Expressions of a search as FTS5: the only place that writes its syntax. Tokens of exact things are
 * those of key-tokens.ts; where all parts are wanted, each has the fence at the end of the walk as an
 * alternative (fences.ts).
 */
import type { Expression, ValueField } from "#server/search/expression.ts";
import { beginningToken, titleBeginningToken } from "../beginnings.ts";
import { fenceToken, nextFence } from "../fences.ts";
import {
  acronymToken,
  authorToken,
  demotedToken,
  elidedToken,
  languageToken,
  publisherToken,
  romanToken,
  seriesToken,
  soundingTitleToken,
  subjectToken,
  titleToken,
  yearRangeTokens,
} from "../key-tokens.ts";

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

/** How many lists of the index an expression reads. */
export function tokenCount(expression: Expression): number {
  switch (expression.kind) {
    case "everything":
      return 1;
    case "all":
    case "any":
      return expression.parts.reduce((sum, part) => sum + tokenCount(part), 0);
    case "except":
      return tokenCount(expression.wanted) + tokenCount(expression.unwanted);
    case "inFields":
      return tokenCount(expression.part);
    case "years":
      return yearRangeTokens(expression.from, expression.to).length;
    default:
      return 1;
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

type Leaf = Exclude<
  Expression,
  { kind: "everything" | "all" | "any" | "except" | "inFields" | "years" }
>;

const branches: ReadonlySet<Expression["kind"]> = new Set([
  "everything",
  "all",
  "any",
  "except",
  "inFields",
  "years",
]);

/** True if an expression is one list of the index. */
export function isLeaf(expression: Expression): expression is Leaf {
  return !branches.has(expression.kind);
}

/** The token of what is one list of the index; undefined for what no index has. */
export function tokenOf(leaf: Leaf): string | undefined {
  switch (leaf.kind) {
    case "nothing":
      return undefined;
    case "word":
      return leaf.word;
    case "prefix":
      return beginningToken(leaf.letters);
    case "titlePrefix":
      return titleBeginningToken(leaf.letters);
    case "title":
      return titleToken(leaf.key);
    case "titleSound":
      return soundingTitleToken(leaf.key);
    case "sound":
      return romanToken(leaf.key);
    case "acronym":
      return acronymToken(leaf.letters);
    case "elided":
      return elidedToken(leaf.joined);
    case "value":
      return valueTokens[leaf.field](leaf.value);
    case "demoted":
      return demotedToken;
  }
}

const valueTokens: Record<ValueField, (value: string) => string | undefined> = {
  author: authorToken,
  language: languageToken,
  subject: subjectToken,
  series: seriesToken,
  publisher: publisherToken,
};

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
