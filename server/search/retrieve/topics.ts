/** Books about what was typed: subjects, people, places and times that have its words in any form. */
import { allOf } from "#server/sqlite/fences.ts";
import type { Lanes } from "#server/sqlite/read/lanes.ts";
import { emptyFound, type Found, type SearchContext, tailOf } from "../found.ts";
import { type FilterExpression, narrowed } from "../understand/filter-expression.ts";
import { inflections } from "../understand/inflections.ts";
import { joinParts, type Plan, quote } from "../understand/plan.ts";
import { begunTopic } from "../understand/word-reader.ts";
import { densityOf, type WordPart } from "./word-parts.ts";

const MAX_WORDS = 6;
const MAX_FOUND = 200;

/** "of", "the", "de": short and in a twentieth of all titles. Headings leave them out. */
const SMALL_WORD_LETTERS = 3;
const SMALL_WORD_SHARE = 1 / 20;

/** Books whose topics have all words, in any of their forms, most popular first. */
export function findByTopic(
  context: SearchContext,
  lanes: Lanes,
  plan: Plan,
  filter: FilterExpression,
  unfinished: boolean,
): Found {
  if (plan.words.length > MAX_WORDS) return emptyFound();
  const { terms, workCount } = context;
  const forms: string[] = [];
  const parts: WordPart[] = [];
  for (const [index, { token }] of plan.words.entries()) {
    const count = terms.workCount(token);
    const isSmall = token.length <= SMALL_WORD_LETTERS && count > workCount * SMALL_WORD_SHARE;
    if (isSmall && plan.words.length > 1) continue;
    const words = inflections(token);
    forms.push(...words);
    const begun =
      unfinished && index === plan.words.length - 1 ? begunTopic(terms, token) : undefined;
    // Many words are in no topic at all; then there is nothing to walk for.
    const isKnown = (word: string) => terms.workCount(word, "topic_term") > 0;
    if ((begun?.workCount ?? 0) === 0 && !words.some(isKnown)) return emptyFound();
    const expression = begun?.expression ?? joinParts(words.map(quote), "OR") ?? quote(token);
    // A word's list has the works that have it in their titles, too.
    parts.push({ index, expression, workCount: count + (begun?.workCount ?? 0) });
  }
  const all = allOf(parts.map((part) => part.expression));
  const expression = all === undefined ? undefined : narrowed(`topic : (${all})`, filter);
  if (expression === undefined) return emptyFound();
  const ids = lanes.ids(expression, MAX_FOUND, 0, densityOf(parts, workCount));
  const full = ids.length === MAX_FOUND;
  return {
    ...emptyFound(),
    ids,
    complete: !full && !lanes.expired,
    tail: full ? tailOf(expression) : undefined,
    topicWords: new Set(forms),
  };
}
