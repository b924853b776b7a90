/**
 * "Books about whales": books that have what follows as a heading or before its subdivisions, then those
 * whose headings have its words, then those with the words in their titles; each most read first.
 */
import type { QueryNotice, SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import type { FilterExpression } from "../understand/filter-expression.ts";
import { genreHeadings } from "../understand/genre-headings.ts";
import type { Plan } from "../understand/plan.ts";
import { type PlannedWord, tokensOf } from "../understand/plan-builder.ts";
import { MAX_SUBJECT_WORDS, subjectRuns } from "../understand/subject-runs.ts";
import {
  isContentWord,
  readWordProperties,
  type WordProperties,
} from "../understand/word-properties.ts";
import {
  findGenre,
  findHeading,
  type Heading,
  MIN_WITH_HEADING,
  spellingsOf,
  underHeading,
  type WorksUnderHeading,
} from "./headings.ts";
import { findByTopic } from "./topics.ts";

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
  if (isTitle(found)) {
    return undefined;
  }
  const properties = readWordProperties(plan, request.unfinished);
  const { runs, isSaid } = subjectRuns(request.query, plan.words, properties);
  // What is still being typed is rather the beginning of a title.
  const isLooseEnd = request.unfinished && !isSaid;
  const named = !isSaid && isNamed(found);
  const untold = isLooseEnd ? [] : !isSaid && holdsName(found) ? beyondName(found, runs) : runs;
  const whole = named ? [] : subjectOf(plan, properties);
  const genre = isSaid || isLooseEnd || isWholeTitle(found) ? undefined : genreHeadings(plan.words);
  const known =
    (genre && (await findGenre(run, genre, filter))) ??
    (await findHeading(run, untold, filter, isSaid ? 1 : MIN_WITH_HEADING));
  const beyond = isSaid ? await beyondHeading(run, plan, whole, filter, known) : undefined;
  const heading = beyond === undefined ? known : undefined;
  const subject = heading?.subject ?? whole;
  if (subject.length === 0) {
    return undefined;
  }
  const topical =
    beyond ?? (await findByTopic(run, heading?.topic ?? tokensOf(subject), filter, false));
  const under = await underHeading(run, topical.ids, heading?.headings ?? spellingsOf(subject));
  const exact = byReaders(topical.ids, heading?.ids ?? [], under);
  if (exact.length + topical.ids.length === 0) {
    return undefined;
  }
  const titles = exact.length > 0 ? [] : titlesOf(found, subject);
  const tail = topical.tail ?? heading?.tail;
  return {
    ...emptyResultSet(),
    ids: [...new Set([...exact, ...titles, ...topical.ids, ...asTyped(found)])],
    complete: tail === undefined && topical.complete,
    tail,
    topicWords: topical.topicWords ?? new Set(tokensOf(subject)),
    ladder: found.ladder,
    // Subdivisions alone are not found by the heading that would be offered.
    notices: heading?.ids.length
      ? [noticeOf(request, subject, heading.name), ...found.notices]
      : found.notices,
  };
}

/** The books that have all of a subject of which a heading is only a part: "travel" of "time travel". */
async function beyondHeading(
  run: SearchRun,
  plan: Plan,
  whole: readonly PlannedWord[],
  filter: FilterExpression,
  known: Heading | undefined,
): Promise<SearchResultSet | undefined> {
  const first = whole[0]?.span.start ?? 0;
  const place = plan.words.findIndex(({ span }) => span.start === first);
  const isTogether = whole.every((word, index) => plan.words[place + index] === word);
  if (known === undefined || known.subject.length >= whole.length || !isTogether) {
    return undefined;
  }
  const topical = await findByTopic(run, tokensOf(whole), filter, false);
  return topical.ids.length >= MIN_WITH_HEADING ? topical : undefined;
}

/** True if all that was typed is the title of a book. */
function isWholeTitle({ ladder }: SearchResultSet): boolean {
  const best = ladder?.ranked[0];
  return (
    best?.exactTitle === true &&
    best.words.every(({ field, match }) => field === "title" && match?.bits === 0)
  );
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
 * "which economics books are there" all that do.
 */
function subjectOf(plan: Plan, properties: readonly WordProperties[]): PlannedWord[] {
  const about = properties.findLastIndex(({ role }) => role === "about");
  if (about < 0 && !properties.some(({ role }) => role === "objects")) {
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

/** True if a book has all that was said, as it was typed, in its title, names or series. */
function isNamed({ ladder }: SearchResultSet): boolean {
  const best = ladder?.ranked[0];
  if (best === undefined || best.criteria.typos < 0 || best.criteria.begun < 0) {
    return false;
  }
  return best.words.every(({ field }) => field !== "none" && field !== "other");
}

/** True if the query has a whole title or name in it. */
function holdsName(found: SearchResultSet): boolean {
  const best = found.ladder?.ranked[0];
  const holds = best !== undefined && (best.holdsTitle || best.exactTitle || best.exactAuthor);
  return holds || isNamed(found);
}

/**
 * As the walk of the topics has them, most read first; but that at the top has exactly what was asked for:
 * as a heading without subdivisions, or in its title, too.
 */
function byReaders(
  topical: readonly number[],
  whole: readonly number[],
  { ids, titled }: WorksUnderHeading,
): number[] {
  const under = new Set([...whole, ...ids]);
  const exact = new Set([...whole, ...titled]);
  const read = [...topical.filter((id) => under.has(id)), ...whole];
  const top = read.find((id) => exact.has(id));
  return [...new Set(top === undefined ? read : [top, ...read])];
}

/** The best titles that have the words as they were typed: for "sharks" no Sparks. */
function asTyped({ ladder, ids }: SearchResultSet): number[] {
  const slips = new Set(ladder?.ranked.filter(({ criteria }) => criteria.typos < 0).map(idOf));
  return ids.filter((id) => !slips.has(id)).slice(0, MAX_TITLES);
}

/** Titles that have all of a subject that is no heading, in its order: "history of the world". */
function titlesOf({ ladder, ids }: SearchResultSet, subject: readonly PlannedWord[]): number[] {
  const starts = new Set(subject.map(({ span }) => span.start));
  const kept = new Set(ids);
  const isOfTitle = ({ id, words }: RankedWork) => {
    const read = ladder?.readings.get(id)?.words ?? [];
    const places = words.flatMap(({ field, match }, index) => {
      const word = read[index];
      if (word === undefined || !starts.has(word.span.start)) {
        return [];
      }
      // A small word has one place, though it may be said twice ("about the history of the world").
      const isAway = field !== "title" && word.token.length <= SMALL_WORD_LETTERS;
      return [isAway ? undefined : field === "title" && match?.bits === 0 ? match.position : -1];
    });
    const first = places[0] ?? 0;
    return places.every((place, index) => place === undefined || place === first + index);
  };
  const ranked = subject.length < 2 ? [] : (ladder?.ranked ?? []);
  return ranked.filter((one) => kept.has(one.id) && isOfTitle(one)).map(idOf);
}

/** The runs that have a word which the best book lacks: "[dutch fiction] book list" beside "Dutch". */
function beyondName(
  { ladder }: SearchResultSet,
  runs: readonly PlannedWord[][],
): readonly PlannedWord[][] {
  const best = ladder?.ranked[0];
  const words = best === undefined ? [] : (ladder?.readings.get(best.id)?.words ?? []);
  const held = new Set(["title", "author", "series"]);
  const has = new Set(
    words
      .filter((_, index) => {
        const { field = "none", match } = best?.words[index] ?? {};
        return held.has(field) && match?.way !== "spelling";
      })
      .map(({ span }) => span.start),
  );
  return runs.filter((run) => run.some(({ span }) => !has.has(span.start)));
}

function idOf({ id }: RankedWork): number {
  return id;
}

const SMALL_WORD_LETTERS = 3;

/** `name`: of the heading, if that has other words than the query. */
function noticeOf(
  { query }: SearchRequest,
  subject: readonly PlannedWord[],
  name: string | undefined,
): QueryNotice {
  const start = subject[0]?.span.start ?? 0;
  const end = subject.at(-1)?.span.end ?? start;
  const text = name ?? [...query].slice(start, end).join("");
  return notice("subject_read", { start, end }, text);
}
