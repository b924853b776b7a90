/**
 * A word that no book has may be the first letters of a title or series that many read: "lotr". The
 * catalogue itself teaches them: the most read work whose acronym it is says what it stands for, and
 * what stands beside it ("lotr two towers") must be of a book with that acronym, too. The words of the
 * title then take its place, and the change is said as a correction.
 */
import type { Correction, SearchRequest } from "#server/catalog/catalog.ts";
import { askingWord } from "#server/catalog/query/asking-words.ts";
import type { Work } from "#server/catalog/records.ts";
import { acronymsOf, acronymsOfSeries, mayBeAcronym } from "#server/catalog/text/acronyms.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { numberValue } from "#server/catalog/text/number-value.ts";
import { mainTitle, titleKeys } from "#server/catalog/text/title-keys.ts";
import {
  allOf,
  anyOf,
  type Expression,
  inField,
  nameFields,
  titleOf,
  wordOf,
} from "../expression.ts";
import type { SearchRun } from "../search-run.ts";
import type { Plan } from "./plan.ts";
import { MAX_WORDS, type PlannedWord } from "./plan-builder.ts";
import { typedWord } from "./word-reader.ts";

/** A longer query is a sentence, and an unknown word in it a slip. */
const MAX_QUERY_WORDS = 8;
/** A word of more works is known. */
const MAX_WORKS = 20;
/** The acronym of a work that is so many times further in front is meant, whatever few books have the word. */
const MUCH_MORE_READ = 16;
const MAX_ALTERNATIVES = 8;
const MAX_EDITION_TITLES = 72;

/** A plan with the title or series that an acronym in it stands for; one acronym at most. */
export async function withKnownAcronym(
  run: SearchRun,
  plan: Plan,
  { query, verbatim, unfinished }: SearchRequest,
): Promise<{ plan: Plan; corrections: Correction[] }> {
  const { words } = plan;
  const asTyped = { plan, corrections: [] };
  if (verbatim || !plan.plain || !plan.conjunctive || words.length > MAX_QUERY_WORDS) {
    return asTyped;
  }
  if (plan.pastedParts !== undefined || !words.some(({ token }) => mayBeAcronym(token))) {
    return asTyped;
  }
  await run.vocabulary.load({ words: words.map(({ token }) => token) });
  for (const [index, word] of words.entries()) {
    const { token } = word;
    // "pdf" says what is asked for.
    if (!mayBeAcronym(token) || askingWord(token) !== undefined) {
      continue;
    }
    if (run.vocabulary.count(token) > MAX_WORKS) {
      continue;
    }
    const isBegun = unfinished && index === words.length - 1;
    if (isBegun && (await beginsWord(run, token))) {
      continue;
    }
    const title = await meantBy(run, words, index);
    if (title === undefined) {
      continue;
    }
    const original = [...query].slice(word.span.start, word.span.end).join("");
    const correction: Correction = { original, corrected: title, span: word.span, kind: "acronym" };
    return { plan: withTitle(plan, index, title, original), corrections: [correction] };
  }
  return asTyped;
}

/** True if what is still being typed begins another word than itself. */
async function beginsWord({ vocabulary }: SearchRun, letters: string): Promise<boolean> {
  const begun = await vocabulary.wordsBeginning(letters, 2, "names");
  return begun.some(({ word }) => word !== letters);
}

/** The title or series that a word of a query stands for; undefined if it is no acronym. */
async function meantBy(
  run: SearchRun,
  words: readonly PlannedWord[],
  index: number,
): Promise<string | undefined> {
  const { index: works, effort, vocabulary } = run;
  const token = words[index]?.token ?? "";
  const acronym: Expression = { kind: "acronym", letters: token };
  const [id] = await works.walk({ expression: acronym, limit: 1 }, effort);
  if (id === undefined) {
    return undefined;
  }
  const others = words.filter((other, at) => at !== index && !isIdle(other.token));
  if (others.length > 0) {
    const beside = others.map((other) => typedWord(other.token, vocabulary.count(other.token)));
    const together = allOf([acronym, ...beside]) ?? acronym;
    const parts = [{ workCount: undefined }];
    const found = await works.walk({ expression: together, limit: 1, parts }, effort);
    if (found.length === 0) {
      return undefined;
    }
  }
  const rival = await mostReadOtherwise(run, words, index);
  if (rival !== undefined && rival <= (words.length > 1 ? id * MUCH_MORE_READ : id)) {
    return undefined;
  }
  const workCount = vocabulary.count(token);
  if (workCount > 0) {
    // Found by nothing: so far behind that the engine did not look.
    const walk = { expression: wordOf(token), limit: 1, parts: [{ workCount }] };
    const [known] = await works.walk(walk, effort);
    if (known !== undefined && known < id * MUCH_MORE_READ) {
      return undefined;
    }
    // Who types "poe" wants Poe, however few read the one book of his that is here.
    const name = { ...walk, expression: inField("author", walk.expression) };
    if ((await works.walk(name, effort)).length > 0) {
      return undefined;
    }
  }
  const [work] = await works.records([id], effort);
  if (work === undefined) {
    return undefined;
  }
  const editions = [...work.editions.titles(MAX_EDITION_TITLES)].map((edition) => edition.title);
  return titleWith(token, work.work, editions);
}

/** True for a word that tells nothing of which book of a series is meant. */
function isIdle(token: string): boolean {
  return askingWord(token) !== undefined || numberValue(token) !== undefined;
}

/**
 * The most read work whose whole title or author is a word that may have been misspelt so: "tolkin" is
 * nobody's first letters. Beside other words, one whose title, names and series have it with them:
 * "gost story". Undefined if there is none.
 */
async function mostReadOtherwise(
  { vocabulary, index: works, effort }: SearchRun,
  words: readonly PlannedWord[],
  index: number,
): Promise<number | undefined> {
  const token = words[index]?.token ?? "";
  await vocabulary.load({ alternatives: [token] });
  const near = vocabulary.alternatives(token).slice(0, MAX_ALTERNATIVES);
  if (words.length > 1) {
    const meant = anyOf(near.map(({ word }) => wordOf(word)));
    const others = words.filter((_, at) => at !== index).map((other) => wordOf(other.token));
    const part = meant && allOf([meant, ...others]);
    if (part === undefined) {
      return undefined;
    }
    const together: Expression = { kind: "inFields", fields: nameFields, part };
    return (await works.walk({ expression: together, limit: 1 }, effort))[0];
  }
  const expression = anyOf([
    ...near.flatMap(({ word }) => titleKeys(word).map(titleOf)),
    ...near.map(({ word }) => inField("author", wordOf(word))),
  ]);
  if (expression === undefined) {
    return undefined;
  }
  return (await works.walk({ expression, limit: 1 }, effort))[0];
}

/** The title or series of a work of which letters are the acronym, as it is printed. */
function titleWith(letters: string, work: Work, editions: readonly string[]): string | undefined {
  const titles = [work.title, ...work.otherTitles.map(({ title }) => title), ...editions];
  const title = titles.find((one) => acronymsOf(one).includes(letters));
  if (title !== undefined) {
    return mainTitle(title);
  }
  return work.series.find((one) => acronymsOfSeries(one.title).includes(letters))?.title;
}

/** The words of a title in place of a word; each stands where that was typed. */
function withTitle(plan: Plan, index: number, title: string, original: string): Plan {
  const { span } = plan.words[index] ?? { span: { start: 0, end: 0 } };
  const meant = foldTokens(title).map((token) => ({
    token,
    field: undefined,
    span,
    mayGoOn: false,
  }));
  const words = plan.words.toSpliced(index, 1, ...meant).slice(0, MAX_WORDS);
  return {
    ...plan,
    words,
    text: plan.text.replace(original, () => title),
    // A plain plan is its words and nothing else.
    compile: (word) => allOf(words.map((_, at) => word(at))),
  };
}
