import type {
  Correction,
  IdentifierType,
  QueryNode,
  QueryNotice,
  SearchRequest,
} from "#server/catalog/catalog.ts";
import { isValidIsbn13, nearestIsbns } from "#server/catalog/identifiers/isbn.ts";
import { isAmong } from "#server/sqlite/read/all-works.ts";
import { emptyFound, type Found, type SearchContext } from "../found.ts";
import { type FilterExpression, narrowed } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";

/** At most so many identifiers of one query are looked up. */
const MAX_IDENTIFIERS = 200;

/**
 * Works that identifiers in the query name, in their order; `found` is undefined if it names none, or
 * none that is here while there are words to search for. The notices say which are not here.
 */
export function findByIdentifier(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): { found: Found | undefined; notices: QueryNotice[] } {
  const notices: QueryNotice[] = [];
  if (plan.identifiers.length === 0) return { found: undefined, notices };
  const identified = new Map<number, string>();
  const corrections: Correction[] = [];
  for (const identifier of plan.identifiers.slice(0, MAX_IDENTIFIERS)) {
    const ids = lookUp(context, identifier);
    for (const id of ids) identified.set(id, identifier.text);
    if (ids.length > 0) continue;
    const nearest = request.verbatim ? undefined : lookUpNearest(context, identifier);
    // What is wrong with a mistyped one has been said when it was parsed.
    if (nearest === undefined && !isMistyped(identifier)) notices.push(notFoundNotice(identifier));
    if (nearest === undefined) continue;
    for (const id of nearest.ids) identified.set(id, nearest.isbn);
    corrections.push({
      original: identifier.text,
      corrected: nearest.isbn,
      span: identifier.span,
      kind: "checkDigit",
    });
  }
  const kept = [...identified.keys()].filter((id) => passes(context, id, filter));
  if (kept.length === 0 && plan.words.length > 0) return { found: undefined, notices };
  if (plan.words.length > 0) notices.push(aloneNotice);
  return { found: { ...emptyFound(), ids: kept, identified, corrections }, notices };
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
  const message = `Nothing here has the ${names[type] ?? "key"} ${text}.`;
  return { reason: "identifier_not_found", message, span };
}

const aloneNotice: QueryNotice = {
  reason: "words_not_searched",
  message: "A number names the book; the words beside it were not searched.",
  span: undefined,
};

type Identifier = Extract<QueryNode, { kind: "identifier" }>;

function isMistyped({ type, text }: Identifier): boolean {
  return type === "isbn13" && !isValidIsbn13(text);
}

function lookUp(
  context: SearchContext,
  { type, text }: Pick<Identifier, "type" | "text">,
): number[] {
  const { records } = context;
  if (type !== "work_key" && type !== "edition_key") return records.workIds(type, text);
  const id = records.workId(text);
  return id === undefined ? [] : [id];
}

/** What is here under the likeliest ISBN that a mistyped one may have been. */
function lookUpNearest(
  context: SearchContext,
  identifier: Identifier,
): { isbn: string; ids: number[] } | undefined {
  if (!isMistyped(identifier)) return undefined;
  for (const isbn of nearestIsbns(identifier.text)) {
    const ids = lookUp(context, { type: "isbn13", text: isbn });
    if (ids.length > 0) return { isbn, ids };
  }
  return undefined;
}

function passes(context: SearchContext, id: number, filter: FilterExpression): boolean {
  return isAmong(context.database, narrowed(undefined, filter), id);
}
