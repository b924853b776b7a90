/** What the ladder of titles, names and series finds, as results. */
import type { SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { endNotices } from "../end-notices.ts";
import type { Expression } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import type { FilterExpression } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import { MAX_WORDS } from "../understand/plan-builder.ts";
import { hasEvidence, hasSmallWordAsTyped, hasWordAsTyped } from "./evidence.ts";
import { climbLadder } from "./ladder.ts";
import type { LadderResult } from "./ladder-result.ts";
import { idsMeeting, meets, type Phrases } from "./phrases.ts";

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
