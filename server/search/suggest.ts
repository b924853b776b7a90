/**
 * Completions while typing. Books come from the same search as results; authors, series and subjects
 * are read off the most popular books whose names, series or topics hold the words typed.
 */

import type {
  Suggestion,
  SuggestionKind,
  SuggestRequest,
  TextSpan,
} from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens, foldWithSpans, squash } from "#server/catalog/text/fold.ts";
import { allOf, type Expression, inField, wordOf } from "./expression.ts";
import type { AuthorRecord } from "./index-port.ts";
import { atStage, type SearchRun } from "./search-run.ts";
import { noBooks, suggestBooks } from "./suggest-books.ts";
import { correctedTokens, withoutSlips } from "./suggestion-slips.ts";

/** Books whose authors, series and topics are looked at: the most popular ones. */
const LOOKED_AT = 60;
const MAX_TOKENS = 12;
/** Works counted exactly for a heading that the catalogue keeps no count of. */
const MAX_COUNTED = 100_000;

/** Authors, series or subjects of one list. */
const MAX_OF_KIND = 5;

/** Names that begin with what is typed, and names that are only known as it, against all others. */
const STARTS_FIT = 3;
const HIDDEN_FIT = 0.3;

type RankedSuggestion = { suggestion: Suggestion; place: number };

/** The completions of what is typed so far, best first. */
export async function suggest(run: SearchRun, request: SuggestRequest): Promise<Suggestion[]> {
  const tokens = foldTokens(request.query).slice(0, MAX_TOKENS);
  if (tokens.length === 0) {
    return [];
  }
  const found = request.kinds.includes("book") ? await suggestBooks(run, request) : noBooks;
  const corrected = correctedTokens(tokens, found.corrections);
  const named = await groups(atStage(run, "suggestions"), request.kinds, tokens, corrected);
  const lists = [found.suggestions, ...named];
  const suggestions = lists.flatMap((list) =>
    list.slice(0, request.pageSize).map((suggestion, place) => ({ suggestion, place })),
  );
  // Books keep their order; the best of each other kind stands among the first books.
  const weight = ({ suggestion, place }: RankedSuggestion) =>
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

/** A name of the books found, and how well it fits. */
type NameMatch = { key: string; text: string; fit: number; place: number };

type NameKind = Exclude<SuggestionKind, "book">;
type MatchesOfKind = { kind: NameKind; names: readonly NameMatch[] };

/** Authors, series and subjects that have the words as typed; if none has, as they were probably meant. */
async function groups(
  run: SearchRun,
  wanted: readonly SuggestionKind[],
  tokens: readonly string[],
  corrected: readonly string[] | undefined,
): Promise<Suggestion[][]> {
  const kinds = wanted.filter((kind) => kind !== "book");
  let matches = await matchesOf(run, kinds, tokens);
  if (matches.length === 0 && corrected !== undefined) {
    matches = await matchesOf(run, kinds, corrected);
  }
  if (kinds.length > 0 && matches.length === 0) {
    for (const reading of await withoutSlips(run, tokens)) {
      matches = await matchesOf(run, kinds, reading);
      if (matches.length > 0 || run.effort.isSpent()) {
        break;
      }
    }
  }
  return Promise.all(matches.map((match) => suggestionsOf(run, match)));
}

/** What fits of each kind of which something does. */
async function matchesOf(
  run: SearchRun,
  kinds: readonly NameKind[],
  tokens: readonly string[],
): Promise<MatchesOfKind[]> {
  const matches: MatchesOfKind[] = [];
  for (const kind of kinds) {
    const names = await namesFitting(run, kind, tokens);
    if (names.length > 0) {
      matches.push({ kind, names });
    }
  }
  return matches;
}

async function suggestionsOf(
  run: SearchRun,
  { kind, names }: MatchesOfKind,
): Promise<Suggestion[]> {
  const counts = new Map<string, { text: string; weight: number }>();
  for (const { key, text, fit, place } of names) {
    const known = counts.get(key);
    const weight = fit / (place + 3);
    if (known === undefined) {
      counts.set(key, { text, weight });
    } else {
      known.weight += weight;
    }
  }
  const best = [...counts.entries()]
    .sort(([, one], [, other]) => other.weight - one.weight)
    .slice(0, MAX_OF_KIND)
    .map(([key, { text }]) => ({ key, text }));
  return kind === "author" ? authorSuggestions(run, best) : headingSuggestions(run, kind, best);
}

/** The names, series or subjects of the most popular books that have the words, as far as they fit. */
async function namesFitting(
  run: SearchRun,
  kind: NameKind,
  tokens: readonly string[],
): Promise<NameMatch[]> {
  const { index, vocabulary, effort } = run;
  const letters = tokens.at(-1) ?? "";
  const scope = kind === "subject" ? "topics" : "names";
  await vocabulary.load({ prefixes: [{ letters, scope }] });
  const begun = vocabulary.prefix(letters, scope).expression;
  const words = allOf([...tokens.slice(0, -1).map(wordOf), begun]) ?? begun;
  const expression = inField(kind === "subject" ? "topic" : kind, words);
  const ids = await index.walk({ expression, limit: LOOKED_AT }, effort);
  const works = await index.works(ids, effort);
  const names = works.flatMap((work, place) =>
    namesOf(kind, work).map(([key, text]) => ({
      key,
      text,
      place,
      fit: fitOf(kind, text, tokens),
    })),
  );
  // A part of a name that isn't shown tells nobody why its bearer is suggested.
  const isTelling = tokens.length > 1 || /[^a-z]/.test(tokens[0] ?? "");
  if (kind === "author" && isTelling) {
    await fitHiddenNames(run, names, tokens);
  }
  return names.filter(({ fit }) => fit > 0);
}

/** Authors who are known under another name, too, fit by it. */
async function fitHiddenNames(
  { index, effort }: SearchRun,
  names: readonly NameMatch[],
  tokens: readonly string[],
): Promise<void> {
  const hidden = names.filter(({ fit }) => fit === 0);
  const keys = [...new Set(hidden.map(({ key }) => key))];
  const authors = await index.authors(keys, effort);
  const fitting = new Set(
    keys.filter((_, place) => holds(authors[place]?.alternateNames ?? [], tokens)),
  );
  for (const name of hidden) {
    if (fitting.has(name.key)) {
      name.fit = HIDDEN_FIT;
    }
  }
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
function fitOf(kind: SuggestionKind, text: string, tokens: readonly string[]): number {
  if (!holds([text], tokens)) {
    return 0;
  }
  const words = foldTokens(text);
  const [first = ""] = tokens;
  const ends = kind === "author" ? [words[0], words.at(-1)] : [words[0]];
  return ends.some((word) => word?.startsWith(first)) ? STARTS_FIT : 1;
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

type NameRecord = { key: string; text: string };

async function authorSuggestions(
  { index, effort }: SearchRun,
  named: readonly NameRecord[],
): Promise<Suggestion[]> {
  const authors = await index.authors(
    named.map(({ key }) => key),
    effort,
  );
  return named.map(({ key, text }, place) => ({
    kind: "author",
    text,
    query: operator("author", text),
    highlights: [],
    author: authors[place] ?? withoutRecord(key, text),
  }));
}

function withoutRecord(key: string, name: string): AuthorRecord {
  const dates = { birthDate: "", deathDate: "" };
  return { key, name, alternateNames: [], ...dates, biography: "", workCount: 0 };
}

async function headingSuggestions(
  run: SearchRun,
  kind: "series" | "subject",
  named: readonly NameRecord[],
): Promise<Suggestion[]> {
  const headings = named.map(({ key }): Expression => ({ kind: "value", field: kind, value: key }));
  await run.vocabulary.load({ keys: headings });
  const suggestions: Suggestion[] = [];
  for (const [place, { text }] of named.entries()) {
    const heading = headings[place];
    const workCount = heading === undefined ? 0 : await headingCount(run, heading);
    const query = operator(kind, text);
    suggestions.push({ kind, text, query, highlights: [], title: text, workCount });
  }
  return suggestions;
}

function operator(kind: SuggestionKind, text: string): string {
  return `${kind}:"${text.replaceAll('"', "")}"`;
}

async function headingCount(run: SearchRun, heading: Expression): Promise<number> {
  const known = run.vocabulary.keyCount(heading);
  if (known !== undefined) {
    return known;
  }
  const walk = { expression: heading, limit: MAX_COUNTED };
  return (await run.index.walk(walk, run.effort)).length;
}

function highlights(text: string, tokens: readonly string[]): TextSpan[] {
  const last = tokens.at(-1) ?? "";
  return foldWithSpans(text).flatMap(({ token, start, end }) => {
    if (tokens.includes(token)) {
      return [{ start, end }];
    }
    if (!token.startsWith(last)) {
      return [];
    }
    return [{ start, end: Math.min(end, start + last.length) }];
  });
}
