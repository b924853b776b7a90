/** What is searched where no book has every word: fewer of them. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { type Effort, payableCandidates } from "../effort.ts";
import { rarestWords } from "../understand/rarest-words.ts";
import type { WordReader } from "../understand/word-reader.ts";
import { ofContentWords, type WordLane, type WordLanes } from "./word-lanes.ts";

/** Candidates of each lane. */
const LIMIT = 30;
const MAX_DROPPED = 4;
/** The rarest words, of which pairs are searched. */
const MAX_RAREST = 3;
/** The same of pairs of characters, of which two or three are a word or a name. */
const MAX_RAREST_PAIRS = 5;

/** One word left out; the ranking function compares it with what stands there instead. */
export async function searchWithoutOne(
  words: readonly QueryWord[],
  reader: WordReader,
  wordLanes: WordLanes,
  effort: Effort,
): Promise<void> {
  if (words.length < 2) {
    return;
  }
  await reader.loadFuzzy(words.filter(isUnknown));
  const dropped = rarestWords(words, MAX_DROPPED);
  const limit = limitOfEach(dropped.length, words, effort);
  const lanes = dropped.map(
    ({ index: left }): WordLane => ({
      name: "word_dropped",
      search: (word, index) => {
        if (index === left) {
          return undefined;
        }
        return isUnknown(word) ? reader.fuzzy(word) : reader.typed(word);
      },
      limit,
    }),
  );
  await wordLanes.runAll(lanes.map(ofContentWords), true);
}

/** The rarest words, two together. */
export async function searchAnyWords(
  words: readonly QueryWord[],
  reader: WordReader,
  wordLanes: WordLanes,
  effort: Effort,
): Promise<void> {
  const rarest = rarestFound(words);
  await reader.loadFuzzy(rarest.map(({ word }) => word));
  const limit = limitOfEach((rarest.length * (rarest.length - 1)) / 2, words, effort);
  const pairs = rarest.flatMap((one, position) =>
    rarest.slice(position + 1).map(
      (other): WordLane => ({
        name: "any_words",
        search: (word, index) =>
          index === one.index || index === other.index ? reader.fuzzy(word) : undefined,
        limit,
      }),
    ),
  );
  await wordLanes.runAll(pairs, true);
}

/** The rarest words, each alone: those that books have as they are typed. */
export async function searchSingleWords(
  words: readonly QueryWord[],
  reader: WordReader,
  wordLanes: WordLanes,
): Promise<void> {
  const rarest = rarestFound(words);
  await reader.loadFuzzy(rarest.map(({ word }) => word).filter(isUnknown));
  const lanes = rarest.map(
    ({ index: wanted }): WordLane => ({
      name: "any_words",
      search: (word, index) => {
        if (index !== wanted) {
          return undefined;
        }
        return isUnknown(word) ? reader.fuzzy(word) : reader.typed(word);
      },
      limit: LIMIT,
    }),
  );
  await wordLanes.runAll(lanes);
}

/** How many candidates each of some lanes may find, so that all of them can be compared with the query. */
function limitOfEach(laneCount: number, words: readonly QueryWord[], effort: Effort): number {
  return Math.ceil(payableCandidates(effort, words.length, laneCount * LIMIT) / laneCount);
}

/** The rarest words that may be found, with their places. */
function rarestFound(words: readonly QueryWord[]): { word: QueryWord; index: number }[] {
  return rarestWords(words, words.length)
    .filter(({ word }) => word.token.length > 1 && mayBeFound(word))
    .slice(0, words.some(({ token }) => isLatin(token)) ? MAX_RAREST : MAX_RAREST_PAIRS);
}

function isUnknown({ workCount }: QueryWord): boolean {
  return workCount === 0;
}

/** An unknown word may be misspelt; pairs of characters have no letters to mistake. */
function mayBeFound({ token, workCount }: QueryWord): boolean {
  return workCount > 0 || isLatin(token);
}

function isLatin(token: string): boolean {
  return /^[a-z0-9]+$/.test(token);
}
