/** What was typed, with one word as names or topics of the catalogue most probably spell it. */
import type { Correction } from "#server/catalog/catalog.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import type { SearchRun } from "./search-run.ts";
import { nearTopic } from "./understand/known-values.ts";

/** A shorter word is too near to too many others. */
const MIN_LETTERS = 4;
/** Words that may be misspelt, the rarest first, and what each may mean. */
const MAX_PLACES = 2;
const MAX_MEANT = 2;

/** Words as a search has corrected them; undefined if it corrected none. */
export function correctedTokens(
  tokens: readonly string[],
  corrections: readonly Correction[],
): string[] | undefined {
  const meant = new Map(
    corrections.map(({ original, corrected }) => [squash(original), foldTokens(corrected)]),
  );
  const isCorrected = tokens.some((token) => meant.has(token));
  return isCorrected ? tokens.flatMap((token) => meant.get(token) ?? [token]) : undefined;
}

type Place = { token: string; place: number };

/** Other readings of some words, the most probable first. */
export async function withoutSlips(run: SearchRun, tokens: readonly string[]): Promise<string[][]> {
  const { vocabulary } = run;
  await vocabulary.load({ words: tokens });
  const places = tokens
    .map((token, place): Place => ({ token, place }))
    .filter(({ token }) => token.length >= MIN_LETTERS)
    .sort((one, other) => vocabulary.count(one.token) - vocabulary.count(other.token))
    .slice(0, MAX_PLACES);
  await vocabulary.load({ alternatives: places.map(({ token }) => token) });
  const asNames = places.map(({ token, place }) => ({
    place,
    words: vocabulary.alternatives(token).map(({ word }) => word),
  }));
  // Words that only topics have are in no table of spellings.
  const asTopics: Meaning[] = [];
  for (const { token, place } of places) {
    const topic = await nearTopic(run, token);
    asTopics.push({ place, words: topic === undefined || topic === token ? [] : [topic] });
  }
  return [...readings(tokens, asNames), ...readings(tokens, asTopics)];
}

/** What a word may mean, the most probable first. */
type Meaning = { place: number; words: readonly string[] };

/** With one word as it was meant; then with all. */
function readings(tokens: readonly string[], meanings: readonly Meaning[]): string[][] {
  const single = meanings.flatMap(({ place, words }) =>
    words.slice(0, MAX_MEANT).map((word) => tokens.with(place, word)),
  );
  const all = [...tokens];
  for (const { place, words } of meanings) {
    all[place] = words[0] ?? all[place] ?? "";
  }
  return meanings.filter(({ words }) => words.length > 0).length > 1 ? [...single, all] : single;
}
