/** Subjects, publishers and series of an entry: the headings among its words, each folded once. */
import type { Edition, Work } from "#server/catalog/records.ts";
import { isAscii } from "#server/catalog/text/ascii.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import { distinct, memoise } from "#server/catalog/text/text-hash.ts";
import { publisherToken, seriesToken, subjectToken } from "./key-tokens.ts";

const MAX_TOPICS = 80;

const MAX_PUBLISHERS = 40;

/** How many different headings, publishers … a worker remembers what it folded them to. */
export const REMEMBERED = 32_768;

export type FoldedText = { tokens: readonly string[]; text: string; key: string };

/** What headings and publishers are folded to: the same few are on most works. */
export const foldTopic = memoise<FoldedText>((topic) => folded(topic, subjectToken), REMEMBERED);

export const foldPublisher = memoise<FoldedText>(
  (name) => folded(name, publisherToken),
  REMEMBERED,
);

export const foldSeries = memoise<FoldedText>((title) => folded(title, seriesToken), REMEMBERED);

function folded(text: string, tokenOf: (squashed: string) => string): FoldedText {
  const tokens = foldTokens(text);
  // Words and tokens differ in scripts without spaces only.
  const isPlain = tokens.length > 0 && isAscii(text);
  const squashed = isPlain ? tokens.join("") : squash(text);
  return { tokens, text: tokens.join(" "), key: tokenOf(squashed) };
}

export function topicsOf(work: Work): string[] {
  const { people, places, times, subjects } = work;
  const count = people.length + places.length + times.length + subjects.length;
  if (count === subjects.length && count <= MAX_TOPICS) {
    return subjects;
  }
  return [...people, ...places, ...times, ...subjects].slice(0, MAX_TOPICS);
}

export function publishersOf(editions: Edition[]): string[] {
  const names: string[] = [];
  for (const edition of editions) {
    names.push(...edition.publishers);
  }
  return distinct(names).slice(0, MAX_PUBLISHERS);
}

export function wordsOf(headings: readonly FoldedText[]): string {
  const [first] = headings;
  if (first === undefined) {
    return "";
  }
  let words = first.text;
  for (let index = 1; index < headings.length; index++) {
    words += ` ${headings[index]?.text}`;
  }
  return words;
}
