/** "gulliver", "schindler list": names that books have with an s, where nobody reads the books that have them without. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";
import type { Readings } from "./readings.ts";

/** Titles of more words are told apart by the others. */
export const MAX_POSSESSIVE_WORDS = 2;
const MIN_LETTERS = 5;
/** The most read are enough. */
const LIMIT = 12;

/** Searches words with an s behind them; readings that find something are added. @returns true if any was. */
export async function searchPossessives(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
  readings: Readings,
): Promise<boolean> {
  const names = words.filter(({ token }) => token.length >= MIN_LETTERS && !token.endsWith("s"));
  const forms = await reader.possessives(names);
  const tried = names.flatMap((name) => {
    const form = forms.get(name);
    return form === undefined ? [] : [words.with(words.indexOf(name), form)];
  });
  const results = await candidates.run(
    tried.map((reading) => ({
      name: "possessive",
      parts: reading.map((word) => reader.typed(word)),
      limit: LIMIT,
    })),
  );
  const found = tried.filter((_, index) => (results[index]?.found ?? 0) > 0);
  for (const reading of found) {
    readings.add(reading);
  }
  return found.length > 0;
}
