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
import { notice } from "#server/catalog/notices.ts";
import { type TextNode, wordsInQuery } from "#server/catalog/query/text-places.ts";
import { typoBits } from "#server/catalog/ranking/typo-cost.ts";
import { type Expression, wordOf } from "../expression.ts";
import { notFoundNotice } from "../retrieve/identifiers.ts";
import type { SearchRun } from "../search-run.ts";
import type { Plan } from "./plan.ts";
import { headingOf, inBookField } from "./plan-builder.ts";

/** A shorter word is no beginning that says what was meant. */
const MIN_BEGINNING = 4;
const MAX_BEGUN = 3;
const MAX_ALTERNATIVES = 8;
/** Topics that begin with so many letters of a misspelt one are compared with it, the commonest. */
const WHOLE_LETTERS = 3;
const MAX_NEAR = 200;
/** About two slips. */
const MAX_NEAR_BITS = 10;

export type KnownValues = {
  root: QueryNode | undefined;
  corrections: Correction[];
  notices: QueryNotice[];
};

/** A parsed query with the values that the catalogue has. */
export async function withKnownValues(
  run: SearchRun,
  root: QueryNode | undefined,
  { query, verbatim, unfinished }: SearchRequest,
): Promise<KnownValues> {
  const known: KnownValues = { root, corrections: [], notices: [] };
  if (root === undefined || (root.kind === "words" && root.field === undefined)) {
    return known;
  }
  const characters = [...query];
  const read = async (node: QueryNode): Promise<QueryNode> => {
    if (node.kind === "all" || node.kind === "any") {
      const nodes: QueryNode[] = [];
      for (const part of node.nodes) {
        nodes.push(await read(part));
      }
      return { ...node, nodes };
    }
    if (node.kind === "identifier" && node.type === "author_key") {
      const [author] = await run.index.authors([node.text], run.effort);
      if (author === undefined) {
        known.notices.push(notFoundNotice(node));
      }
      return { ...node, text: author?.key ?? node.text };
    }
    if (node.kind === "identifier" && node.excluded) {
      known.notices.push(notice("excluded_number", node.span));
    }
    if ((node.kind !== "words" && node.kind !== "phrase") || node.excluded || verbatim) {
      return node;
    }
    const { field } = node;
    if (field === "series" && node.kind === "phrase") {
      return knownSeries(run, node, known);
    }
    if (field !== "subject" && field !== "topic" && field !== "publisher") {
      return node;
    }
    return knownText(run, { ...node, field }, { characters, unfinished }, known);
  };
  return { ...known, root: await read(root) };
}

/** A filter that names merged authors by the keys they now have. */
export async function withKnownAuthors(
  { index, effort }: SearchRun,
  filter: SearchFilter,
): Promise<SearchFilter> {
  const { anyOf, noneOf } = filter.author;
  if (anyOf.length + noneOf.length === 0) {
    return filter;
  }
  const typed = [...anyOf, ...noneOf];
  const authors = await index.authors(typed, effort);
  const keys = typed.map((key, place) => authors[place]?.key ?? key);
  const author = { anyOf: keys.slice(0, anyOf.length), noneOf: keys.slice(anyOf.length) };
  return { ...filter, author };
}

type ConditionField = "subject" | "topic" | "publisher";

/** Fields whose words are counted apart from those of titles and names. */
const topical: ReadonlySet<BookField> = new Set(["subject", "topic"]);

async function knownText(
  run: SearchRun,
  node: TextNode & { field: ConditionField },
  { characters, unfinished }: { characters: readonly string[]; unfinished: boolean },
  { corrections, notices }: KnownValues,
): Promise<QueryNode> {
  const { field, kind, span } = node;
  const isHeading = kind === "phrase" && field !== "topic";
  if (isHeading && (await holds(run, headingOf(field, node.text)))) {
    return node;
  }
  const knownToken = async ({ token, span: place }: { token: string; span: TextSpan }) => {
    const mayGoOn = unfinished && kind === "words" && place.end === characters.length;
    if (!mayGoOn && (await isIn(run, field, token))) {
      return token;
    }
    const corrected = await nearestIn(run, field, token);
    if (corrected === token || (corrected === undefined && mayGoOn)) {
      return token;
    }
    if (corrected === undefined) {
      notices.push(notice("value_not_found", place, token, field));
      return token;
    }
    const original = characters.slice(place.start, place.end).join("");
    corrections.push({ original, corrected, span: place, kind: "spelling" });
    return corrected;
  };
  const tokens: string[] = [];
  for (const word of wordsInQuery(node, characters)) {
    tokens.push(await knownToken(word));
  }
  const text = tokens.join(" ");
  if (!isHeading) {
    return { ...node, text };
  }
  if (await holds(run, headingOf(field, text))) {
    return { ...node, text };
  }
  notices.push(notice("phrase_not_found", span, field));
  return { ...node, kind: "words", text };
}

/** The words of a series rank, so that the ladder corrects them. */
async function knownSeries(
  run: SearchRun,
  node: TextNode,
  { notices }: KnownValues,
): Promise<QueryNode> {
  if (await holds(run, headingOf("series", node.text))) {
    return node;
  }
  notices.push(notice("phrase_not_found", node.span, "series"));
  return { ...node, kind: "words" };
}

/** The word of a field that was most probably begun, or else misspelt; undefined if there is none. */
async function nearestIn(
  run: SearchRun,
  field: BookField,
  token: string,
): Promise<string | undefined> {
  const { vocabulary } = run;
  const scope = topical.has(field) ? "topics" : "names";
  const begun =
    token.length < MIN_BEGINNING ? [] : await vocabulary.wordsBeginning(token, MAX_BEGUN, scope);
  await vocabulary.load({ alternatives: [token] });
  const alternatives = vocabulary.alternatives(token).slice(0, MAX_ALTERNATIVES);
  for (const { word } of [...begun, ...alternatives]) {
    if (await isIn(run, field, word)) {
      return word;
    }
  }
  return topical.has(field) ? nearTopic(run, token) : undefined;
}

/** Words that only topics have are in no table of spellings; most slips leave their beginning whole. */
export async function nearTopic(
  { vocabulary }: SearchRun,
  token: string,
): Promise<string | undefined> {
  if (token.length < MIN_BEGINNING) {
    return undefined;
  }
  const letters = token.slice(0, WHOLE_LETTERS);
  let best: { word: string; bits: number } | undefined;
  for (const { word } of await vocabulary.wordsBeginning(letters, MAX_NEAR, "topics")) {
    const bits = typoBits(token, word, MAX_NEAR_BITS, false);
    if (bits < (best?.bits ?? Number.POSITIVE_INFINITY)) {
      best = { word, bits };
    }
  }
  return best?.word;
}

async function isIn(run: SearchRun, field: BookField, token: string): Promise<boolean> {
  await run.vocabulary.load({ words: [token] });
  const passed = run.vocabulary.count(token);
  return holds(run, inBookField(field, wordOf(token)), passed);
}

/** True if a work matches, or if so many are passed that it can't be told. */
async function holds(
  { index, effort }: SearchRun,
  expression: Expression,
  passed?: number,
): Promise<boolean> {
  if (effort.isSpent()) {
    return true;
  }
  // Lists of headings are short, so that one look has all of them.
  const parts = [
    { workCount: undefined },
    ...(passed === undefined ? [] : [{ workCount: passed }]),
  ];
  const ids = await index.walk({ expression, limit: 1, parts }, effort);
  return ids.length > 0 || effort.exceeded;
}

/**
 * A plan of alternatives with words that no book has as the likeliest that were meant: which of the
 * alternatives a book answers is not known when it is ranked, so the ladder can't correct them.
 */
export async function withKnownAlternatives(
  run: SearchRun,
  plan: Plan,
  { query, verbatim }: SearchRequest,
): Promise<{ plan: Plan; corrections: Correction[] }> {
  const corrections: Correction[] = [];
  if (plan.conjunctive || verbatim) {
    return { plan, corrections };
  }
  const characters = [...query];
  const words: Plan["words"] = [];
  for (const word of plan.words) {
    const corrected = await knownAlternative(run, word);
    words.push(corrected === undefined ? word : { ...word, token: corrected });
    if (corrected === undefined) {
      continue;
    }
    const { span } = word;
    const original = characters.slice(span.start, span.end).join("");
    corrections.push({ original, corrected, span, kind: "spelling" });
  }
  return { plan: { ...plan, words }, corrections };
}

async function knownAlternative(
  run: SearchRun,
  { token, field }: Plan["words"][number],
): Promise<string | undefined> {
  if (field !== undefined) {
    return (await isIn(run, field, token)) ? undefined : nearestIn(run, field, token);
  }
  const { vocabulary } = run;
  await vocabulary.load({ words: [token] });
  if (vocabulary.count(token) > 0) {
    return undefined;
  }
  await vocabulary.load({ alternatives: [token] });
  return vocabulary.alternatives(token)[0]?.word;
}
