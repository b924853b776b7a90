/**
 * Matches one row of a list with the catalogue: looks for it in several ways, the most telling first,
 * compares what is found field by field, and stops as soon as one work is probable enough.
 */
import { findIdentifiers, readIsbn } from "#server/catalog/identifiers/find-identifiers.ts";
import type { ListRow, RowMatches, WorkMatch } from "#server/catalog/list-row.ts";
import type { Work } from "#server/catalog/records.ts";
import { filedName } from "#server/catalog/text/family-name.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { citationText } from "./citation-text.ts";
import { type RowWords, rowWords } from "./row-words.ts";
import { type FoundWork, isExact, type PreparedRow, scoreWork, type WorkScore } from "./score.ts";

/** The first match can be trusted from here on; the schema says the same. */
const TRUSTED_CONFIDENCE = 0.8;
/** Less is no match at all. */
const LEAST_CONFIDENCE = 0.15;
/** Nothing further is looked for, if it is no resemblance: another may be more like the row. */
const ENOUGH_CONFIDENCE = 0.95;

const MATCHES_MAX = 3;

/** An ISBN as a row has it: what it is, or may have been if it is mistyped. */
export type RowIsbn = { text: string; proposals: readonly string[] };

/** Looks for works of one row, from narrow to wide; none is returned twice. */
export interface RowSearcher {
  byIsbns(isbns: readonly RowIsbn[]): Promise<FoundWork[]>;
  /** Whole titles, with their authors and by themselves. */
  byTitles(words: RowWords): Promise<FoundWork[]>;
  /** Words as they are spelt. */
  byWords(words: RowWords): Promise<FoundWork[]>;
  /** Words that may be misspelt, two at a time. */
  bySlips(words: RowWords): Promise<FoundWork[]>;
}

/** What the catalogue has for a row. */
export async function matchRow(searcher: RowSearcher, row: ListRow): Promise<RowMatches> {
  const problem = problemOf(row);
  if (problem !== "") {
    return { verdict: "notFound", matches: [], problem };
  }
  const text = row.citation.trim() === "" ? undefined : citationText(row.citation);
  const prepared: PreparedRow = { ...row, text };
  const isbns = isbnsOf(row);
  const words = rowWords(row, text);
  const found: FoundWork[] = [];
  let matches: WorkMatch[] = [];
  for (const search of [
    () => (isbns.length === 0 ? [] : searcher.byIsbns(isbns)),
    () => searcher.byTitles(words),
    () => searcher.byWords(words),
    () => searcher.bySlips(words),
  ]) {
    const fresh = await search();
    if (fresh.length > 0) {
      found.push(...fresh);
      matches = weigh(prepared, found);
    }
    const [best] = matches;
    if (best !== undefined && best.confidence >= ENOUGH_CONFIDENCE && isExact(best.evidence)) {
      break;
    }
  }
  const confidence = matches[0]?.confidence ?? 0;
  return {
    verdict:
      confidence >= TRUSTED_CONFIDENCE ? "matched" : matches.length > 0 ? "uncertain" : "notFound",
    matches,
    problem: "",
  };
}

/** Works with the probability that the row means each, those that it may mean, best first. */
function weigh(row: PreparedRow, found: readonly FoundWork[]): WorkMatch[] {
  const groups = new Map<string, WorkScore & { work: Work }>();
  for (const one of found) {
    const scored = scoreWork(row, one);
    // Two records of one book must not take confidence from each other.
    const group = groupOf(one.work);
    if (scored.odds > (groups.get(group)?.odds ?? Number.NEGATIVE_INFINITY)) {
      groups.set(group, { work: one.work, ...scored });
    }
  }
  const scored = compared([...groups.values()]);
  const total = 1 + scored.reduce((sum, { odds }) => sum + Math.exp(odds), 0);
  return scored
    .map(({ work, odds, evidence }) => ({ work, evidence, confidence: Math.exp(odds) / total }))
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MATCHES_MAX);
}

/** Natural logarithm of the odds that a title within a longer one is meant. */
const INSIDE = -4;

/** The odds of works beside each other: one that is exactly what the row says leaves less to others. */
function compared<T extends WorkScore>(scored: readonly T[]): T[] {
  const [best] = scored.toSorted((one, other) => other.odds - one.odds);
  if (best === undefined || !isExact(best.evidence)) {
    return [...scored];
  }
  return scored.map((one) => ({
    ...one,
    odds: 2 * one.odds - best.odds + (isInside(one.place, best.place) ? INSIDE : 0),
  }));
}

function isInside(inner: WorkScore["place"], outer: WorkScore["place"]): boolean {
  return (
    inner !== undefined &&
    outer !== undefined &&
    outer.start <= inner.start &&
    inner.end <= outer.end &&
    inner.end - inner.start < outer.end - outer.start
  );
}

function groupOf({ title, authors, firstPublished }: Work): string {
  const [author] = authors;
  // A record without authors is taken for the work of that year.
  const maker =
    author === undefined ? firstPublished.year : filedName(author.name).family.join(" ");
  return `${squash(title)} / ${maker}`;
}

function problemOf({ citation, isbn, title, author }: ListRow): string {
  if (![citation, isbn, title, author].some((text) => /[\p{L}\p{N}]/u.test(text))) {
    return "The row is empty: give a citation, an isbn, or a title.";
  }
  const hasOnlyIsbn = ![citation, title].some((text) => /[\p{L}\p{N}]/u.test(text)) && isbn !== "";
  if (hasOnlyIsbn && readIsbn(isbn) === undefined) {
    return `"${isbn}" is no ISBN: it needs 10 or 13 digits.`;
  }
  return "";
}

function isbnsOf({ citation, isbn }: ListRow): RowIsbn[] {
  return [readIsbn(isbn), ...findIdentifiers(citation)].flatMap((number) =>
    number?.type === "isbn13"
      ? [{ text: number.text, proposals: number.valid ? [] : number.proposals }]
      : [],
  );
}
