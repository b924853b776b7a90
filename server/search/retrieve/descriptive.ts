/**
 * Books described from memory: "children's book about a boy who eats a forest, blue cover, 1980s".
 * Descriptions and topics are searched for the most telling words of the request, weighted by BM25
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) without term frequencies,
 * which descriptions of a few sentences hardly have. Rarity counts more than BM25 has it: requests
 * are long and most of their words say nothing about the book.
 */
import type { MatchReason } from "#server/catalog/catalog.ts";
import { isAboutRequest } from "#server/catalog/ranking/request-words.ts";
import { stem } from "#server/catalog/ranking/stem.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { isAmong } from "#server/sqlite/read/all-works.ts";
import type { Lanes } from "#server/sqlite/read/lanes.ts";
import { highlightsIn } from "../answer/highlights.ts";
import { DESCRIPTION_EFFORT, STATEMENT_EFFORT } from "../effort.ts";
import { emptyFound, type Found, type SearchContext } from "../found.ts";
import { type FilterExpression, narrowed } from "../understand/filter-expression.ts";
import { quote } from "../understand/plan.ts";

/** A short request has to meet a description in this share of what it says. */
const LEAST_SHARE = 0.4;

/** The most telling words of a request are searched. */
const MAX_SEARCHED_WORDS = 40;
/** Entries of the index that are read for one request. */
const MAX_POSTINGS = 10_000;
/** Works whose length is looked up, best first. */
const MAX_WEIGHED = 300;
const MAX_FOUND = 100;

const MAX_TOPIC_REASONS = 2;

const K1 = 1.2;
const B = 0.9;
const RARITY_POWER = 2.5;
/** The first sentence usually says what matters most. */
const FIRST_SENTENCE_WEIGHT = 1.5;

/** The books that fit a description best, best first. */
export function findByDescription(
  context: SearchContext,
  text: string,
  lanes: Lanes,
  filter: FilterExpression,
): Found {
  const words = tellingWords(context, text);
  const wanted = narrowed(undefined, filter);
  const scores = new Map<number, number>();
  let room = MAX_POSTINGS;
  for (const { word, weight } of words) {
    if (room <= 0 || lanes.isLate()) break;
    const ids = context.database.numbers(
      "SELECT rowid FROM descriptions WHERE descriptions MATCH ? LIMIT ?",
      quote(word),
      room,
    );
    room -= ids.length;
    lanes.spend(STATEMENT_EFFORT + ids.length * DESCRIPTION_EFFORT);
    for (const id of ids) scores.set(id, (scores.get(id) ?? 0) + weight);
  }
  const best = [...scores]
    .sort(([one, a], [other, b]) => b - a || one - other)
    .slice(0, MAX_WEIGHED);
  const lengths = describedLengths(
    context,
    best.map(([id]) => id),
  );
  const ordered = best
    .map(([id, score]): [number, number] => [id, score * lengthFactor(context, lengths.get(id))])
    .sort(([one, a], [other, b]) => b - a || one - other);
  const ids: number[] = [];
  for (const [id] of ordered) {
    if (ids.length === MAX_FOUND || lanes.isLate()) break;
    if (isAmong(context.database, wanted, id)) ids.push(id);
  }
  return {
    ...emptyFound(),
    ids,
    complete: false,
    described: new Set(words.map(({ word }) => word)),
    relaxations: [{ kind: "anyWords", text: "", span: undefined }],
  };
}

/** True if the best of what was found says enough of what a short request says. */
export function describesWell(context: SearchContext, text: string, found: Found): boolean {
  const [best] = found.ids;
  if (best === undefined) return false;
  const words = tellingWords(context, text);
  const held = words.filter(({ word }) => describes(context, word, best));
  const sum = (some: typeof words) => some.reduce((total, { weight }) => total + weight, 0);
  return held.length >= 2 && sum(held) >= LEAST_SHARE * sum(words);
}

function describes(context: SearchContext, word: string, id: number): boolean {
  const sql = "SELECT rowid FROM descriptions WHERE descriptions MATCH ? AND rowid = ?";
  return context.database.row(sql, quote(word), id) !== undefined;
}

/** Where topics have the words of a request. */
export function explainTopics(work: Work, words: ReadonlySet<string>): MatchReason[] {
  const reasons: MatchReason[] = [];
  const explain = (field: "topic" | "subject", texts: readonly string[]) => {
    for (const text of texts) {
      const highlights = highlightsIn(text, (token) => words.has(token));
      if (highlights.length === 0) continue;
      reasons.push({ field, text, highlights, kind: "words", editionKey: "", language: "" });
    }
  };
  explain("topic", [...work.people, ...work.places, ...work.times]);
  explain("subject", work.subjects);
  return reasons
    .sort((one, other) => other.highlights.length - one.highlights.length)
    .slice(0, MAX_TOPIC_REASONS);
}

/** Where a description, or else its topics, has the words of a request. */
export function explainDescription(work: Work, words: ReadonlySet<string>): MatchReason[] {
  const highlights = highlightsIn(work.description, (token) => words.has(stem(token)));
  if (highlights.length === 0) {
    const topics = [...work.people, ...work.places, ...work.times, ...work.subjects];
    const forms = topics.flatMap(foldTokens).filter((token) => words.has(stem(token)));
    return explainTopics(work, new Set(forms));
  }
  const { description: text } = work;
  return [{ field: "description", text, highlights, kind: "words", editionKey: "", language: "" }];
}

function tellingWords(context: SearchContext, text: string): { word: string; weight: number }[] {
  // Tags in brackets ("[TOMT][Book][2000s]") stand before the request.
  const body = text.replace(/^(?:\s*\[[^\]]{0,60}\])+/, "");
  const firstSentence = new Set(foldTokens(body.split(/[.?!\n]/, 1)[0] ?? "").map(stem));
  const weights = new Map<string, number>();
  for (const token of foldTokens(body)) {
    const word = stem(token);
    if (weights.has(word) || isAboutRequest(token)) continue;
    const workCount = context.terms.stemCount(word);
    if (workCount === 0) continue;
    const rarity = Math.log(1 + (context.describedCount + 0.5) / (workCount + 0.5));
    weights.set(
      word,
      rarity ** RARITY_POWER * (firstSentence.has(word) ? FIRST_SENTENCE_WEIGHT : 1),
    );
  }
  return [...weights]
    .map(([word, weight]) => ({ word, weight }))
    .sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1))
    .slice(0, MAX_SEARCHED_WORDS);
}

/** How many different words the descriptions of works have. */
function describedLengths(context: SearchContext, ids: readonly number[]): Map<number, number> {
  const rows = context.database.rows(
    "SELECT ranking.id, described FROM json_each(?) JOIN ranking ON ranking.id = json_each.value",
    JSON.stringify(ids),
  );
  return new Map(rows.map(([id, length]) => [Number(id), Number(length)]));
}

function lengthFactor(context: SearchContext, words = 0): number {
  const length = words / Math.max(1, context.describedLength);
  return (K1 + 1) / (1 + K1 * (1 - B + B * length));
}
