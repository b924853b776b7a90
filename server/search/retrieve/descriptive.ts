/**
 * Books described from memory: "children's book about a boy who eats a forest, blue cover, 1980s".
 * Descriptions and topics are searched for the rarest words of the request, weighted by BM25
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) without term frequencies,
 * which descriptions of a few sentences hardly have. Rarity counts more than BM25 has it: requests
 * are long and most of their words say nothing about the book.
 */
import type { MatchReason } from "#server/catalog/catalog.ts";
import { isAboutRequest } from "#server/catalog/ranking/request-words.ts";
import { stem } from "#server/catalog/ranking/stem.ts";
import { storyWeight } from "#server/catalog/ranking/story-words.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { highlightsIn } from "../answer/highlights.ts";
import { narrowed } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { byScore, ScoreTable, type WorkScore } from "./score-table.ts";

/** A short request has to meet a description in this share of what it says. */
const LEAST_SHARE = 0.4;

/** The rarest words of a request are searched. */
const MAX_SEARCHED_WORDS = 60;
/** Entries of the index that are read for one request. */
const MAX_POSTINGS = 20_000;
/** Works whose length is looked up, best first. */
const MAX_WEIGHED = 300;
const MAX_FOUND = 100;

const MAX_TOPIC_REASONS = 2;

const K1 = 1.2;
const B = 0.9;
const RARITY_POWER = 1.8;
/** The first sentence usually says what matters most … */
const FIRST_SENTENCE_WEIGHT = 1.3;
/** … and so do words that come again: per logarithm of how often. */
const REPEATED_WEIGHT = 0.6;

/** The books that fit a description best, best first. */
export async function findByDescription(
  run: SearchRun,
  text: string,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const { index, effort } = run;
  const words = await weightedStems(run, text);
  const stems = words.map(({ word }) => word);
  const lists = await index.describedBy(stems, MAX_POSTINGS, effort);
  const scores = new ScoreTable(lists.reduce((sum, { length }) => sum + length, 0));
  for (const [place, ids] of lists.entries()) {
    scores.add(ids, words[place]?.weight ?? 0);
  }
  const best = scores.best(MAX_WEIGHED);
  const lengths = await index.describedLengths(
    best.map(([id]) => id),
    effort,
  );
  const ordered = best
    .map(([id, score], place): WorkScore => [id, score * lengthFactor(run, lengths[place])])
    .sort(byScore)
    .map(([id]) => id);
  const wanted = narrowed(undefined, workFilter(filter));
  const { effort: filtering } = atStage(run, "filter");
  return {
    ...emptyResultSet(),
    ids:
      wanted === undefined
        ? ordered.slice(0, MAX_FOUND)
        : await index.matching(wanted, ordered, MAX_FOUND, filtering),
    complete: false,
    described: new Set(stems),
    relaxations: [{ kind: "anyWords", text: "", span: undefined }],
  };
}

/** True if the best of what was found says enough of what a short request says. */
export async function describesWell(
  run: SearchRun,
  text: string,
  found: SearchResultSet,
): Promise<boolean> {
  const [best] = found.ids;
  if (best === undefined) {
    return false;
  }
  const words = await weightedStems(run, text);
  const stems = words.map(({ word }) => word);
  const held = await run.index.describingStems(best, stems, run.effort);
  const heldWords = words.filter((_, place) => held[place]);
  const sum = (some: typeof words) => some.reduce((total, { weight }) => total + weight, 0);
  return heldWords.length >= 2 && sum(heldWords) >= LEAST_SHARE * sum(words);
}

/** Where topics have the words of a request. */
export function explainTopics(work: Work, words: ReadonlySet<string>): MatchReason[] {
  const reasons: MatchReason[] = [];
  const explain = (field: "topic" | "subject", texts: readonly string[]) => {
    for (const text of texts) {
      const highlights = highlightsIn(text, (token) => words.has(token));
      if (highlights.length === 0) {
        continue;
      }
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

async function weightedStems(
  { index, vocabulary }: SearchRun,
  text: string,
): Promise<{ word: string; weight: number }[]> {
  // Tags in brackets ("[TOMT][Book][2000s]") stand before the request.
  const body = text.replace(/^(?:\s*\[[^\]]{0,60}\])+/, "");
  const firstSentence = new Set(foldTokens(body.split(/[.?!\n]/, 1)[0] ?? "").map(stem));
  const counts = new Map<string, number>();
  for (const token of foldTokens(body)) {
    if (!isAboutRequest(token)) {
      const word = stem(token);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  await vocabulary.load({ stems: [...counts.keys()] });
  return [...counts]
    .filter(([word]) => vocabulary.stemCount(word) > 0)
    .map(([word, count]) => {
      const works = vocabulary.stemCount(word);
      const rarity = Math.log(1 + (index.described.count + 0.5) / (works + 0.5));
      const first = firstSentence.has(word) ? FIRST_SENTENCE_WEIGHT : 1;
      const repeated = 1 + REPEATED_WEIGHT * Math.log(count);
      return { word, weight: rarity ** RARITY_POWER * first * repeated * storyWeight(word) };
    })
    .sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1))
    .slice(0, MAX_SEARCHED_WORDS);
}

function lengthFactor({ index }: SearchRun, words = 0): number {
  const length = words / Math.max(1, index.described.averageLength);
  return (K1 + 1) / (1 + K1 * (1 - B + B * length));
}
