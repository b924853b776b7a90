/**
 * Completions while typing. Books come from the same search as results; authors, series and subjects
 * are read off the most popular books whose names, series or topics hold the words typed.
 */

import type {
  BookField,
  SearchResult,
  Suggestion,
  SuggestionKind,
  SuggestRequest,
  TextSpan,
} from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens, foldWithSpans, squash } from "#server/catalog/text/fold.ts";
import { allOf } from "#server/sqlite/fences.ts";
import { seriesToken, subjectToken } from "#server/sqlite/key-tokens.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import { Effort } from "./effort.ts";
import type { SearchContext } from "./found.ts";
import { search } from "./search.ts";
import { quote } from "./understand/plan.ts";
import { begunName, begunTopic } from "./understand/word-reader.ts";

/** Books whose authors, series and topics are looked at: the most popular ones. */
const LOOKED_AT = 60;
const MAX_TOKENS = 12;
/** Works counted exactly for a heading that the catalogue keeps no count of. */
const MAX_COUNTED = 100_000;

/** Names that begin with what is typed, and names that are only known as it, against all others. */
const STARTS_FIT = 3;
const HIDDEN_FIT = 0.3;

type Ranked = { suggestion: Suggestion; place: number };

/** The completions of what is typed so far, best first. */
export function suggest(context: SearchContext, request: SuggestRequest): Suggestion[] {
  const tokens = foldTokens(request.query).slice(0, MAX_TOKENS);
  if (tokens.length === 0) return [];
  const suggestions: Ranked[] = [];
  for (const kind of request.kinds) {
    const found = kind === "book" ? books(context, request) : groups(context, kind, tokens);
    suggestions.push(
      ...found.slice(0, request.pageSize).map((suggestion, place) => ({ suggestion, place })),
    );
  }
  // Books keep their order; the best of each other kind stands among the first books.
  const weight = ({ suggestion, place }: Ranked) =>
    suggestion.kind === "book" ? place : 1.5 + 3 * place + kindPlace[suggestion.kind];
  return suggestions
    .sort((one, other) => weight(one) - weight(other))
    .slice(0, request.pageSize)
    .map(({ suggestion }) => ({
      ...suggestion,
      highlights: highlights(suggestion.text, tokens),
    }));
}

const kindPlace = { author: 0, series: 0.4, subject: 0.8 };

function books(context: SearchContext, request: SuggestRequest): Suggestion[] {
  const { query, pageSize } = request;
  const { results } = search(context, plainSearch(query, { pageSize, unfinished: true }));
  const shown = results.filter(isShown);
  // What is typed may stand where a suggestion doesn't show it: in a topic, in another name.
  return (shown.length > 0 ? shown : results).map(({ work, reasons }) => {
    const [reason] = reasons;
    const text = reason?.field === "otherTitle" ? reason.text : work.title;
    return { kind: "book", text, query: text, highlights: [], work };
  });
}

const shownFields: ReadonlySet<BookField> = new Set(["title", "otherTitle", "identifier"]);

/** True if a reader sees in the suggestion why it was made. */
function isShown({ work, reasons }: SearchResult): boolean {
  return reasons.some(
    ({ field, text }) =>
      shownFields.has(field) ||
      (field === "author" && work.authors.some((author) => author.name === text)) ||
      (field === "series" && work.series.some(({ title }) => text.startsWith(title))),
  );
}

function groups(
  context: SearchContext,
  kind: Exclude<SuggestionKind, "book">,
  tokens: readonly string[],
): Suggestion[] {
  const column = kind === "subject" ? "topic" : kind;
  const begun = kind === "subject" ? begunTopic : begunName;
  const words = tokens.map((token, index) =>
    index === tokens.length - 1 ? begun(context.terms, token).expression : quote(token),
  );
  const lanes = new Lanes(context, new Effort(context.effort / 2));
  const ids = lanes.ids(`${column} : (${allOf(words)})`, LOOKED_AT);
  const counts = new Map<string, { text: string; weight: number }>();
  for (const [place, id] of ids.entries()) {
    for (const [key, text] of namesOf(kind, context.records.work(id))) {
      const fit = fitOf(context, kind, key, text, tokens);
      if (fit === 0) continue;
      const known = counts.get(key);
      const weight = fit / (place + 3);
      if (known === undefined) counts.set(key, { text, weight });
      else known.weight += weight;
    }
  }
  return [...counts.entries()]
    .sort(([, one], [, other]) => other.weight - one.weight)
    .slice(0, 5)
    .map(([key, { text }]) => groupSuggestion(context, kind, key, text));
}

function namesOf(kind: SuggestionKind, work: Work): [key: string, text: string][] {
  if (kind === "author") {
    return work.authors
      .filter((author) => author.key !== "")
      .map((author) => [author.key, author.name]);
  }
  const texts = kind === "series" ? work.series.map((entry) => entry.title) : work.subjects;
  return texts.map((text) => [squash(text), text]);
}

/** How well a name fits what is typed: best by what is shown of it, from its start. 0: not at all. */
function fitOf(
  context: SearchContext,
  kind: SuggestionKind,
  key: string,
  text: string,
  tokens: readonly string[],
): number {
  if (holds([text], tokens)) {
    const words = foldTokens(text);
    const [first = ""] = tokens;
    const ends = kind === "author" ? [words[0], words.at(-1)] : [words[0]];
    return ends.some((word) => word?.startsWith(first)) ? STARTS_FIT : 1;
  }
  // A part of a name that isn't shown tells nobody why its bearer is suggested.
  const isTelling = tokens.length > 1 || /[^a-z]/.test(tokens[0] ?? "");
  if (kind !== "author" || !isTelling) return 0;
  return holds(context.records.author(key)?.alternateNames ?? [], tokens) ? HIDDEN_FIT : 0;
}

/** True if one of the texts has every word, the last perhaps only begun. */
function holds(texts: readonly string[], tokens: readonly string[]): boolean {
  return texts.some((text) => {
    const words = foldTokens(text);
    return tokens.every((token, index) =>
      words.some((word) => (index === tokens.length - 1 ? word.startsWith(token) : word === token)),
    );
  });
}

function groupSuggestion(
  context: SearchContext,
  kind: "author" | "series" | "subject",
  key: string,
  text: string,
): Suggestion {
  const operator = `${kind}:"${text.replaceAll('"', "")}"`;
  if (kind === "author") {
    const author = context.records.author(key) ?? {
      key,
      name: text,
      alternateNames: [],
      birthDate: "",
      deathDate: "",
      biography: "",
      workCount: 0,
    };
    return { kind, text, query: operator, highlights: [], author };
  }
  const token = kind === "series" ? seriesToken(key) : subjectToken(key);
  return {
    kind,
    text,
    query: operator,
    highlights: [],
    title: text,
    workCount: headingCount(context, token),
  };
}

function headingCount(context: SearchContext, token: string): number {
  const known = context.terms.headingCount(token);
  if (known !== undefined) return known;
  const effort = new Effort(context.effort);
  const lanes = new Lanes(context, effort);
  return lanes.ids(quote(token), MAX_COUNTED).length;
}

function highlights(text: string, tokens: readonly string[]): TextSpan[] {
  const last = tokens.at(-1) ?? "";
  return foldWithSpans(text).flatMap(({ token, start, end }) => {
    if (tokens.includes(token)) return [{ start, end }];
    if (!token.startsWith(last)) return [];
    return [{ start, end: Math.min(end, start + last.length) }];
  });
}
