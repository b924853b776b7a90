/** Where a book has what was asked of fields that don't rank: subjects, topics, publishers, … */
import type { BookField, MatchReason, QueryNode, TextSpan } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { COMPARED_EDITIONS, type EditionList } from "../index-port.ts";
import { highlightsIn } from "./highlights.ts";

type FieldCondition = { field: BookField; tokens: ReadonlySet<string> };

/** Fields of which only phrases are conditions; words rank and are explained there (reasons.ts). */
const rankedByWords: ReadonlySet<BookField> = new Set(["series"]);
type Source = { text: string; editionKey: string };

/** One reason for each such part of a query that a book meets. */
export function explainFields(
  root: QueryNode | undefined,
  work: Work,
  editions: EditionList,
): MatchReason[] {
  const reasons: MatchReason[] = [];
  for (const { field, tokens } of fieldConditionsOf(root)) {
    for (const { text, editionKey } of sourcesOf(field, work, editions)) {
      const highlights = highlightsOf(text, tokens);
      if (highlights === undefined) {
        continue;
      }
      reasons.push({ field, text, highlights, kind: "words", editionKey, language: "" });
      break;
    }
  }
  return reasons;
}

function fieldConditionsOf(node: QueryNode | undefined): FieldCondition[] {
  if (node === undefined || node.excluded) {
    return [];
  }
  if (node.kind === "all" || node.kind === "any") {
    return node.nodes.flatMap(fieldConditionsOf);
  }
  if ((node.kind !== "words" && node.kind !== "phrase") || node.field === undefined) {
    return [];
  }
  if (node.kind === "words" && rankedByWords.has(node.field)) {
    return [];
  }
  return [{ field: node.field, tokens: new Set(foldTokens(node.text)) }];
}

function* sourcesOf(field: BookField, work: Work, editions: EditionList): Iterable<Source> {
  if (field === "subject" || field === "topic") {
    const topics = [...work.people, ...work.places, ...work.times];
    const texts = field === "subject" ? [work.subjects, topics] : [topics, work.subjects];
    for (const text of texts.flat()) {
      yield { text, editionKey: "" };
    }
  }
  if (field === "series") {
    for (const { title } of work.series) {
      yield { text: title, editionKey: "" };
    }
  }
  if (field !== "publisher" && field !== "series") {
    return;
  }
  for (const { key, publishers, series } of editions.first(COMPARED_EDITIONS)) {
    const texts = field === "publisher" ? publishers : series.map(({ title }) => title);
    for (const text of texts) {
      yield { text, editionKey: key };
    }
  }
}

/** Where a text has the words; undefined if it lacks one. */
function highlightsOf(text: string, tokens: ReadonlySet<string>): TextSpan[] | undefined {
  const missing = new Set(tokens);
  const highlights = highlightsIn(text, (token) => {
    missing.delete(token);
    return tokens.has(token);
  });
  return missing.size === 0 && highlights.length > 0 ? highlights : undefined;
}
