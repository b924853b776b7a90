import type { Correction, QueryNode, SearchRequest, TextSpan } from "#server/catalog/catalog.ts";
import { isValidIsbn13, nearestIsbns } from "#server/catalog/identifiers/isbn.ts";
import { isAmong } from "./all-works.ts";
import { type FilterExpression, narrowed } from "./filter-expression.ts";
import { emptyFound, type Found, type SearchContext } from "./found.ts";
import type { Plan } from "./plan.ts";

/** At most so many identifiers of one query are looked up. */
const MAX_IDENTIFIERS = 200;

/**
 * Works that identifiers in the query name, in their order; undefined if it names none, or none
 * that is here while there are words to search for.
 */
export function findByIdentifier(
  context: SearchContext,
  request: SearchRequest,
  plan: Plan,
  filter: FilterExpression,
): Found | undefined {
  if (plan.identifiers.length === 0) return undefined;
  const identified = new Map<number, string>();
  const corrections: Correction[] = [];
  for (const identifier of plan.identifiers.slice(0, MAX_IDENTIFIERS)) {
    const found = lookUp(context, identifier);
    for (const id of found) identified.set(id, identifier.text);
    if (found.length > 0 || request.verbatim) continue;
    const nearest = lookUpNearest(context, identifier);
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
  if (kept.length === 0 && plan.words.length > 0) return undefined;
  return { ...emptyFound(), ids: kept, identified, corrections };
}

type Identifier = Extract<QueryNode, { kind: "identifier" }>;

function lookUp(context: SearchContext, { type, text }: Identifier): number[] {
  const { records } = context;
  if (type !== "work_key" && type !== "edition_key") return records.workIds(type, text);
  const id = records.workId(text);
  return id === undefined ? [] : [id];
}

/** What is here under the likeliest ISBN that one with a wrong check digit may have been. */
function lookUpNearest(
  context: SearchContext,
  { type, text, span }: Identifier & { span: TextSpan },
): { isbn: string; ids: number[] } | undefined {
  if (type !== "isbn13" || isValidIsbn13(text)) return undefined;
  for (const isbn of nearestIsbns(text)) {
    const ids = lookUp(context, { kind: "identifier", type, text: isbn, excluded: false, span });
    if (ids.length > 0) return { isbn, ids };
  }
  return undefined;
}

function passes(context: SearchContext, id: number, filter: FilterExpression): boolean {
  return isAmong(context.database, narrowed(undefined, filter), id);
}
