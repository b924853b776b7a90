/** A family name alone, in another transliteration than the books that people read have ("tolstoi"). */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { isContentWord } from "../understand/word-properties.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";

/** Shorter words sound like too many others. */
const MIN_LETTERS = 5;
/** The most read books are enough. */
const LIMIT = 40;

/** Searches names that sound like the only word about the book. @returns true if any was found. */
export async function searchFamilyName(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
): Promise<boolean> {
  const [word, ...others] = words.filter(isContentWord);
  if (word === undefined || others.length > 0 || word.token.length < MIN_LETTERS) {
    return false;
  }
  const sound = await reader.soundAlikes(word);
  if (sound === undefined) {
    return false;
  }
  const [result] = await candidates.run([{ name: "family_name", parts: [sound], limit: LIMIT }]);
  return (result?.found ?? 0) > 0;
}
