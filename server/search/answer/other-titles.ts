import type { MatchReason } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { COMPARED_EDITIONS, type EditionList } from "../index-port.ts";

/** A text as words; the titles of popular books are read again and again. */
export const wordsOf: (text: string) => string = memoise(
  (text) => foldTokens(text).join(" "),
  8_192,
);

/** Where a text that has the words of a query comes from. */
export type Source = Pick<MatchReason, "field" | "text" | "editionKey" | "language">;

const LOWER_CASE = 0x20;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

/** Answers that are remembered of one work: it has few titles, but may be asked for others. */
const MAX_REMEMBERED = 16;

/** A title as it was matched: its words, or else the keys that the index found it by. */
export type MatchedTitle = { words: string; keys: ReadonlySet<string> };

/** True if a title reads like the one that was matched. */
export function readsLike(text: string, { words, keys }: MatchedTitle): boolean {
  if (keys.size > 0) {
    return titleKeys(text).some((key) => keys.has(key));
  }
  return mayBegin(text, words) && wordsOf(text) === words;
}

/** False if a text begins with another Latin letter than the words do. Far cheaper than folding it. */
function mayBegin(text: string, words: string): boolean {
  const code = text.charCodeAt(0) | LOWER_CASE;
  return code < LETTER_A || code > LETTER_Z || code === words.charCodeAt(0);
}

/** While somebody types, most results were those of the letter before. */
const remembered = new WeakMap<Work, OtherTitles>();

/** The titles of a work's editions; remembered as long as the record of the work is. */
export function otherTitlesOf(work: Work): OtherTitles {
  const known = remembered.get(work) ?? new OtherTitles(work);
  remembered.set(work, known);
  return known;
}

/** The titles of a work's editions, and which of them was matched. */
export class OtherTitles {
  #work: Work;
  #known = new Map<string, Source | undefined>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** The first that reads like the one that was matched; undefined if none does. */
  find(matched: MatchedTitle, editions: EditionList): Source | undefined {
    const name = matched.keys.size > 0 ? [...matched.keys].join("\n") : matched.words;
    if (this.#known.has(name)) {
      return this.#known.get(name);
    }
    const source = this.#inRecord(matched, editions) ?? inEditions(matched, editions);
    if (this.#known.size < MAX_REMEMBERED) {
      this.#known.set(name, source);
    }
    return source;
  }

  /** Most variants stand in the work's record; to parse all its editions would take longer. */
  #inRecord(matched: MatchedTitle, editions: EditionList): Source | undefined {
    for (const { title, language } of this.#work.otherTitles) {
      if (!readsLike(title, matched)) {
        continue;
      }
      const editionKey = editions.withTitle(title)?.key ?? "";
      return { field: "otherTitle", text: title, editionKey, language };
    }
    return undefined;
  }
}

function inEditions(matched: MatchedTitle, editions: EditionList): Source | undefined {
  for (const { key, title, subtitle, languages } of editions.titles(COMPARED_EDITIONS)) {
    const text = joinTitle({ title, subtitle });
    if (!readsLike(text, matched)) {
      continue;
    }
    return { field: "otherTitle", text, editionKey: key, language: languages[0] ?? "" };
  }
  return undefined;
}

/** Title and subtitle, as they are read. */
export function joinTitle(record: { title: string; subtitle: string }): string {
  return record.subtitle === "" ? record.title : `${record.title}: ${record.subtitle}`;
}
