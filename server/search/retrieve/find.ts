/**
 * What the catalogue has of a query, without the filter of the request (filtered.ts): by numbers, by the
 * ladder of titles, names and series, by topics, by descriptions.
 */
import type { SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { askingWord } from "#server/catalog/query/asking-words.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import type { Stage } from "../effort.ts";
import { anyOf, everything, narrowed, titleOf } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { findBooksLike } from "../similar/books-like.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { type Plan, planQuery } from "../understand/plan.ts";
import type { PlannedWord } from "../understand/plan-builder.ts";
import { typedWord } from "../understand/word-reader.ts";
import { findAbout } from "./about.ts";
import { findAuthorsBook } from "./authors-book.ts";
import { beyondTitles } from "./beyond-titles.ts";
import { climb } from "./climb.ts";
import { findByIdentifier } from "./identifiers.ts";
import { onlyWords } from "./only-words.ts";
import { idsMeeting } from "./phrases.ts";
import { allPreferred, preferenceOf, preferring } from "./preferred.ts";

/** In a longer query "or" joins words of a sentence. */
const MAX_EITHER_WORDS = 6;

/** What a query finds; its own conditions narrow every lane. */
export async function findUnfiltered(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
): Promise<SearchResultSet> {
  const conditions: FilterExpression = { groups: plan.conditions, none: plan.excluded };
  const identified = await findByIdentifier(run, request, plan, conditions);
  const onlyNumbers =
    plan.identifiers.length > 0 && plan.conditions.length + plan.words.length === 0;
  const found =
    identified.found ??
    (onlyNumbers ? emptyResultSet() : await findByWords(run, request, plan, conditions));
  return { ...found, notices: [...identified.notices, ...found.notices] };
}

/** @param stage in which the ladder is climbed. */
async function findByWords(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  conditions: FilterExpression,
  stage: Stage = "titles",
): Promise<SearchResultSet> {
  const { vocabulary } = run;
  await vocabulary.load({ words: plan.words.map(({ token }) => token) });
  /** All works with the words of the plan, but for some. */
  const withWords = (leftOut: ReadonlySet<PlannedWord>) => {
    const expression = plan.compile((index) => {
      const word = plan.words[index];
      return word === undefined || leftOut.has(word)
        ? undefined
        : typedWord(word.token, vocabulary.count(word.token));
    });
    return narrowed(expression, workFilter(conditions));
  };
  if (plan.words.length === 0 && plan.plain) {
    return findSigns(run, plan, conditions);
  }
  const unwanted = { wanted: [], unwanted: plan.excludedPhrases };
  if (plan.words.length === 0) {
    const typed = withWords(new Set()) ?? everything;
    return { ...emptyResultSet(), phrases: unwanted, typed, isBrowsed: true };
  }
  const titles = atStage(run, stage);
  const asTypedFound = await climb(titles, request, plan, conditions);
  const found = (await findEither(titles, request, plan, asTypedFound)) ?? asTypedFound;
  const asked = await findAsked(run, request, plan, conditions, found);
  const better = asked ?? (await beyondTitles(run, request, plan, conditions, found));
  if (better === undefined) {
    return { ...found, typed: withWords(wordsOfAsking(plan, found)) };
  }
  const ids = await idsMeeting(run, unwanted, better.ids);
  return { ...better, ids, phrases: unwanted, typed: better.tail?.expression };
}

/** Words that the best book lacks and that speak of the asking: "books by", before an author. */
function wordsOfAsking({ words }: Plan, { ladder }: SearchResultSet): ReadonlySet<PlannedWord> {
  const best = ladder?.ranked[0];
  const read = best === undefined ? [] : (ladder?.readings.get(best.id)?.words ?? []);
  const starts = new Set(
    read.filter((_, place) => best?.words[place]?.field === "asking").map(({ span }) => span.start),
  );
  return new Set(words.filter(({ span }) => starts.has(span.start)));
}

/** What a query asks for that says more than words of a book; undefined for most. */
async function findAsked(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  conditions: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  // Signs, fields and pasted texts ask for nothing but what they name.
  if (!plan.plain || plan.pastedParts !== undefined || request.verbatim) {
    return undefined;
  }
  return (
    (await findPreferred(run, request, plan, conditions, found)) ??
    (await findBooksLike(atStage(run, "similar"), conditions, found)) ??
    (await findAuthorsBook(atStage(run, "reread"), request, plan, conditions, found)) ??
    (await findAbout(atStage(run, "topics"), request, plan, conditions, found))
  );
}

/** "harry potter in french": what the other words find, those first that are in French. */
async function findPreferred(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  conditions: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const preference = preferenceOf(plan, found);
  if (preference === undefined) {
    return undefined;
  }
  const others = plan.words.filter((word) => !preference.words.includes(word));
  if (others.every(({ token }) => askingWord(token) !== undefined)) {
    return allPreferred(atStage(run, "reread"), conditions, preference);
  }
  const query = onlyWords(request.query, others);
  const rest = planQuery(parseQuery(query).root, query);
  const all = await findByWords(run, { ...request, query }, rest, conditions, "reread");
  return preferring(atStage(run, "filter"), all, preference);
}

/** "kafka or borges": in small letters "or" is a word, unless no book has it beside the others. */
async function findEither(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const best = found.ladder?.ranked[0];
  const isLacking = best === undefined || best.criteria.words < 0;
  const place = plan.words.findIndex(({ token }) => token === "or");
  const isBetween = place > 0 && place < plan.words.length - 1;
  if (!isLacking || !isBetween || !plan.plain || request.verbatim) {
    return undefined;
  }
  if (plan.words.length > MAX_EITHER_WORDS) {
    return undefined;
  }
  // As long as it was typed, so that places in it are places in the query.
  const { root } = parseQuery(request.query.replace(/(?<=\s)or(?=\s)/g, "OR"));
  const either = planQuery(root, request.query);
  const conditions = { groups: either.conditions, none: either.excluded };
  const others = await climb(run, request, either, conditions);
  if (others.ids.length === 0) {
    return undefined;
  }
  const { span } = plan.words[place] ?? { span: { start: 0, end: 0 } };
  return { ...others, notices: [...others.notices, notice("or_read", span)] };
}

/** A query of nothing but signs: a title of nothing but signs ("?"), or the remark that there is none. */
async function findSigns(
  run: SearchRun,
  plan: Plan,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const titles = anyOf(titleKeys(plan.text.trim()).map(titleOf));
  const expression = titles && narrowed(titles, workFilter(filter));
  const limit = run.options.ladder.candidates;
  const { effort } = atStage(run, "titles");
  const ids = expression === undefined ? [] : await run.index.walk({ expression, limit }, effort);
  return {
    ...emptyResultSet(),
    ids,
    notices: ids.length > 0 ? [] : [notice("only_signs", undefined)],
  };
}
