/** What is searched where no book has every word: fewer of them. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { rarestWords } from "../understand/rarest-words.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";
import { ofContentWords, type WordLane, type WordLanes } from "./word-lanes.ts";

const RELAXED_LIMIT = 30;
const ANY_LIMIT = 30;
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
): Promise<void> {
  if (words.length < 2) {
    return;
  }
  const isUnknown = ({ workCount }: QueryWord) => workCount === 0;
  await reader.loadFuzzy(words.filter(isUnknown));
  const lanes = rarestWords(words, MAX_DROPPED).map(
    ({ index: left }): WordLane => ({
      name: "word_dropped",
      search: (word, index) => {
        if (index === left) {
          return undefined;
        }
        return isUnknown(word) ? reader.fuzzy(word) : reader.typed(word);
      },
      limit: RELAXED_LIMIT,
    }),
  );
  await wordLanes.runAll(lanes.map(ofContentWords), true);
}

/** The rarest words, two together, then each alone. */
export async function searchAnyWords(
  words: readonly QueryWord[],
  reader: WordReader,
  wordLanes: WordLanes,
  candidates: Candidates,
): Promise<void> {
  const rarest = rarestWords(words, words.length)
    .filter(({ word }) => word.token.length > 1 && mayBeFound(word))
    .slice(0, words.some(({ token }) => isLatin(token)) ? MAX_RAREST : MAX_RAREST_PAIRS);
  await reader.loadFuzzy(rarest.map(({ word }) => word));
  const laneOf = (wanted: readonly number[]): WordLane => ({
    name: "any_words",
    search: (word, index) => (wanted.includes(index) ? reader.fuzzy(word) : undefined),
    limit: ANY_LIMIT,
  });
  const pairs = rarest.flatMap((one, position) =>
    rarest.slice(position + 1).map((other) => laneOf([one.index, other.index])),
  );
  const results = await wordLanes.runAll(pairs, true);
  if (results.length < pairs.length || candidates.byId.size > 0) {
    return;
  }
  await wordLanes.runAll(rarest.map(({ index }) => laneOf([index])));
}

/** The rarest words that books have, each alone. */
export async function searchSingleWords(
  words: readonly QueryWord[],
  wordLanes: WordLanes,
  reader: WordReader,
): Promise<void> {
  const known = words.filter(({ token, workCount }) => workCount > 0 && token.length > 1);
  const lanes = rarestWords(known, MAX_RAREST).map(
    ({ word: wanted }): WordLane => ({
      name: "any_words",
      search: (word) => (word.token === wanted.token ? reader.typed(word) : undefined),
      limit: ANY_LIMIT,
    }),
  );
  await wordLanes.runAll(lanes);
}

/** An unknown word may be misspelt; pairs of characters have no letters to mistake. */
function mayBeFound({ token, workCount }: QueryWord): boolean {
  return workCount > 0 || isLatin(token);
}

function isLatin(token: string): boolean {
  return /^[a-z0-9]+$/.test(token);
}
