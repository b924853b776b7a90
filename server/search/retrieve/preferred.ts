/** Books that are in a language, or of years, that the query says in words: they come first. */
import type { TextSpan } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { narrowed, nothing } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import { readSaidPreference, type SaidPreference } from "../understand/said-preferences.ts";
import { firstWorks } from "./first-works.ts";

/** A longer query is a description, in which years and languages are anything. */
const MAX_QUERY_WORDS = 12;
/** Books that are looked at where a query says nothing else. */
const MAX_PREFERRED = 200;

/** What a query prefers, unless it is that of a title; undefined for most. */
export function preferenceOf({ words }: Plan, found: SearchResultSet): SaidPreference | undefined {
  const said = words.length > MAX_QUERY_WORDS ? undefined : readSaidPreference(words);
  return said === undefined || isInTitle(found, said) ? undefined : said;
}

/** True if the best book has it in its title, and all the rest: "Fluent in French". */
function isInTitle({ ladder }: SearchResultSet, { words }: SaidPreference): boolean {
  const best = ladder?.ranked[0];
  if (best === undefined || best.criteria.words < 0) {
    return false;
  }
  const read = ladder?.readings.get(best.id)?.words ?? [];
  const starts = new Set(words.map(({ span }) => span.start));
  return read.every(
    ({ span }, place) => !starts.has(span.start) || best.words[place]?.field === "title",
  );
}

/** The preferred of those that are as good as the best one before all others; says so, or that there are none. */
export async function preferring(
  { index, effort }: SearchRun,
  found: SearchResultSet,
  preference: SaidPreference,
): Promise<SearchResultSet> {
  const { ids, notices } = found;
  const alike = asGoodAsBest(found);
  const preferred = await index.matching(preference.expression, alike, alike.length, effort);
  const { name } = preference;
  const span = spanOf(preference);
  const said =
    preferred.length > 0
      ? notice("preference_read", span, name)
      : notice("preference_unmet", span, name);
  return { ...found, ids: [...new Set([...preferred, ...ids])], notices: [...notices, said] };
}

/** "Novels in French": most of what is preferred, the most read first. */
export async function allPreferred(
  run: SearchRun,
  conditions: FilterExpression,
  preference: SaidPreference,
): Promise<SearchResultSet> {
  const expression = narrowed(preference.expression, workFilter(conditions)) ?? nothing;
  return {
    ...emptyResultSet(),
    ...(await firstWorks(run, expression, MAX_PREFERRED)),
    notices: [notice("preference_read", spanOf(preference), preference.name)],
  };
}

/** Of a query that is a title those with that title, and of one that is a name those of that name. */
function asGoodAsBest({ ids, ladder }: SearchResultSet): number[] {
  const best = ladder?.ranked.find(({ id }) => id === ids[0]);
  if (ladder === undefined || best === undefined || !(best.exactTitle || best.exactAuthor)) {
    return ids;
  }
  const alike = new Set(
    ladder.ranked
      .filter(({ exactTitle, exactAuthor }) => exactTitle || exactAuthor)
      .map(({ id }) => id),
  );
  return ids.filter((id) => alike.has(id));
}

function spanOf({ words }: SaidPreference): TextSpan {
  return { start: words[0]?.span.start ?? 0, end: words.at(-1)?.span.end ?? 0 };
}
