/** The exact things by which an entry is found, beside its words. */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Work } from "#server/catalog/records.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import { romanTitle, romanTokens } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import {
  authorToken,
  demotedToken,
  hash53,
  languageToken,
  ratedToken,
  romanToken,
  seriesToken,
  soundingTitleToken,
  titleToken,
  yearTokens,
} from "./key-tokens.ts";

/** The token under which `identifiers` holds an identifier of a type ("isbn13", "lccn" …). */
export function identifierToken(type: string, text: string): string {
  return `${type}${text}`.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Exact tokens of an entry, see key-tokens.ts. `romans`: names and their words by sound. */
export function keyTokens(
  entry: CatalogueEntry,
  titles: readonly string[],
  romans: Iterable<string>,
  headings: readonly { key: string }[],
  series: readonly [string, string][],
): Set<string> {
  const { work, editions } = entry;
  const keys = new Set<string>();
  for (const title of titles) addTitleKeys(keys, title);
  for (const author of work.authors) addDefined(keys, authorToken(author.key));
  for (const code of work.languages) addDefined(keys, languageToken(code));
  for (const edition of editions) {
    for (const code of edition.languages) addDefined(keys, languageToken(code));
  }
  for (const token of yearTokens(work.firstPublished.year)) keys.add(token);
  for (const { key } of headings) keys.add(key);
  for (const [title] of series) keys.add(seriesToken(squash(title)));
  for (const roman of romans) keys.add(roman);
  if (work.demotion !== "none") keys.add(demotedToken);
  if (work.rating.count > 0) keys.add(ratedToken);
  return keys;
}

/** A title as written, without its "and", and as it sounds where it is not plain Latin. */
function addTitleKeys(keys: Set<string>, title: string): void {
  for (const key of titleKeys(title)) keys.add(titleToken(key));
  if (/&| and /i.test(title)) {
    for (const key of titleKeys(title.replace(/\s*&\s*|\band\b/gi, " "))) keys.add(titleToken(key));
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/[^\x00-\x7f]/.test(title)) {
    const romans = romanTitle(title);
    if (romans.length > 0) keys.add(soundingTitleToken(romans));
    for (const roman of romanTokens(title)) keys.add(romanToken(roman));
  }
}

/** What `identifiers` holds for an entry: keys and numbers of the work and its editions. */
export function identifierTokens(entry: CatalogueEntry): Set<string> {
  const ids = new Set<string>([identifierToken("", entry.work.key)]);
  for (const key of entry.formerKeys) ids.add(identifierToken("", key));
  if (entry.work.isbn13 !== "") ids.add(identifierToken("isbn13", entry.work.isbn13));
  for (const edition of entry.editions) {
    ids.add(identifierToken("", edition.key));
    for (const isbn of edition.isbn13) ids.add(identifierToken("isbn13", isbn));
    for (const lccn of edition.lccn) ids.add(identifierToken("lccn", lccn));
    for (const oclc of edition.oclc) ids.add(identifierToken("oclc", oclc));
    for (const other of edition.otherIds) ids.add(identifierToken("", other));
  }
  return ids;
}

/** Works of one group have the same title and the same main author (or no author and one year). */
export function duplicateGroup(work: Work): number {
  const [author] = work.authors;
  const by =
    author === undefined
      ? `year ${work.firstPublished.year}`
      : foldTokens(author.name).toSorted().join(" ");
  return hash53(`${squash(work.title)} by ${by}`);
}

function addDefined(set: Set<string>, value: string | undefined): void {
  if (value !== undefined) set.add(value);
}
