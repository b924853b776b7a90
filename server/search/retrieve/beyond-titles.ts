/** Where no title, name or series answers: topics and descriptions. */
import type { SearchRequest } from "#server/catalog/catalog.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { isAboutRequest } from "#server/catalog/ranking/request-words.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import type { FilterExpression } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import { tokensOf } from "../understand/plan-builder.ts";
import { isContentWord } from "../understand/word-properties.ts";
import { describesWell, findByDescription } from "./descriptive.ts";
import { findByTopic } from "./topics.ts";

/** A request of at least so many words may be a description … */
const MIN_DESCRIPTION_WORDS = 4;
/** … and one of so many is, if no title has most of them. */
const CERTAIN_DESCRIPTION_WORDS = 8;

/** What topics and descriptions have of a query that its best title lacks much of; else undefined. */
export async function beyondTitles(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const { length } = plan.words;
  if (request.verbatim || length < 2) {
    return undefined;
  }
  if (plan.words.some((word) => word.field !== undefined)) {
    return undefined;
  }
  const isLong = length >= CERTAIN_DESCRIPTION_WORDS;
  // Long requests have quotes and hyphens by accident, short ones mean them.
  if (!plan.plain && !isLong) {
    return undefined;
  }
  const missing = missingWords(found);
  if (missing?.length === 0) {
    return undefined;
  }
  const topical = plan.plain
    ? await findByTopic(atStage(run, "topics"), tokensOf(plan.words), filter, request.unfinished)
    : emptyResultSet();
  if (topical.ids.length > 0) {
    return topical;
  }
  if (length < MIN_DESCRIPTION_WORDS) {
    return undefined;
  }
  if (isLong ? tellsStory(found, missing) : saysMost(found, missing)) {
    return undefined;
  }
  const text = plan.plain ? plan.text : request.query;
  const stage = atStage(run, "descriptions");
  const described = await findByDescription(stage, text, filter);
  if (described.ids.length === 0) {
    return undefined;
  }
  return isLong || (await describesWell(stage, text, described)) ? described : undefined;
}

/** The words that the best book lacks; undefined if there is no book. */
function missingWords(found: SearchResultSet): QueryWord[] | undefined {
  const best = found.ladder?.ranked[0];
  if (best === undefined) {
    return undefined;
  }
  const words = found.ladder?.readings.get(best.id)?.words ?? [];
  return words.filter((_, index) => best.words[index]?.field === "none");
}

/** A long request of which the best title lacks less than this share was a title. */
const MOST_LACKING = 0.25;
/** So often a long title is left for words that stand in it by accident; in bits. */
const SCATTERED_BITS = -4;

/** True if the best title has most of what a long request says, and in its order. */
function tellsStory(found: SearchResultSet, missing: readonly QueryWord[] | undefined): boolean {
  const best = found.ladder?.ranked[0];
  if (best === undefined || missing === undefined) {
    return false;
  }
  if (best.exactTitle || best.exactAuthor || best.holdsTitle) {
    return true;
  }
  // Pairs of characters come two for a word, and those that straddle two words are in no title.
  const count = best.words.length;
  if (missing.every(({ token }) => !/^[a-z0-9]+$/.test(token))) {
    return missing.length <= count / 2;
  }
  const words = (found.ladder?.readings.get(best.id)?.words ?? []).filter(isContentWord);
  const isInOrder = best.criteria.order > SCATTERED_BITS;
  return isInOrder && information(missing) < MOST_LACKING * information(words);
}

/** True if what the best book has says more than what it lacks. */
function saysMost(found: SearchResultSet, missing: readonly QueryWord[] | undefined): boolean {
  const best = found.ladder?.ranked[0];
  if (best === undefined || missing === undefined) {
    return false;
  }
  const words = found.ladder?.readings.get(best.id)?.words ?? [];
  return best.holdsTitle || information(missing) < information(words) / 2;
}

function information(words: readonly QueryWord[]): number {
  return words
    .filter(({ token }) => !isAboutRequest(token))
    .reduce((sum, word) => sum + word.information, 0);
}
