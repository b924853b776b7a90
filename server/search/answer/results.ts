import type { MatchReason, SearchRequest, SearchResult, Volume } from "#server/catalog/catalog.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import type { Work } from "#server/catalog/records.ts";
import type { BookRecord, EditionList } from "../index-port.ts";
import { explainDescription, explainTopics } from "../retrieve/descriptive.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { explainSimilar } from "../similar/books-like.ts";
import { explainFields } from "./field-reasons.ts";
import { explainMatch, isHiddenAuthor, type RankedMatch } from "./reasons.ts";

/** The results for the works of a page: records, the edition to show, why each was found. */
export async function buildResults(
  run: SearchRun,
  request: SearchRequest,
  found: SearchResultSet,
  ids: readonly number[],
): Promise<SearchResult[]> {
  const { index, effort } = run;
  const records = await index.records(ids, effort);
  const merged = ids.map((id) => found.merged.get(id) ?? []);
  const duplicates = (await worksOf(run, merged.flat())).values();
  const volumes = ids.map((id) => found.volumes.get(id) ?? []);
  const ofVolumes = (
    await worksOf(
      run,
      volumes.flat().map(({ id }) => id),
    )
  ).values();
  const hidden = records.flatMap((record) => hiddenAuthors(found, record));
  const authors = new Map<string, readonly string[]>();
  if (hidden.length > 0) {
    const read = await index.authors(hidden, effort);
    for (const [place, key] of hidden.entries()) {
      authors.set(key, read[place]?.alternateNames ?? []);
    }
  }
  return records.map((record, place) =>
    buildResult(request, found, record, {
      duplicates: [...duplicates.take(merged[place]?.length ?? 0)],
      volumes: (volumes[place] ?? []).flatMap(({ number }) => {
        const work = ofVolumes.next().value;
        return work === undefined ? [] : [{ work, number }];
      }),
      alternateNames: authors,
    }),
  );
}

async function worksOf({ index, effort }: SearchRun, ids: readonly number[]): Promise<Work[]> {
  return ids.length === 0 ? [] : index.works(ids, effort);
}

/** Authors by key of whom a name was matched that no credit of the work has. */
function hiddenAuthors(found: SearchResultSet, record: BookRecord): string[] {
  const match = rankedMatch(found, record);
  if (match === undefined || !isHiddenAuthor(match)) {
    return [];
  }
  return record.work.authors.map(({ key }) => key).filter((key) => key !== "");
}

type RelatedRecords = {
  duplicates: Work[];
  volumes: Volume[];
  /** By author, where a name was matched that no credit has. */
  alternateNames: ReadonlyMap<string, readonly string[]>;
};

function buildResult(
  request: SearchRequest,
  found: SearchResultSet,
  record: BookRecord,
  { duplicates, volumes, alternateNames }: RelatedRecords,
): SearchResult {
  const { work, editions, id } = record;
  const reasons = explainFound(found, record, alternateNames);
  const editionKey = reasons[0]?.editionKey ?? "";
  // The edition whose title or number matched, where it wasn't the work's own.
  const matched = editionKey === "" ? undefined : editions.withKey(editionKey);
  return {
    work,
    edition: matched ?? editions.choose(request.preferredLanguages),
    reasons,
    duplicates,
    volumes,
    explanation: request.explain
      ? {
          criteria: explainCriteria(found.ladder?.ranked.find((one) => one.id === id)),
          lanes: lanesOf(found, id),
        }
      : undefined,
  };
}

function lanesOf(found: SearchResultSet, id: number): string[] {
  if (found.similar.has(id)) {
    return ["similar"];
  }
  if (found.described !== undefined) {
    return ["description"];
  }
  if (found.topicWords !== undefined) {
    return ["topic"];
  }
  return [...(found.ladder?.candidates.get(id)?.lanes ?? [])];
}

function explainFound(
  found: SearchResultSet,
  record: BookRecord,
  alternateNames: RelatedRecords["alternateNames"],
): MatchReason[] {
  return [
    ...explainWords(found, record, alternateNames),
    ...explainFields(found.root, record.work, record.editions),
  ];
}

function explainWords(
  found: SearchResultSet,
  record: BookRecord,
  alternateNames: RelatedRecords["alternateNames"],
): MatchReason[] {
  const { id, work, editions } = record;
  const similar = found.similar.get(id);
  if (similar !== undefined) {
    return explainSimilar(similar);
  }
  const identifier = found.identified.get(id);
  if (identifier !== undefined) {
    return [identifierReason(identifier, editions)];
  }
  if (found.described !== undefined) {
    return explainDescription(work, found.described);
  }
  const topics = found.topicWords === undefined ? [] : explainTopics(work, found.topicWords);
  if (topics.length > 0) {
    return topics;
  }
  const match = rankedMatch(found, record);
  if (match === undefined) {
    return [];
  }
  const names = work.authors.flatMap(({ key }) => alternateNames.get(key) ?? []);
  return explainMatch({ ...match, alternateNames: names });
}

/** A result and how it was ranked; undefined if it was not found by words. */
function rankedMatch({ ladder }: SearchResultSet, record: BookRecord): RankedMatch | undefined {
  const candidate = ladder?.candidates.get(record.id);
  const ranked = ladder?.ranked.find((one) => one.id === record.id);
  const query = ladder?.readings.get(record.id);
  if (candidate === undefined || ranked === undefined || query === undefined) {
    return undefined;
  }
  const titleWords = candidate.book.title(ranked.title).words;
  return { ...record, ranked, query: query.words, titleWords };
}

function identifierReason(identifier: string, editions: EditionList): MatchReason {
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

const meanings: Record<keyof RankedWork["criteria"], string> = {
  words: "bits lost for words of the query that the book lacks",
  asking: "bits lost for words that more probably speak of the asking than of the book",
  typos: "bits lost for differences of spelling",
  begun: "bits lost because the last word is the beginning of the book's word",
  exactness: "bits won because a whole title or name was typed",
  coverage: "bits lost for words of the title that were not typed",
  order: "bits lost for words in another order or apart",
  field: "bits lost for words found outside title and name",
  popularity: "bits won by readers, damped by the logarithm",
  demotion: "bits lost as a reprint, summary or notebook",
};

function explainCriteria(ranked: RankedWork | undefined) {
  if (ranked === undefined) {
    return [];
  }
  return Object.entries(meanings).map(([name, meaning]) => ({
    name,
    // Object.entries forgets that the names are the criteria's.
    value: ranked.criteria[name as keyof RankedWork["criteria"]],
    meaning,
  }));
}
