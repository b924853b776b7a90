/** The exact things by which an entry is found, beside its words. */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Edition, Work } from "#server/catalog/records.ts";
import { hash53 } from "#server/catalog/text/hash53.ts";
import {
  acronymToken,
  authorToken,
  demotedToken,
  languageToken,
  ratedToken,
  yearTokens,
} from "./key-tokens.ts";

/** The token under which `identifiers` holds an identifier of a type ("isbn13", "lccn" …). */
export function identifierToken(type: string, text: string): string {
  const token = (type + text).toLowerCase();
  return /[^a-z0-9]/.test(token) ? token.replace(/[^a-z0-9]/g, "") : token;
}

/** Exact tokens of an entry, see key-tokens.ts; some may be there twice. */
export function keyTokens(
  entry: CatalogueEntry,
  folded: {
    titles: readonly { keys: readonly string[] }[];
    names: readonly { romans: readonly string[] }[];
    headings: readonly (readonly { key: string }[])[];
    series: readonly { key: string }[];
    acronyms: readonly string[];
  },
): string[] {
  const { work, editions } = entry;
  const keys: string[] = [];
  for (const title of folded.titles) {
    keys.push(...title.keys);
  }
  for (const author of work.authors) {
    addDefined(keys, authorToken(author.key));
  }
  for (const code of languagesOf(work, editions)) {
    addDefined(keys, languageToken(code));
  }
  keys.push(...yearTokens(work.firstPublished.year));
  for (const list of folded.headings) {
    for (const { key } of list) {
      keys.push(key);
    }
  }
  for (const { key } of folded.series) {
    keys.push(key);
  }
  for (const { romans } of folded.names) {
    keys.push(...romans);
  }
  for (const letters of folded.acronyms) {
    keys.push(acronymToken(letters));
  }
  if (work.demotion !== "none") {
    keys.push(demotedToken);
  }
  if (work.rating.count > 0) {
    keys.push(ratedToken);
  }
  return keys;
}

function languagesOf(work: Work, editions: readonly Edition[]): Iterable<string> {
  const codes = new Set(work.languages);
  for (const edition of editions) {
    for (const code of edition.languages) {
      codes.add(code);
    }
  }
  return codes;
}

/** What `identifiers` holds for an entry: keys and numbers of the work and its editions. */
export function identifierTokens(entry: CatalogueEntry): string[] {
  const { work, editions } = entry;
  const ids = [identifierToken("", work.key)];
  const addAll = (type: string, texts: readonly string[]): void => {
    for (const text of texts) {
      ids.push(identifierToken(type, text));
    }
  };
  addAll("", entry.formerKeys);
  // Of one of the editions, unless somebody edited it here.
  if (work.isbn13 !== "" && work.isbn13 !== editions[0]?.isbn13[0]) {
    addAll("isbn13", [work.isbn13]);
  }
  for (const edition of editions) {
    ids.push(identifierToken("", edition.key));
    addAll("isbn13", edition.isbn13);
    addAll("lccn", edition.lccn);
    addAll("oclc", edition.oclc);
    addAll("", edition.otherIds);
  }
  return ids;
}

/** Works of one group have the same title and the same main author (or no author and one year). */
export function duplicateGroup(
  work: Work,
  squashedTitle: string,
  authorWords: string | undefined,
): number {
  const by = authorWords === undefined ? `year ${work.firstPublished.year}` : authorWords;
  return hash53(`${squashedTitle} by ${by}`);
}

function addDefined(keys: string[], key: string | undefined): void {
  if (key !== undefined) {
    keys.push(key);
  }
}
