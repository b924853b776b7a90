/**
 * Subject headings of Open Library hold shelving marks, lending programmes and machine tags beside
 * real subjects: "Accessible book" alone is on 2.5 million works.
 */

import { WordSet } from "#server/catalog/text/text-hash.ts";

const junk = new WordSet([
  "accessible book",
  "protected daisy",
  "in library",
  "lending library",
  "internet archive wishlist",
  "open library staff picks",
  "popular print disabled books",
  "overdrive",
  "ebook",
  "ebooks",
  "e-book",
  "electronic books",
  "electronic book",
  "book",
  "books",
  "livres",
  "general",
  "unknown",
  "none",
  "n/a",
  "no subject",
  "not available",
  "stock",
  "textbooks",
  "openlibrary",
  "open library",
  "internet archive",
  "kindle",
  "large type books",
  "nonfiction/general",
  "specimens",
  "reviewed",
  "long now manual for civilization",
]);

/** Machine tags ("nyt:…", "award:…", "collectionid:…"), reading levels, bare numbers, call numbers. */
const junkShape =
  /^(?:nyt|award|collectionid|local|urn|bisacsh|bisac|fast|lcsh|genre|place|person|time|subject|source|lexile|serie|tag)\s?:|^reading level|^new york times|^\d[\d\s.,/-]*$|^[^\p{L}\p{N}]*$|^https?:|_=|=/iu;
const seriesTag = /^series\s?:\s?(.+)$/iu;
const librarySuffix = /\s*\((?:OCoLC)\)?fst\d+$/iu;

/** Real headings, in their order, without repetitions that differ in case or a closing full stop only. */
export function cleanSubjects(headings: readonly string[], limit: number): string[] {
  const seen: string[] = [];
  const kept: string[] = [];
  for (const heading of headings) {
    const clean = heading
      .replace(librarySuffix, "")
      .replace(/(?<=\p{L}{3})\.$/u, "")
      .trim();
    const key = clean.toLowerCase();
    if (key.length < 2 || seen.includes(key) || junk.has(key)) {
      continue;
    }
    if (junkShape.test(clean) || seriesTag.test(clean)) {
      continue;
    }
    seen.push(key);
    kept.push(clean);
    if (kept.length === limit) {
      break;
    }
  }
  return kept;
}

/** Series that a work names among its subjects as "series:Discworld" or "serie:…_…". */
export function seriesAmongSubjects(headings: readonly string[]): string[] {
  return headings.flatMap((heading) => {
    const title = seriesTag.exec(heading)?.[1];
    return title === undefined ? [] : [title.replaceAll("_", " ").trim()];
  });
}
