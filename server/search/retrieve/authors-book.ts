/**
 * "Stephen King book about a clown": the author's books that have the rest in their titles or topics, then
 * those whose descriptions have it, then the author's others.
 */
import type { Correction, SearchRequest } from "#server/catalog/catalog.ts";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import { isBy, wordOfFirstForm } from "#server/catalog/ranking/names.ts";
import type { RankedWord } from "#server/catalog/ranking/ranked-work.ts";
import { POPULARITY_WEIGHT, UNREAD_POPULARITY } from "#server/catalog/ranking/weights.ts";
import { allOf, type Expression, inField, narrowed, nothing, wordOf } from "../expression.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";
import { type AuthorsBookWords, readAuthorsBook } from "../understand/authors-book.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import { type Plan, planQuery } from "../understand/plan.ts";
import { type PlannedWord, tokensOf } from "../understand/plan-builder.ts";
import { climb } from "./climb.ts";
import { findByDescription } from "./descriptive.ts";
import { firstWorks } from "./first-works.ts";
import { onlyWords } from "./only-words.ts";
import { findByTopic } from "./topics.ts";

/** So many titles and authors' works are counted to tell a name from a word. */
const MAX_COMPARED = 500;
/** Titles about somebody have the name, too: up to so many for each of the author's works. */
const MAX_TITLES_PER_WORK = 2;
/** So few titles may have it in any case: names are misspelt. */
const FEW_TITLES = 10;
/** Of the books that an author's topics find, so many are looked at. */
const MAX_TOPICAL = 20;
/** An author's books where nothing says which is meant. */
const MAX_MOST_READ = 40;
/** What is remembered stands rather in the title than among the topics; in bits. */
const IN_TITLE_BITS = 3;

/** The books of an author whom a query names beside what it remembers; undefined if it names none. */
export async function findAuthorsBook(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
  found: SearchResultSet,
): Promise<SearchResultSet | undefined> {
  const asked = readAuthorsBook(plan.words);
  if (asked === undefined || isTitle(found, asked)) {
    return undefined;
  }
  const { name, memory } = asked;
  if (!(await isRatherName(run, name))) {
    return undefined;
  }
  const search = (words: readonly PlannedWord[]) => searchOnly(run, request, words, filter);
  if (await isReadAuthor(run, name)) {
    return booksOfAuthor(run, request, asked, filter);
  }
  const meant = authorIn(await searchOnly(atStage(run, "names"), request, name, filter), name);
  if (meant !== undefined && (await isReadAuthor(run, meant))) {
    const books = await booksOfAuthor(run, request, { name: meant, memory }, filter);
    return {
      ...books,
      corrections: [...books.corrections, ...correctionsOf(name, meant, request)],
    };
  }
  // Without a known author the name is one if the best book of all has it as such, and the rest, too.
  const climbed = await search([...name, ...memory]);
  const theirs = booksNamed(climbed, name);
  const [told] = matchesOf(climbed, memory).filter(({ id }) => theirs.includes(id));
  const isMeant = told?.id === climbed.ids[0] && told?.words.every(isPlaced);
  return isMeant ? { ...climbed, ids: theirs } : undefined;
}

/** What some words of a query find, with the tokens that they have here. */
function searchOnly(
  run: SearchRun,
  request: SearchRequest,
  words: readonly PlannedWord[],
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const text = onlyWords(request.query, words);
  const plan = planQuery(parseQuery(text).root, text);
  const tokens = new Map(words.map(({ span, token }) => [span.start, token]));
  const asMeant = plan.words.map((word) => ({
    ...word,
    token: tokens.get(word.span.start) ?? word.token,
  }));
  return climb(run, request, { ...plan, words: asMeant }, filter);
}

/** The words of a misspelt name as the author has them; undefined if it is nobody's whole name. */
function authorIn(found: SearchResultSet, name: readonly PlannedWord[]): PlannedWord[] | undefined {
  const best = found.ladder?.ranked[0];
  const [first] = matchesOf(found, name);
  if (best === undefined || first?.id !== best.id || !best.exactAuthor) {
    return undefined;
  }
  const book = found.ladder?.candidates.get(best.id)?.book;
  const isName = first.words.length === name.length && first.words.every(isOfAuthor);
  if (book === undefined || !isName) {
    return undefined;
  }
  return name.map((word, place) => {
    const spelt = first.words[place]?.match?.word ?? word.token;
    return { ...word, token: wordOfFirstForm(spelt, book) };
  });
}

function correctionsOf(
  typed: readonly PlannedWord[],
  meant: readonly PlannedWord[],
  { query }: SearchRequest,
): Correction[] {
  return typed.flatMap(({ token, span }, place) => {
    const corrected = meant[place]?.token ?? token;
    const original = [...query].slice(span.start, span.end).join("");
    return corrected === token ? [] : [{ original, corrected, span, kind: "spelling" }];
  });
}

/** An author's books: those that have what is remembered, those whose descriptions have it, the others. */
async function booksOfAuthor(
  run: SearchRun,
  request: SearchRequest,
  { name, memory }: AuthorsBookWords,
  filter: FilterExpression,
): Promise<SearchResultSet> {
  const climbed = await searchOnly(run, request, [...name, ...memory], filter);
  const theirs = booksNamed(climbed, name);
  const told = matchesOf(climbed, memory).filter(({ id }) => theirs.includes(id));
  const condition = { name: "author", span: undefined, expression: wordsIn("author", name) };
  const byAuthor = { ...filter, groups: [...filter.groups, condition] };
  const whole = told.filter(({ words }) => words.every(isAsTyped));
  const topics = atStage(run, "topics");
  const topical = await findByTopic(topics, tokensOf(memory), byAuthor, request.unfinished);
  const best = await byReaders(run, whole, topical.ids.slice(0, MAX_TOPICAL));
  if (best.length > 0) {
    return { ...climbed, topicWords: topical.topicWords, ids: [...new Set([...best, ...theirs])] };
  }
  if (told.some(({ words }) => words.some(isPlaced))) {
    return { ...climbed, ids: theirs };
  }
  const stage = atStage(run, "descriptions");
  const { ids, described } = await findByDescription(stage, tokensOf(memory).join(" "), byAuthor);
  const theirBooks = narrowed(undefined, workFilter(byAuthor)) ?? nothing;
  const others = await firstWorks(run, theirBooks, MAX_MOST_READ);
  // Any order has all of the author's books, too.
  const ladder = climbed.ladder && { ...climbed.ladder, strictCount: others.ids.length };
  return { ...climbed, ...others, ladder, described, ids: [...new Set([...ids, ...others.ids])] };
}

/**
 * True if the best book's title is in the query, unless that is the author's name, or a word of what is
 * remembered beside an author who did not write it: "livre de victor hugo sur un bossu" is no "Le Bossu".
 */
function isTitle(found: SearchResultSet, { name, memory }: AuthorsBookWords): boolean {
  const best = found.ladder?.ranked[0];
  if (best === undefined || !(best.exactTitle || best.holdsTitle)) {
    return false;
  }
  const read = found.ladder?.readings.get(best.id)?.words ?? [];
  const placed = best.words.map(({ field }, place) => ({ field, start: read[place]?.span.start }));
  const isOf = (words: readonly PlannedWord[], start: number | undefined) =>
    words.some(({ span }) => span.start === start);
  const titled = placed.filter(({ field, start }) => field === "title" && !isOf(name, start));
  const remembered = titled.filter(({ start }) => isOf(memory, start));
  const isTheirs = placed.some(({ field, start }) => field === "author" && isOf(name, start));
  return titled.length > 0 && (remembered.length !== 1 || isTheirs);
}

/** All words of some in one field. */
function wordsIn(field: "author" | "title", words: readonly PlannedWord[]): Expression {
  return inField(field, allOf(words.map(({ token }) => wordOf(token))) ?? nothing);
}

/** False for a word of many titles: "love story about a vampire", "picture book about a bear". */
async function isRatherName(
  { index, effort }: SearchRun,
  name: readonly PlannedWord[],
): Promise<boolean> {
  if (name.length > 1) {
    return true;
  }
  const title = wordsIn("title", name);
  const ofTitle = await index.walk({ expression: title, limit: MAX_COMPARED }, effort);
  if (ofTitle.length <= FEW_TITLES) {
    return true;
  }
  const author = wordsIn("author", name);
  const ofAuthor = await index.walk({ expression: author, limit: MAX_COMPARED }, effort);
  return ofTitle.length < MAX_COMPARED
    ? ofTitle.length < MAX_TITLES_PER_WORK * ofAuthor.length
    : ofAuthor.length === MAX_COMPARED;
}

/** True if the most read of the books that have words in their authors' names has somebody so called. */
async function isReadAuthor(
  { index, effort }: SearchRun,
  name: readonly PlannedWord[],
): Promise<boolean> {
  const expression = wordsIn("author", name);
  const ids = await index.walk({ expression, limit: 1 }, effort);
  const [book] = ids.length === 0 ? [] : await index.books(ids, effort);
  return book !== undefined && isBy(book, tokensOf(name)) && book.popularity >= UNREAD_POPULARITY;
}

/** The books found that have all words of a name in their authors' names. */
function booksNamed(found: SearchResultSet, name: readonly PlannedWord[]): number[] {
  return matchesOf(found, name)
    .filter(({ words }) => words.every(isOfAuthor))
    .map(({ id }) => id);
}

type Matches = { id: number; words: readonly RankedWord[] };

/** Where each of the books found has some words of the query. */
function matchesOf({ ids, ladder }: SearchResultSet, words: readonly PlannedWord[]): Matches[] {
  const starts = new Set(words.map(({ span }) => span.start));
  const kept = new Set(ids);
  return (ladder?.ranked ?? [])
    .filter(({ id }) => kept.has(id))
    .map(({ id, words: ranked }) => {
      const read = ladder?.readings.get(id)?.words ?? [];
      return { id, words: ranked.filter((_, place) => starts.has(read[place]?.span.start ?? -1)) };
    });
}

function isOfAuthor({ field }: RankedWord): boolean {
  return field === "author";
}

function isPlaced({ field }: RankedWord): boolean {
  return field !== "none" && field !== "asking";
}

function isAsTyped(word: RankedWord): boolean {
  return isPlaced(word) && (word.match === undefined || word.match.bits === 0);
}

/** Books that have what is remembered, the most read first, those with a title of it before others. */
async function byReaders(
  { index, effort }: SearchRun,
  whole: readonly Matches[],
  topical: readonly number[],
): Promise<number[]> {
  const titled = new Set(
    whole.filter(({ words }) => words.some(({ field }) => field === "title")).map(({ id }) => id),
  );
  const ids = [...new Set([...whole.map(({ id }) => id), ...topical])];
  const books = ids.length === 0 ? [] : await index.books(ids, effort);
  return ids
    .map((id, place) => {
      const readers = POPULARITY_WEIGHT * (books[place]?.popularity ?? 0);
      return { id, bits: readers + (titled.has(id) ? IN_TITLE_BITS : 0) };
    })
    .sort((one, other) => other.bits - one.bits)
    .map(({ id }) => id);
}
