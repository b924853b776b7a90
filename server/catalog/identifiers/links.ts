/** What a link to a page about a book says about the book: patterns over the links people paste. */
import type { IdentifierType } from "../catalog.ts";
import { cleanIsbn, isbn13From10, isValidIsbn10 } from "./isbn.ts";
import { normaliseLccn } from "./numbers.ts";

export type LinkIdentifier = { type: IdentifierType; text: string };

const openLibraryTypes = new Map<string, IdentifierType>([
  ["w", "work_key"],
  ["m", "edition_key"],
  ["a", "author_key"],
]);

/** An Open Library key; undefined if the letter at its end is none of W, M, A. */
export function openLibraryKey(text: string): LinkIdentifier | undefined {
  const key = /^ol([1-9][0-9]{0,9})([wma])$/i.exec(text);
  const type = openLibraryTypes.get(key?.[2]?.toLowerCase() ?? "");
  return key === null || type === undefined ? undefined : { type, text: text.toUpperCase() };
}

type LinkPattern = { pattern: RegExp; read: (value: string) => LinkIdentifier | undefined };

const isbn = (value: string): LinkIdentifier | undefined => {
  const text = cleanIsbn(value);
  return text === undefined ? undefined : { type: "isbn13", text };
};

/** Tried in this order on the lower-cased link; the first group is the value. */
const linkPatterns: LinkPattern[] = [
  {
    pattern: /openlibrary\.org\/(?:works|books|authors|w|b|a)\/(ol[0-9]+[wma])/,
    read: openLibraryKey,
  },
  {
    pattern: /goodreads\.com\/(?:[a-z-]{2,5}\/)?book\/show\/([0-9]{1,12})/,
    read: (text) => ({ type: "goodreads", text: String(Number(text)) }),
  },
  {
    pattern:
      /(?:amazon|amzn)\.[a-z.]+\/(?:.*?\/)?(?:dp|gp\/product|gp\/aw\/d|exec\/obidos\/asin|o\/asin|product-reviews|d)\/(?:product\/)?([a-z0-9]{10})(?![a-z0-9])/,
    read: (value) => {
      const asin = value.toUpperCase();
      return isValidIsbn10(asin)
        ? { type: "isbn13", text: isbn13From10(asin) }
        : { type: "amazon", text: asin };
    },
  },
  {
    pattern: /worldcat\.org\/(?:[^?#]*\/)?(?:oclc|title)\/([0-9]{1,12})(?![0-9])/,
    read: (text) => ({ type: "oclc", text: String(Number(text)) }),
  },
  {
    pattern: /lccn\.loc\.gov\/([a-z]{0,3}[0-9-]{8,12})/,
    read: (value) => {
      const text = normaliseLccn(value);
      return text === undefined ? undefined : { type: "lccn", text };
    },
  },
  { pattern: /isbn(?:1[03])?(?:[:=/_-]|%3a|%3d){0,4}([0-9-]{9,17}x?)/, read: isbn },
  { pattern: /(?<![0-9])(97[89][0-9-]{10,14})(?![0-9])/, read: isbn },
];

/** @param link lower-cased. @returns undefined if it names no book that we could know. */
export function readLink(link: string): LinkIdentifier | undefined {
  for (const { pattern, read } of linkPatterns) {
    const value = pattern.exec(link)?.[1];
    const found = value === undefined ? undefined : read(value);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
