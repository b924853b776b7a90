/**
 * What a query asks of fields and the catalogue has under another spelling or key. The ladder corrects
 * words that rank; subjects, topics, publishers and authors' keys are conditions, which nothing would
 * meet as they were typed.
 */
import type {
  BookField,
  Correction,
  QueryNode,
  QueryNotice,
  SearchFilter,
  SearchRequest,
  TextSpan,
} from "#server/catalog/catalog.ts";
import { type TextNode, wordsInQuery } from "#server/catalog/query/text-places.ts";
import { typoBits } from "#server/catalog/ranking/typo-cost.ts";
import { orFence } from "#server/sqlite/fences.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import { Effort } from "../effort.ts";
import type { SearchContext } from "../found.ts";
import { notFoundNotice } from "../retrieve/identifiers.ts";
import { headingToken, inColumn, type Plan, quote } from "./plan.ts";

/** A shorter word is no beginning that says what was meant. */
const MIN_BEGINNING = 4;
const MAX_BEGUN = 3;
const MAX_ALTERNATIVES = 8;
/** Topics that begin with so many letters of a misspelt one are compared with it, the commonest. */
const WHOLE_LETTERS = 3;
const MAX_NEAR = 200;
/** About two slips. */
const MAX_NEAR_BITS = 10;
/** Lists of headings are short, so that one window has all of them. */
const LEAST_DENSITY = 0.001;

export type KnownValues = {
  root: QueryNode | undefined;
  corrections: Correction[];
  notices: QueryNotice[];
};

/** A parsed query with the values that the catalogue has. */
export function withKnownValues(
  context: SearchContext,
  root: QueryNode | undefined,
  { query, verbatim, unfinished }: SearchRequest,
): KnownValues {
  const known: KnownValues = { root, corrections: [], notices: [] };
  if (root === undefined || (root.kind === "words" && root.field === undefined)) return known;
  const characters = [...query];
  const read = (node: QueryNode): QueryNode => {
    if (node.kind === "all" || node.kind === "any") return { ...node, nodes: node.nodes.map(read) };
    if (node.kind === "identifier" && node.type === "author_key") {
      const author = context.records.author(node.text);
      if (author === undefined) known.notices.push(notFoundNotice(node));
      return { ...node, text: author?.key ?? node.text };
    }
    if (node.kind === "identifier" && node.excluded) known.notices.push(keptNotice(node));
    if ((node.kind !== "words" && node.kind !== "phrase") || node.excluded || verbatim) return node;
    const { field } = node;
    if (field === "series" && node.kind === "phrase") return knownSeries(context, node, known);
    if (field !== "subject" && field !== "topic" && field !== "publisher") return node;
    return knownText(context, { ...node, field }, { characters, unfinished }, known);
  };
  return { ...known, root: read(root) };
}

/** Numbers are looked up beside the words: they find books, and leave none out. */
function keptNotice({ span }: QueryNode): QueryNotice {
  const message = "A number of one book can't be left out; it was ignored.";
  return { reason: "excluded_number", message, span };
}

/** A filter that names merged authors by the keys they now have. */
export function withKnownAuthors({ records }: SearchContext, filter: SearchFilter): SearchFilter {
  const { anyOf, noneOf } = filter.author;
  const known = (keys: readonly string[]) => keys.map((key) => records.author(key)?.key ?? key);
  if (anyOf.length + noneOf.length === 0) return filter;
  return { ...filter, author: { anyOf: known(anyOf), noneOf: known(noneOf) } };
}

type ConditionField = "subject" | "topic" | "publisher";

/** Fields whose words are counted apart from those of titles and names. */
const topical: ReadonlySet<BookField> = new Set(["subject", "topic"]);

function knownText(
  context: SearchContext,
  node: TextNode & { field: ConditionField },
  { characters, unfinished }: { characters: readonly string[]; unfinished: boolean },
  { corrections, notices }: KnownValues,
): QueryNode {
  const { field, kind, span } = node;
  const isHeading = kind === "phrase" && field !== "topic";
  if (isHeading && holds(context, quote(headingToken(field, node.text)), 0)) return node;
  const text = wordsInQuery(node, characters)
    .map(({ token, span: place }) => {
      const mayGoOn = unfinished && kind === "words" && place.end === characters.length;
      if (!mayGoOn && isIn(context, field, token)) return token;
      const corrected = nearestIn(context, field, token);
      if (corrected === token || (corrected === undefined && mayGoOn)) return token;
      if (corrected === undefined) {
        const message = `No book has "${token}" as ${field}.`;
        notices.push({ reason: "value_not_found", message, span: place });
        return token;
      }
      const original = characters.slice(place.start, place.end).join("");
      corrections.push({ original, corrected, span: place, kind: "spelling" });
      return corrected;
    })
    .join(" ");
  if (!isHeading) return { ...node, text };
  if (holds(context, quote(headingToken(field, text)), 0)) return { ...node, text };
  notices.push(noHeadingNotice(field, span));
  return { ...node, kind: "words", text };
}

/** The words of a series rank, so that the ladder corrects them. */
function knownSeries(context: SearchContext, node: TextNode, { notices }: KnownValues): QueryNode {
  if (holds(context, quote(headingToken("series", node.text)), 0)) return node;
  notices.push(noHeadingNotice("series", node.span));
  return { ...node, kind: "words" };
}

function noHeadingNotice(field: BookField, span: TextSpan): QueryNotice {
  const message = `No book has this ${field}; its words were searched one by one.`;
  return { reason: "phrase_not_found", message, span };
}

/** The word of a field that was most probably begun, or else misspelt; undefined if there is none. */
function nearestIn(context: SearchContext, field: BookField, token: string): string | undefined {
  const { terms } = context;
  const table = topical.has(field) ? "topic_term" : "term";
  const begun = token.length < MIN_BEGINNING ? [] : terms.beginningWith(token, MAX_BEGUN, table);
  const others = [...begun, ...terms.alternatives(token, MAX_ALTERNATIVES)];
  const found = others.find(({ word }) => isIn(context, field, word))?.word;
  return found ?? (topical.has(field) ? nearTopic(context, token) : undefined);
}

/** Words that only topics have are in no table of spellings; most slips leave their beginning whole. */
function nearTopic({ terms }: SearchContext, token: string): string | undefined {
  if (token.length < MIN_BEGINNING) return undefined;
  const begin = token.slice(0, WHOLE_LETTERS);
  let best: { word: string; bits: number } | undefined;
  for (const { word } of terms.beginningWith(begin, MAX_NEAR, "topic_term")) {
    const bits = typoBits(token, word, MAX_NEAR_BITS, false);
    if (bits < (best?.bits ?? Number.POSITIVE_INFINITY)) best = { word, bits };
  }
  return best?.word;
}

function isIn(context: SearchContext, field: BookField, token: string): boolean {
  const expression = inColumn(field, orFence(quote(token)));
  return expression === undefined || holds(context, expression, context.terms.workCount(token));
}

/** True if a work matches, or if so many are passed that it can't be told. */
function holds(context: SearchContext, expression: string, passedCount: number): boolean {
  const { workCount, effort } = context;
  const lanes = new Lanes(context, new Effort(effort));
  const density = Math.max(LEAST_DENSITY, passedCount / Math.max(1, workCount));
  return lanes.ids(expression, 1, 0, density).length > 0 || lanes.expired;
}

/**
 * A plan of alternatives with words that no book has as the likeliest that were meant: which of the
 * alternatives a book answers is not known when it is ranked, so the ladder can't correct them.
 */
export function withKnownAlternatives(
  context: SearchContext,
  plan: Plan,
  { query, verbatim }: SearchRequest,
): { plan: Plan; corrections: Correction[] } {
  const corrections: Correction[] = [];
  if (plan.conjunctive || verbatim) return { plan, corrections };
  const characters = [...query];
  const words = plan.words.map((word) => {
    const corrected = knownAlternative(context, word);
    if (corrected === undefined) return word;
    const { span } = word;
    const original = characters.slice(span.start, span.end).join("");
    corrections.push({ original, corrected, span, kind: "spelling" });
    return { ...word, token: corrected };
  });
  return { plan: { ...plan, words }, corrections };
}

function knownAlternative(
  context: SearchContext,
  { token, field }: Plan["words"][number],
): string | undefined {
  if (field !== undefined) {
    return isIn(context, field, token) ? undefined : nearestIn(context, field, token);
  }
  return context.terms.workCount(token) > 0
    ? undefined
    : context.terms.alternatives(token, 1)[0]?.word;
}
