/**
 * What the catalogue has of a query, without the filter of the request (filtered.ts): by numbers, by the
 * ladder of titles, names and series, by topics, by descriptions.
 */
import type { SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { endNotices } from "../end-notices.ts";
import { anyOf, type Expression, everything, narrowed, titleOf } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { findBooksLike } from "../similar/books-like.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { type Plan, planQuery } from "../understand/plan.ts";
import { MAX_WORDS } from "../understand/plan-builder.ts";
import { typedWord } from "../understand/word-reader.ts";
import { findAbout } from "./about.ts";
import { beyondTitles } from "./beyond-titles.ts";
import { hasEvidence, hasSmallWordAsTyped, hasWordAsTyped } from "./evidence.ts";
import { findByIdentifier } from "./identifiers.ts";
import { climbLadder } from "./ladder.ts";
import type { LadderResult } from "./ladder-result.ts";
import { idsMeeting, meets, type Phrases } from "./phrases.ts";

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

async function findByWords(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  conditions: FilterExpression,
): Promise<SearchResultSet> {
  const { vocabulary } = run;
  await vocabulary.load({ words: plan.words.map(({ token }) => token) });
  const asTyped = plan.compile((index) => {
    const token = plan.words[index]?.token ?? "";
    return typedWord(token, vocabulary.count(token));
  });
  const typed = narrowed(asTyped, workFilter(conditions));
  if (plan.words.length === 0 && plan.plain) {
    return findSigns(run, plan, conditions);
  }
  const unwanted = { wanted: [], unwanted: plan.excludedPhrases };
  if (plan.words.length === 0) {
    return { ...emptyResultSet(), phrases: unwanted, typed: typed ?? everything, isBrowsed: true };
  }
  const titles = atStage(run, "titles");
  const asTypedFound = await climb(titles, request, plan, conditions);
  const found = (await findEither(titles, request, plan, asTypedFound)) ?? asTypedFound;
  const like = request.verbatim
    ? undefined
    : await findBooksLike(atStage(run, "similar"), plan, conditions, found);
  const about = like ?? (await findAbout(atStage(run, "topics"), request, plan, conditions, found));
  const better = about ?? (await beyondTitles(run, request, plan, conditions, found));
  if (better === undefined) {
    return { ...found, typed };
  }
  const ids = await idsMeeting(run, unwanted, better.ids);
  return { ...better, ids, phrases: unwanted, typed: better.tail?.expression };
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

/** What the ladder finds under conditions. */
export async function climb(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const { unfinished, verbatim } = request;
  const result = await climbLadder(run, { plan, filter, unfinished, verbatim });
  const ranked = keepBest(result.ranked, plan, verbatim);
  const phrases = { wanted: plan.phrases, unwanted: plan.excludedPhrases };
  const phrased = meeting(ranked, phrases, result);
  const more = ranked[0]?.criteria.words === 0 ? result.more : undefined;
  // A phrase that no book has is misremembered: its words find more than nothing does.
  const givesUpPhrases =
    phrased.length === 0 && !verbatim && !(await hasMeeting(run, more?.expression, phrases));
  // Between quotation marks words are as they are; where no book has them, they may be slips.
  if (givesUpPhrases && plan.phrases.length > 0 && (ranked[0]?.criteria.words ?? -1) < 0) {
    const slips = await climb(run, request, { ...plan, phrases: [] }, filter);
    const spans = plan.phrases.map(({ span }) => notice("phrase_not_found", span, "phrase"));
    return { ...slips, notices: [...slips.notices, ...(slips.ids.length > 0 ? spans : [])] };
  }
  const asked = givesUpPhrases ? { ...phrases, wanted: [] } : phrases;
  const kept = givesUpPhrases ? meeting(ranked, asked, result) : phrased;
  const phraseNotices =
    givesUpPhrases && kept.length > 0
      ? plan.phrases.map(({ span }) => notice("phrase_not_found", span, "phrase"))
      : [];
  const { exceeded } = run.effort;
  return {
    ...emptyResultSet(),
    ids: kept.map((one) => one.id),
    complete: result.more === undefined && !exceeded,
    tail: more === undefined ? undefined : { ...more, isSparse: result.isSparse },
    phrases: asked,
    ladder: result,
    notices: [
      ...endNotices(run.effort),
      ...(plan.ignored === undefined ? [] : [notice("words_ignored", plan.ignored, MAX_WORDS)]),
      ...phraseNotices,
    ],
  };
}

/** Those ranked that meet the phrases. */
function meeting(
  ranked: readonly RankedWork[],
  phrases: Phrases,
  result: LadderResult,
): RankedWork[] {
  if (phrases.wanted.length + phrases.unwanted.length === 0) {
    return [...ranked];
  }
  return ranked.filter(({ id }) => {
    const candidate = result.candidates.get(id);
    return candidate !== undefined && meets(phrases, candidate.book);
  });
}

/** Reading a work and looking for a phrase in it. */
const PHRASE_EFFORT = 8;
/** Works of a tail that are looked through for a phrase that no candidate has. */
const MAX_LOOKED_THROUGH = 2_000;

async function hasMeeting(
  run: SearchRun,
  expression: Expression | undefined,
  phrases: Phrases,
): Promise<boolean> {
  if (expression === undefined || phrases.wanted.length === 0) {
    return false;
  }
  // Beside the walk each work is read and looked through.
  const room = Math.floor(run.effort.left / PHRASE_EFFORT);
  const limit = Math.min(MAX_LOOKED_THROUGH, room);
  if (limit === 0) {
    return false;
  }
  const ids = await run.index.walk({ expression, limit }, run.effort);
  return (await idsMeeting(run, phrases, ids)).length > 0;
}

/** Books whose words differ from those typed by so much more than the best one's are not meant. */
const MUCH_WORSE_BITS = 10;
const MUCH_WORSE_LACKING_BITS = 3;

/** Only candidates that lack no more of the query than the best one does. */
function keepBest(ranked: readonly RankedWork[], plan: Plan, verbatim: boolean): RankedWork[] {
  const [first] = ranked;
  // What comes first on weak evidence does not stand in the way of a book that has a word as typed.
  const best = first === undefined || hasEvidence(first) ? first : ranked.find(hasWordAsTyped);
  if (best === undefined) {
    // Little, but all there is: "the" of "the xyzzy".
    return ranked.filter(hasSmallWordAsTyped);
  }
  const isExact = plan.words.every(({ field }) => field !== undefined) && isUncorrected(best);
  // Where words were given up, books that only resemble the others are noise.
  const worse = isExact ? 0 : best.criteria.words < 0 ? MUCH_WORSE_LACKING_BITS : MUCH_WORSE_BITS;
  const kept = ranked.filter(
    (one) =>
      one.criteria.words >= best.criteria.words &&
      one.criteria.typos >= best.criteria.typos - worse &&
      hasEvidence(one),
  );
  if (!verbatim) {
    return kept;
  }
  return kept.filter(isUncorrected);
}

function isUncorrected({ criteria }: RankedWork): boolean {
  return criteria.words === 0 && criteria.typos === 0;
}
