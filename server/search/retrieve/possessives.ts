/**
 * Names and the s of a possessive: one that was left out though books have it ("gulliver", "schindler
 * list"), and one that was typed without its apostrophe ("orwells 1984", "jane austens books").
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { isBy } from "#server/catalog/ranking/names.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { UNREAD_POPULARITY } from "#server/catalog/ranking/weights.ts";
import { isContentWord } from "../understand/word-properties.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";
import type { Readings } from "./readings.ts";
import { inNames } from "./word-lanes.ts";

/** Titles of more words are told apart by the others. */
const MAX_POSSESSIVE_WORDS = 2;
const MAX_OWNED_WORDS = 6;
const MIN_LETTERS = 5;
/** The most read are enough. */
const LIMIT = 12;
const OWNED_LIMIT = 40;
/** A name alone is in so many times more books without its s: "kings" and "birds" are words themselves. */
const NAME_RATIO = 7;

/** Searches words with an s behind them; readings that find something are added. @returns true if any was. */
export async function searchPossessives(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
  readings: Readings,
): Promise<boolean> {
  if (words.length > MAX_POSSESSIVE_WORDS) {
    return false;
  }
  const names = words.filter(({ token }) => token.length >= MIN_LETTERS && !token.endsWith("s"));
  const forms = await reader.inForms(names, ({ token }) => `${token}s`);
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

/**
 * Searches words without the s at their end, as the family names of authors whose books people read;
 * readings that find such a book are added. @returns true if any was.
 */
export async function searchOwners(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
  readings: Readings,
): Promise<boolean> {
  const content = words.filter(isContentWord);
  if (words.length < 2 || content.length > MAX_OWNED_WORDS) {
    return false;
  }
  const owners = content.filter(({ token }) => token.length >= MIN_LETTERS && token.endsWith("s"));
  const forms = await reader.inForms(owners, ({ token }) => token.slice(0, -1));
  let isAny = false;
  for (const [owner, name] of forms) {
    if (content.length === 1 && name.workCount < NAME_RATIO * owner.workCount) {
      continue;
    }
    const reading = words.with(words.indexOf(owner), name);
    const parts = reading.filter(isContentWord).map((word) => {
      const { expression, workCount } = reader.typed(word);
      return { expression: inNames(expression), workCount };
    });
    let isFound = false;
    const isPromising = (book: IndexedBook) => {
      const isTheirs = book.popularity >= UNREAD_POPULARITY && isBy(book, [name.token]);
      isFound ||= isTheirs;
      return isTheirs;
    };
    await candidates.run([{ name: "owner", parts, limit: OWNED_LIMIT, isPromising }]);
    if (isFound) {
      readings.add(reading);
      isAny = true;
    }
  }
  return isAny;
}
