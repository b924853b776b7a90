import type {
  Correction,
  IdentifierType,
  QueryNode,
  QueryNotice,
  SearchRequest,
} from "#server/catalog/catalog.ts";
import { isValidIsbn13, nearestIsbns } from "#server/catalog/identifiers/isbn.ts";
import { notice } from "#server/catalog/notices.ts";
import { narrowed } from "../expression.ts";
import { emptyResultSet, type SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";

/** At most so many identifiers of one query are looked up. */
const MAX_IDENTIFIERS = 200;

/**
 * Works that identifiers in the query name, in their order; `found` is undefined if it names none, or
 * none that is here while there are words to search for. The notices say which are not here.
 */
export async function findByIdentifier(
  run: SearchRun,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Promise<{ found: SearchResultSet | undefined; notices: QueryNotice[] }> {
  const notices: QueryNotice[] = [];
  if (plan.identifiers.length === 0) {
    return { found: undefined, notices };
  }
  const identified = new Map<number, string>();
  const corrections: Correction[] = [];
  const identifiers = plan.identifiers.slice(0, MAX_IDENTIFIERS);
  const lookedUp = await lookUp(run, identifiers);
  for (const [place, identifier] of identifiers.entries()) {
    const ids = lookedUp[place] ?? [];
    for (const id of ids) {
      identified.set(id, identifier.text);
    }
    if (ids.length > 0) {
      continue;
    }
    const nearest = request.verbatim ? undefined : await lookUpNearest(run, identifier);
    // What is wrong with a mistyped one has been said when it was parsed.
    if (nearest === undefined && !isMistyped(identifier)) {
      notices.push(notFoundNotice(identifier));
    }
    if (nearest === undefined) {
      continue;
    }
    for (const id of nearest.ids) {
      identified.set(id, nearest.isbn);
    }
    corrections.push({
      original: identifier.text,
      corrected: nearest.isbn,
      span: identifier.span,
      kind: "checkDigit",
    });
  }
  const kept = await passing(run, [...identified.keys()], filter);
  if (kept.length === 0 && plan.words.length > 0) {
    return { found: undefined, notices };
  }
  if (plan.words.some((word) => !isInside(word, plan.identifiers))) {
    notices.push(notice("words_not_searched", undefined));
  }
  return { found: { ...emptyResultSet(), ids: kept, identified, corrections }, notices };
}

const names: Partial<Record<IdentifierType, string>> = {
  isbn13: "ISBN",
  lccn: "LCCN",
  oclc: "OCLC number",
  goodreads: "Goodreads number",
  amazon: "ASIN",
};

/** Says that an identifier is not in the catalogue. */
export function notFoundNotice({ type, text, span }: Identifier): QueryNotice {
  return notice("identifier_not_found", span, names[type] ?? "key", text);
}

/** True if a word stands in a link that names the book by a number, too. */
function isInside({ span }: Plan["words"][number], identifiers: Plan["identifiers"]): boolean {
  return identifiers.some((one) => one.span.start <= span.start && span.end <= one.span.end);
}

type Identifier = Extract<QueryNode, { kind: "identifier" }>;

function isMistyped({ type, text }: Identifier): boolean {
  return type === "isbn13" && !isValidIsbn13(text);
}

/** For each identifier the works that have it. */
async function lookUp(
  { index, effort }: SearchRun,
  identifiers: readonly Pick<Identifier, "type" | "text">[],
): Promise<number[][]> {
  const isKey = ({ type }: Pick<Identifier, "type">) =>
    type === "work_key" || type === "edition_key";
  const keys = identifiers.filter(isKey).map(({ text }) => text);
  const numbers = identifiers.filter((identifier) => !isKey(identifier));
  const ofKeys = (await index.idsOfKeys(keys, effort)).values();
  const ofNumbers = (await index.idsOfIdentifiers(numbers, effort)).values();
  return identifiers.map((identifier) => {
    if (!isKey(identifier)) {
      return ofNumbers.next().value ?? [];
    }
    const id = ofKeys.next().value;
    return id === undefined ? [] : [id];
  });
}

/** What is here under the likeliest ISBN that a mistyped one may have been. */
async function lookUpNearest(
  run: SearchRun,
  identifier: Identifier,
): Promise<{ isbn: string; ids: number[] } | undefined> {
  if (!isMistyped(identifier)) {
    return undefined;
  }
  const isbns = [...nearestIsbns(identifier.text)];
  const found = await lookUp(
    run,
    isbns.map((text) => ({ type: "isbn13", text })),
  );
  const place = found.findIndex((ids) => ids.length > 0);
  const isbn = isbns[place];
  const ids = found[place];
  return isbn === undefined || ids === undefined ? undefined : { isbn, ids };
}

async function passing(
  { index, effort }: SearchRun,
  ids: readonly number[],
  filter: FilterExpression,
): Promise<number[]> {
  const wanted = narrowed(undefined, workFilter(filter));
  if (wanted === undefined) {
    return [...ids];
  }
  return index.matching(wanted, ids, ids.length, effort);
}
