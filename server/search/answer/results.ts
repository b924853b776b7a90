import type { MatchReason, SearchRequest, SearchResult } from "#server/catalog/catalog.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import type { Shown } from "#server/sqlite/read/records.ts";
import type { StoredEditions } from "#server/sqlite/stored-editions.ts";
import type { Found, SearchContext } from "../found.ts";
import { explainDescription, explainTopics } from "../retrieve/descriptive.ts";
import { explainFields } from "./field-reasons.ts";
import { explainMatch } from "./reasons.ts";

/** The result for one work: its records, the edition to show, why it was found. */
export function buildResult(
  context: SearchContext,
  request: SearchRequest,
  found: Found,
  id: number,
  duplicates: readonly number[],
): SearchResult {
  const { records } = context;
  const shown = records.shown(id);
  const { work, editions } = shown;
  const reasons = explainFound(context, found, id, shown);
  const editionKey = reasons[0]?.editionKey ?? "";
  // The edition whose title or number matched, where it wasn't the work's own.
  const matched = editionKey === "" ? undefined : editions.withKey(editionKey);
  return {
    work,
    edition: matched ?? editions.choose(request.preferredLanguages),
    reasons,
    duplicates: duplicates.map((other) => records.work(other)),
    explanation: request.explain
      ? {
          criteria: explainCriteria(found.ladder?.ranked.find((one) => one.id === id)),
          lanes: lanesOf(found, id),
        }
      : undefined,
  };
}

function lanesOf(found: Found, id: number): string[] {
  if (found.described !== undefined) return ["description"];
  if (found.topicWords !== undefined) return ["topic"];
  return [...(found.ladder?.candidates.get(id)?.lanes ?? [])];
}

function explainFound(
  context: SearchContext,
  found: Found,
  id: number,
  shown: Shown,
): MatchReason[] {
  return [
    ...explainWords(context, found, id, shown),
    ...explainFields(found.root, shown.work, shown.editions),
  ];
}

function explainWords(
  context: SearchContext,
  found: Found,
  id: number,
  shown: Shown,
): MatchReason[] {
  const { work, editions } = shown;
  const identifier = found.identified.get(id);
  if (identifier !== undefined) return [identifierReason(identifier, editions)];
  if (found.described !== undefined) return explainDescription(work, found.described);
  if (found.topicWords !== undefined) return explainTopics(work, found.topicWords);
  const candidate = found.ladder?.candidates.get(id);
  const ranked = found.ladder?.ranked.find((one) => one.id === id);
  const query = found.ladder?.readings.get(id);
  if (candidate === undefined || ranked === undefined || query === undefined) return [];
  return explainMatch({
    ...shown,
    ranked,
    query: query.words,
    titleWords: candidate.book.title(ranked.title).words,
    alternateNames: () =>
      work.authors.flatMap((author) => context.records.author(author.key)?.alternateNames ?? []),
  });
}

function identifierReason(identifier: string, editions: StoredEditions): MatchReason {
  const edition = editions.withIdentifier(identifier);
  return {
    field: "identifier",
    text: identifier,
    highlights: [{ start: 0, end: identifier.length }],
    kind: "exact",
    editionKey: edition?.key ?? "",
    language: edition?.languages[0] ?? "",
  };
}

const meanings: Record<keyof Ranked["criteria"], string> = {
  words: "bits lost for words of the query that the book lacks",
  typos: "bits lost for differences of spelling",
  begun: "bits lost because the last word is the beginning of the book's word",
  exactness: "bits won because a whole title or name was typed",
  coverage: "bits lost for words of the title that were not typed",
  order: "bits lost for words in another order or apart",
  field: "bits lost for words found outside title and name",
  popularity: "bits won by readers, damped by the logarithm",
  demotion: "bits lost as a reprint, summary or notebook",
};

function explainCriteria(ranked: Ranked | undefined) {
  if (ranked === undefined) return [];
  return Object.entries(meanings).map(([name, meaning]) => ({
    name,
    // Object.entries forgets that the names are the criteria's.
    value: ranked.criteria[name as keyof Ranked["criteria"]],
    meaning,
  }));
}
