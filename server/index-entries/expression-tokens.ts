/** The tokens that expressions of a search stand for: the same for every engine. */
import type { Expression, ValueField } from "#server/search/expression.ts";
import { beginningToken, titleBeginningToken } from "./beginnings.ts";
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
} from "./key-tokens.ts";

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
