/**
 * Prepared entries on their way through the sorted runs. Two threads index them, one the words, one
 * the rest, and neither should decode what is the other's; and the documents are JSON already, which
 * inside of JSON would have to be escaped and unescaped.
 *
 *     words, joined by U+0001 | U+0002 | work | U+0002 | editions | U+0002 | JSON of the rest
 *
 * Neither folded words nor JSON hold control characters.
 */

import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import type { Words } from "#server/sqlite/insert-words.ts";
import { partSeparatorCode } from "./runs.ts";

const wordSeparator = "\u0001";
const partSeparator = String.fromCharCode(partSeparatorCode);

/** An entry without its words. */
export type EntryRest = Omit<PreparedEntry, "words">;

/** The parts of an entry, for a run. */
export function packEntry({ words, work, editions, ...rest }: PreparedEntry): string[] {
  return [words.join(wordSeparator), work, editions, JSON.stringify(rest)];
}

export function unpackWords(payload: Buffer): Words {
  const text = payload.toString("utf8", 0, payload.indexOf(partSeparatorCode));
  // packEntry() joined as many columns as there are.
  return text.split(wordSeparator) as Words;
}

export function unpackRest(payload: Buffer): EntryRest {
  const text = payload.toString("utf8", payload.indexOf(partSeparatorCode) + 1);
  const [work = "", editions = "", json = ""] = text.split(partSeparator);
  // packEntry() wrote the rest of a PreparedEntry.
  const rest = JSON.parse(json) as Omit<EntryRest, "work" | "editions">;
  return { ...rest, work, editions };
}
