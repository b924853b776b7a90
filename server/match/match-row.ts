/**
 * Matches one row of a list with the catalogue: asks for it in several ways, the most telling first,
 * compares what is found field by field, and stops as soon as one work is probable enough.
 */
import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";
import { findIdentifiers, readIsbn } from "#server/catalog/identifiers/find-identifiers.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { filedName } from "#server/catalog/text/family-name.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import { citationText } from "./citation-text.ts";
import { readCitation } from "./read-citation.ts";
import type { ListRow, RowMatches, WorkMatch } from "./row.ts";
import { type FoundWork, type PreparedRow, scoreWork } from "./score.ts";
import { splitSubtitle } from "./title-agreement.ts";

/** The first match can be trusted from here on; the schema says the same. */
const TRUSTED_CONFIDENCE = 0.8;
/** Less is no match at all. */
const LEAST_CONFIDENCE = 0.15;
/** No further question is asked. */
const ENOUGH_CONFIDENCE = 0.95;

const MATCHES_MAX = 3;
/** Works compared for each question. */
const PAGE_SIZE = 10;
/** Words beyond these narrow nothing down. */
const QUERY_CHARS_MAX = 150;
const CITATION_WORDS_MAX = 12;

/** What the catalogue has for a row. */
export async function matchRow(
  catalog: Pick<Catalog, "search">,
  row: ListRow,
  call?: CallOptions,
): Promise<RowMatches> {
  const problem = problemOf(row);
  if (problem !== "") {
    return { verdict: "notFound", matches: [], problem };
  }
  const prepared: PreparedRow = {
    ...row,
    text: row.citation.trim() === "" ? undefined : citationText(row.citation),
  };
  const found = new Map<string, FoundWork>();
  let matches: WorkMatch[] = [];
  for (const question of questionsFor(row)) {
    const { results, interpretation } = await catalog.search(
      plainSearch(question.query, { pageSize: PAGE_SIZE }),
      call,
    );
    const isRight = interpretation.corrections.every(({ kind }) => kind !== "checkDigit");
    for (const { work, edition, reasons } of results) {
      const isNamed = question.isIsbn && reasons.some(({ field }) => field === "identifier");
      const isbn = isNamed ? (isRight ? "exact" : "close") : undefined;
      const known = found.get(work.key);
      if (known === undefined || isbn !== undefined) {
        found.set(work.key, { work, edition, isbn });
      }
    }
    matches = weigh(prepared, [...found.values()]);
    if ((matches[0]?.confidence ?? 0) >= ENOUGH_CONFIDENCE) {
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
  const groups = new Map<string, { work: Work; odds: number; evidence: WorkMatch["evidence"] }>();
  for (const one of found) {
    const scored = scoreWork(row, one);
    // Two records of one book must not take confidence from each other.
    const group = groupOf(one.work);
    if (scored.odds > (groups.get(group)?.odds ?? Number.NEGATIVE_INFINITY)) {
      groups.set(group, { work: one.work, ...scored });
    }
  }
  const scored = [...groups.values()];
  const total = 1 + scored.reduce((sum, { odds }) => sum + Math.exp(odds), 0);
  return scored
    .map(({ work, odds, evidence }) => ({ work, evidence, confidence: Math.exp(odds) / total }))
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MATCHES_MAX);
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

type Question = { query: string; isIsbn: boolean };

function questionsFor({ citation, isbn, title, author }: ListRow): Question[] {
  const questions: Question[] = [];
  const ask = (text: string): void => {
    const query = withoutOperators(text);
    if (query !== "" && !questions.some((one) => one.query === query)) {
      questions.push({ query, isIsbn: false });
    }
  };
  const numbers = [readIsbn(isbn), ...findIdentifiers(citation)];
  for (const number of numbers) {
    if (number?.type === "isbn13") {
      questions.push({ query: `isbn:${number.text}`, isIsbn: true });
    }
  }
  if (title !== "") {
    const { main } = splitSubtitle(title);
    if (author !== "") {
      ask(`${main} ${familyNames(author)}`);
    }
    ask(title);
    ask(main);
  }
  for (const reading of readCitation(citation)) {
    const { main } = splitSubtitle(reading.title);
    ask(`${main} ${familyNames(reading.author)}`);
  }
  // A citation as a whole is the dearest question; its beginning has what it is about.
  if (citation !== "") {
    ask(citation.split(/\s+/u).slice(0, CITATION_WORDS_MAX).join(" "));
  }
  if (title === "" && citation === "" && author !== "") {
    ask(author);
  }
  return questions;
}

/** The family name of the first author: given names differ more than they help. */
function familyNames(author: string): string {
  const [first = ""] = author.split(/\s*(?:;|&|\band\b|\bund\b|\bet\b)\s*/u);
  const { family } = filedName(first);
  return family.length > 3 ? foldTokens(first).slice(0, 3).join(" ") : family.join(" ");
}

/** A title is no query: "Who? Or: (Not)". */
function withoutOperators(text: string): string {
  return text
    .slice(0, QUERY_CHARS_MAX)
    .replace(/["“”„«»():<>|*?~^+\\/[\]{}=_]|(?<!\p{L})-|-(?!\p{L})/gu, " ")
    .replace(/\b(?:OR|AND|NOT)\b/g, (word) => word.toLowerCase())
    .replace(/\s+/gu, " ")
    .trim();
}
