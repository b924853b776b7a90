/**
 * "Books about whales": books that have what follows as a heading, then those whose headings have its
 * words, then those with the words in their titles; each most read first.
 */
import type { QueryNotice, SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { anyOf, narrowed } from "../expression.ts";
import { emptyResultSet, type SearchResultSet, tailOf } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import type { PlannedWord } from "../understand/plan-builder.ts";
import { isContentWord, readWordProperties } from "../understand/word-properties.ts";
import { findByTopic } from "./topics.ts";

/** More words than a heading has are a description. */
const MAX_SUBJECT_WORDS = 6;
const MAX_WITH_HEADING = 200;
/** Of a title that is the subject's name, word by word, this many come behind the headings' books. */
const MAX_TITLES = 40;

/** The books about what a query names as their subject; undefined if it names none that books have. */
export async function findAbout(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const subject = subjectOf(plan, request, found);
  if (subject.length === 0 || request.verbatim || isTitle(found)) {
    return undefined;
  }
  const headings = anyOf(
    spellingsOf(subject).map((value) => ({ kind: "value", field: "subject", value }) as const),
  );
  const expression = headings && narrowed(headings, workFilter(filter));
  if (expression === undefined) {
    return undefined;
  }
  const exact = await run.index.walk({ expression, limit: MAX_WITH_HEADING }, run.effort);
  const topical = await findByTopic(run, { ...plan, words: subject }, filter, false);
  if (exact.length + topical.ids.length === 0) {
    return undefined;
  }
  const titles = found.ids.slice(0, MAX_TITLES);
  const tail = topical.tail ?? (exact.length === MAX_WITH_HEADING ? tailOf(expression) : undefined);
  return {
    ...emptyResultSet(),
    ids: [...new Set([...exact, ...topical.ids, ...titles])],
    complete: tail === undefined && topical.complete,
    tail,
    topicWords: topical.topicWords ?? new Set(subject.map(({ token }) => token)),
    ladder: found.ladder,
    notices: exact.length > 0 ? [noticeOf(request, subject), ...found.notices] : found.notices,
  };
}

/** True if the whole query is a title after all: "dealing with dragons", "all about love". */
function isTitle({ ladder }: SearchResultSet): boolean {
  const best = ladder?.ranked[0];
  const words = best === undefined ? undefined : ladder?.readings.get(best.id)?.words;
  if (best === undefined || words === undefined || !best.exactTitle) {
    return false;
  }
  return best.words.some(({ field }, index) => field === "title" && words[index]?.role === "about");
}

/**
 * The words behind "about" that speak of the book, or before it ("human genetics (subject)"); of
 * "which economics books are there" all that do, if no title or name has them.
 */
function subjectOf(
  plan: Plan,
  { unfinished }: SearchRequest,
  found: SearchResultSet,
): PlannedWord[] {
  if (!plan.plain || plan.pastedParts !== undefined) {
    return [];
  }
  const properties = readWordProperties(plan, unfinished);
  const about = properties.findLastIndex(({ role }) => role === "about");
  const isOfBooks = properties.some(({ role }) => role === "objects") && !isNamed(found);
  if (about < 0 && !isOfBooks) {
    return [];
  }
  const content = plan.words.map((word, index) => {
    const read = properties[index];
    return read !== undefined && isContentWord(read) ? word : undefined;
  });
  const behind = content.slice(about + 1).filter((word) => word !== undefined);
  const words = behind.length > 0 ? behind : content.filter((word) => word !== undefined);
  const [first, ...rest] = words;
  const bare = first !== undefined && /^(?:a|an|the)$/.test(first.token) ? rest : words;
  return bare.length > MAX_SUBJECT_WORDS ? [] : bare;
}

/** True if a book has all that was said in its title, names or series. */
function isNamed({ ladder }: SearchResultSet): boolean {
  const best = ladder?.ranked[0];
  return best?.words.every(({ field }) => field !== "none" && field !== "other") ?? false;
}

/** Headings have the plural of what is said in the singular, and the other way round. */
function spellingsOf(subject: readonly PlannedWord[]): string[] {
  const text = subject.map(({ token }) => token).join("");
  return text.endsWith("s") ? [text, text.slice(0, -1)] : [text, `${text}s`];
}

function noticeOf({ query }: SearchRequest, subject: readonly PlannedWord[]): QueryNotice {
  const start = subject[0]?.span.start ?? 0;
  const end = subject.at(-1)?.span.end ?? start;
  const text = [...query].slice(start, end).join("");
  return notice("subject_read", { start, end }, text);
}
