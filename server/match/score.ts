/**
 * How probable it is that a row means a work: each field that can be compared adds to the odds or
 * takes from them, as in Fellegi and Sunter's "A Theory for Record Linkage" (1969). The weights are
 * natural logarithms of odds, set by hand and measured with bench/match.
 */

import type { Agreement, Evidence, ListRow } from "#server/catalog/list-row.ts";
import type { Edition, Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { authorWords, findAuthors } from "./author-agreement.ts";
import { type CitationText, findTitle, type TitlePlace } from "./citation-text.ts";
import { bestTitle, titlesOf, type WorkTitle, withWholeTitles } from "./title-agreement.ts";
import { volumeAgreement, volumeNumber } from "./volume-agreement.ts";

/** A row that is ready to be compared with works. */
export type PreparedRow = ListRow & { text: CitationText | undefined };

/** A work that a search has found for a row. */
export type FoundWork = {
  work: Work;
  /** The edition that the search shows. */
  edition: Edition | undefined;
  /** How the ISBN of the row led to it; undefined if it did not. */
  isbn: Agreement | undefined;
};

/** Before anything is compared: most works are not meant. */
const PRIOR = -5;
const TITLE_WEIGHT = 8;
/** A citation names no title of the work; one of its volumes may be meant, if the ISBN says so. */
const TITLE_MISSING = -2.5;
/** A short title and somebody's family name stand in many a citation: "Paris", in one of an Allen. */
const SHORT_TITLE_WITHOUT_NAME = -3;
/** A title of one short word says less than one of many words. */
const SHORT_TITLE = -1.5;
const LONG_TITLE_WEIGHT = 0.25;
const LONG_TITLE_MAX = 2;
const AUTHOR_WEIGHTS: Record<Agreement, number> = { exact: 3.5, close: 2, different: -6.5 };
/** The row has an author, the catalogue's record has none: it may be another book of that title. */
const AUTHOR_MISSING = -4;
/** The row asks for a volume: the work is another, or says of none which it is. */
const VOLUME_WEIGHTS = { same: 0.5, missing: -1.5, other: -6 };
const YEAR_WEIGHTS: Record<Agreement, number> = { exact: 1.5, close: 0, different: -1 };
const ISBN_WEIGHTS: Record<Agreement, number> = { exact: 9, close: 4, different: 0 };
/** Of two works that agree equally well the one with more readers is meant. */
const READERS_WEIGHT = 0.2;

/** At least so much agreement is called close. */
const CLOSE_TITLE = 0.6;
const EXACT_TITLE = 0.96;

export type WorkScore = {
  /** Natural logarithm of the odds that the row means the work. */
  odds: number;
  /** What they are made of. */
  evidence: Evidence[];
  /** The words of a citation that are the work's title. */
  place: Pick<TitlePlace, "start" | "end"> | undefined;
};

/** How probable it is that the row means the work, looked at by itself. */
export function scoreWork(row: PreparedRow, { work, edition, isbn }: FoundWork): WorkScore {
  const evidence: Evidence[] = [];
  let odds = PRIOR + READERS_WEIGHT * Math.log1p(work.readerCount + work.editionCount);
  if (isbn !== undefined) {
    odds += ISBN_WEIGHTS[isbn];
    evidence.push({ field: "identifier", agreement: isbn, text: row.isbn });
  }
  const compared =
    row.title === "" ? compareCitation(row, work, edition) : compareRow(row, work, edition);
  odds += compared.odds;
  evidence.push(...compared.evidence);
  const year = compareYear(compared.years, work);
  if (year !== undefined) {
    odds += YEAR_WEIGHTS[year.agreement];
    evidence.push(year);
  }
  return { odds, evidence, place: compared.place };
}

type Comparison = {
  odds: number;
  evidence: Evidence[];
  years: readonly number[];
  place?: TitlePlace;
};

function compareRow(row: PreparedRow, work: Work, edition: Edition | undefined): Comparison {
  const years = row.year === 0 ? [] : [row.year];
  const found = bestTitle(row.title, titlesOf(work, edition));
  if (found === undefined) {
    return { odds: 0, evidence: [], years };
  }
  const { title } = found;
  const volume = volumeAgreement(volumeNumber(foldTokens(row.title)), wholeTitle(title));
  const evidence: Evidence[] = [titleEvidence(title, found.agreement, volume)];
  let odds = titleOdds(found.agreement, title.words) + (volume ? VOLUME_WEIGHTS[volume] : 0);
  const author = row.author === "" ? undefined : findAuthors(work.authors, authorWords(row.author));
  if (author !== undefined) {
    odds += AUTHOR_WEIGHTS[author.agreement];
    evidence.push({ field: "author", ...author });
  } else if (row.author !== "") {
    odds += AUTHOR_MISSING;
  }
  return { odds, evidence, years };
}

function compareCitation(row: PreparedRow, work: Work, edition: Edition | undefined): Comparison {
  const { text } = row;
  const given = row.year === 0 ? [] : [row.year];
  if (text === undefined) {
    return compareAuthorAlone(row, work, given);
  }
  const names = new Set(work.authors.flatMap(({ name }) => authorWords(name)));
  const isExplained = (word: string): boolean => names.has(word) || /^\d+$|^by$/.test(word);
  let place: TitlePlace | undefined;
  for (const title of withWholeTitles(titlesOf(work, edition))) {
    const found = findTitle(text, title, isExplained);
    if (found !== undefined && (place === undefined || oddsOfPlace(found) > oddsOfPlace(place))) {
      place = found;
    }
  }
  if (place === undefined) {
    return { odds: TITLE_MISSING, evidence: [], years: given };
  }
  const around = [
    ...text.words.slice(0, place.start),
    "",
    "",
    "",
    "",
    ...text.words.slice(place.end),
  ];
  const volume = volumeAgreement(volumeNumber(text.words, place.start), wholeTitle(place.title));
  const evidence: Evidence[] = [titleEvidence(place.title, place.agreement, volume)];
  let odds = titleOdds(place.agreement, place.title.words) + (volume ? VOLUME_WEIGHTS[volume] : 0);
  const author = findAuthors(work.authors, [...around, ...authorWords(row.author)]);
  if (author !== undefined) {
    odds += AUTHOR_WEIGHTS[author.agreement];
    evidence.push({ field: "author", ...author });
    const isAlone = isShort(place.title.words) && author.agreement !== "exact";
    odds += isAlone ? SHORT_TITLE_WITHOUT_NAME : 0;
  } else {
    odds += AUTHOR_MISSING;
  }
  return { odds, evidence, years: row.year === 0 ? yearsAmong(around) : given, place };
}

/** The row has all that the work has: whoever resembles it less is hardly meant. */
export function isExact(evidence: readonly Evidence[]): boolean {
  const titles = evidence.filter(({ field }) => field === "title" || field === "otherTitle");
  return (
    titles.length > 0 &&
    evidence.every(({ field, agreement }) => field === "year" || agreement === "exact")
  );
}

function compareAuthorAlone(row: PreparedRow, work: Work, years: readonly number[]): Comparison {
  const author = row.author === "" ? undefined : findAuthors(work.authors, authorWords(row.author));
  if (author === undefined) {
    return { odds: 0, evidence: [], years };
  }
  const odds = AUTHOR_WEIGHTS[author.agreement] / 2;
  return { odds, evidence: [{ field: "author", ...author }], years };
}

function titleEvidence(
  title: { field: Evidence["field"]; text: string },
  agreement: number,
  volume: ReturnType<typeof volumeAgreement>,
): Evidence {
  // The set of all volumes, or another volume, is not quite what was asked for.
  const isWhole = agreement >= EXACT_TITLE && (volume === undefined || volume === "same");
  return {
    field: title.field,
    agreement: isWhole ? "exact" : agreement >= CLOSE_TITLE ? "close" : "different",
    text: title.text,
  };
}

function wholeTitle({ words, subtitle }: WorkTitle): string[] {
  return [...words, ...subtitle];
}

/** Half a title says little, nearly all of it nearly everything. */
function titleOdds(agreement: number, words: readonly string[]): number {
  const specificity = isShort(words)
    ? SHORT_TITLE
    : Math.min(LONG_TITLE_MAX, LONG_TITLE_WEIGHT * (words.length - 1));
  return TITLE_WEIGHT * agreement ** 3 + specificity;
}

function isShort(words: readonly string[]): boolean {
  return words.length === 1 && (words[0]?.length ?? 0) <= 8;
}

function oddsOfPlace({ agreement, title }: TitlePlace): number {
  return titleOdds(agreement, title.words);
}

function yearsAmong(words: readonly string[]): number[] {
  return words.filter((word) => /^(?:1[0-9]|20)\d{2}$/.test(word)).map(Number);
}

/** A list may have the year of any edition, so a later one contradicts nothing. */
function compareYear(years: readonly number[], work: Work): Evidence | undefined {
  const { year, precision } = work.firstPublished;
  if (years.length === 0 || year === 0 || (precision !== "year" && precision !== "circa")) {
    return undefined;
  }
  const text = String(year);
  const isSame = years.includes(year);
  if (isSame) {
    return { field: "year", agreement: "exact", text };
  }
  const isEarlier = years.every((one) => one < year - 1);
  return { field: "year", agreement: isEarlier ? "different" : "close", text };
}
