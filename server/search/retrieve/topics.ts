/** Books about what was typed: subjects, people, places and times that have its words in any form. */
import { allOf, anyOf, inField, narrowed, wordOf } from "../expression.ts";
import type { SearchedPart } from "../index-port.ts";
import { emptyResultSet, type SearchResultSet, tailOf } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { headingForms } from "../understand/heading-forms.ts";
import { inflections } from "../understand/inflections.ts";

const MAX_WORDS = 6;
const MAX_FOUND = 200;

/** "of", "the", "de": short and in a twentieth of all titles. Headings leave them out. */
const SMALL_WORD_LETTERS = 3;
const SMALL_WORD_SHARE = 1 / 20;

/** Books whose topics have all words, in any of their forms, or those of the subject's heading; most popular first. */
export async function findByTopic(
  run: SearchRun,
  tokens: readonly string[],
  filter: FilterExpression,
  unfinished: boolean,
): Promise<SearchResultSet> {
  if (tokens.length === 0 || tokens.length > MAX_WORDS) {
    return emptyResultSet();
  }
  const { index, effort } = run;
  const topics = [await readTopic(run, tokens, unfinished)];
  for (const form of unfinished ? [] : headingForms(tokens)) {
    topics.push(await readTopic(run, form, false));
  }
  const known = topics.filter((topic) => topic !== undefined);
  const forms = known.map(({ parts }) => allOf(parts.map((part) => part.expression)));
  const any = anyOf(forms);
  const expression = any && narrowed(inField("topic", any), workFilter(filter));
  if (expression === undefined) {
    return emptyResultSet();
  }
  const parts = known.length === 1 ? known[0]?.parts : undefined;
  const ids = await index.walk({ expression, limit: MAX_FOUND, ...(parts && { parts }) }, effort);
  const full = ids.length === MAX_FOUND;
  return {
    ...emptyResultSet(),
    ids,
    complete: !full && !effort.exceeded,
    tail: full ? tailOf(expression) : undefined,
    topicWords: new Set(known.flatMap((topic) => topic.forms)),
  };
}

type Topic = { forms: string[]; parts: SearchedPart[] };

/** The words of a topic in all their forms; undefined if no topic has one of them. */
async function readTopic(
  { vocabulary }: SearchRun,
  tokens: readonly string[],
  unfinished: boolean,
): Promise<Topic | undefined> {
  const last = tokens.at(-1);
  await vocabulary.load({
    words: tokens,
    topicWords: tokens.flatMap(inflections),
    prefixes: unfinished && last !== undefined ? [{ letters: last, scope: "topics" }] : [],
  });
  const isSmall = (token: string) =>
    token.length <= SMALL_WORD_LETTERS &&
    vocabulary.count(token) > vocabulary.workCount * SMALL_WORD_SHARE;
  const forms: string[] = [];
  const parts: SearchedPart[] = [];
  for (const [place, token] of tokens.entries()) {
    if (tokens.length > 1 && isSmall(token)) {
      continue;
    }
    const some = inflections(token);
    forms.push(...some);
    const isBegun = unfinished && place === tokens.length - 1;
    const begun = isBegun ? vocabulary.prefix(token, "topics") : undefined;
    const begunCount = begun?.workCount ?? 0;
    // Many words are in no topic at all; then there is nothing to walk for.
    if (begunCount === 0 && !some.some((form) => vocabulary.topicCount(form) > 0)) {
      return undefined;
    }
    const expression = begun?.expression ?? anyOf(some.map(wordOf)) ?? wordOf(token);
    // A word's list has the works that have it in their titles, too.
    parts.push({ expression, workCount: vocabulary.count(token) + begunCount });
  }
  return { forms, parts };
}
