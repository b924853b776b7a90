/**
 * Identifiers in whatever was typed, pasted or scanned: ISBNs with any dirt, library numbers, Open
 * Library keys, links. Numbers that belong to a title ("1984", "2001", a telephone number) are left
 * alone: without a label, only figures that have an ISBN's shape count, and unless they are all that
 * was typed their check digit must hold.
 */
import type { IdentifierType } from "../catalog.ts";
import { isbn13From10, isValidIsbn10, isValidIsbn13, nearestIsbns } from "./isbn.ts";
import { openLibraryKey, readLink } from "./links.ts";
import { normaliseLccn, normaliseOclc } from "./numbers.ts";
import { plainText } from "./plain-text.ts";

export type FoundIdentifier = {
  type: IdentifierType;
  /** In its normal form; ISBNs as ISBN-13. A mistyped ISBN: the digits as typed. */
  text: string;
  /** In Unicode code points of the query, with label, binding and price. */
  start: number;
  end: number;
  /** False if the check digit is wrong, or there are too few digits or too many. */
  valid: boolean;
  /** Valid ISBN-13s that it may have been, likeliest first; at most 13. Empty if it is valid. */
  proposals: string[];
};

/** More than a page of pasted numbers has no use. */
const maxIdentifiers = 1000;
/** Longer text is no query; the rest is not looked at. */
const maxLength = 100_000;

const gap = "[-_ .]{0,3}";
const label = "(?:urn:)?i?sbn(?:[- ]?1[03])?[\\s:#=.]*";
const thirteen = `9[- ]?7[89](?:${gap}[0-9]){10}`;
const ten = `[0-9](?:${gap}[0-9]){8}${gap}[0-9x]`;
/** Binding and price, as they follow an ISBN in catalogues. */
const tail =
  /^(?: ?\((?:pbk|hbk|hc|pb|hb|hard|paper|soft|cloth|bound|alk|acid|lib|set|v\.|vol|e-?book|electronic|print|trade|mass)[^()]{0,40}\))?(?: ?[:;]? ?[$¤] ?[0-9]{1,4}(?:[.,][0-9]{2})?(?![0-9]))?/;

type Candidate = Omit<FoundIdentifier, "start" | "end">;
type Rule = {
  pattern: RegExp;
  read: (match: RegExpExecArray, text: string) => Candidate | undefined;
};

/** Stands for what has been taken; no pattern matches it. */
const hidden = "\u0001";

/** Tried in this order at every place; what one has taken is hidden from those after it. */
const rules: Rule[] = [
  {
    pattern:
      /(?:https?:\/\/|www\.)[^\s<>"]{1,2000}|(?<![a-z0-9.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}\/[^\s<>"]{1,2000}/g,
    read: ([link]) => certain(readLink(link)),
  },
  {
    pattern: /(?<![a-z0-9])\/?(?:works\/|books\/|authors\/)?(ol[1-9][0-9]{0,9}[wma])(?![a-z0-9])/g,
    read: ([, key = ""]) => certain(openLibraryKey(key)),
  },
  {
    pattern: /(?<![a-z0-9])lccn[\s:#]*([a-z]{0,3} ?[0-9]{2,4} ?-?[0-9]{1,8})(?![a-z0-9])/g,
    read: ([, number = ""]) => library("lccn", normaliseLccn(number)),
  },
  {
    pattern:
      /(?:\(ocolc\) ?(?:ocm|ocn|on)?|(?<![a-z0-9])(?:oclc[\s:#]*(?:no\.?|number)?[\s:#]*(?:ocm|ocn|on)?|oc[mn]|on(?=[0-9]{10})))([0-9]{1,12})(?![a-z0-9])/g,
    read: ([, number = ""]) => library("oclc", normaliseOclc(number)),
  },
  {
    pattern: /(?<![a-z0-9])goodreads(?: ?id)?[\s:#]+([1-9][0-9]{0,11})(?![a-z0-9])/g,
    read: ([, text = ""]) => certain({ type: "goodreads", text }),
  },
  {
    pattern: /(?<![a-z0-9])(?:asin|amazon)[\s:#]+(b0[a-z0-9]{8})(?![a-z0-9])/g,
    read: ([, asin = ""]) => certain({ type: "amazon", text: asin.toUpperCase() }),
  },
  {
    pattern: new RegExp(
      `(?<![a-z])${label}(${thirteen}|${ten}|[0-9](?:${gap}[0-9]){8})(?![0-9a-z])`,
      "g",
    ),
    read: ([, digits = ""]) => isbn(digits, true),
  },
  // What a scanner sends: symbology "]E0", GTIN-14 "0978…", the price behind the bar code.
  {
    pattern:
      /(?:\][a-z][0-9]|\(01\)|(?<![0-9]|[a-z0-9][a-z])(?:01)?)0{0,2}(97[89][0-9]{10})(?:[+ ]?[0-9]{5}|[+ ]?[0-9]{2})?(?![0-9a-z])/g,
    read: ([whole, digits = ""]) =>
      whole === digits || isValidIsbn13(digits) ? isbn(digits, true) : undefined,
  },
  {
    pattern: new RegExp(`(?<![0-9]|[a-z0-9][a-z])${thirteen}(?![0-9a-z])`, "g"),
    read: ([digits]) => isbn(digits, true),
  },
  {
    pattern: new RegExp(`(?<![a-z0-9]|[0-9][-.])${ten}(?![a-z0-9])`, "g"),
    read: ([digits], text) => {
      const isAll = text.trim() === digits;
      const hasShape =
        /^[0-9]{9}[0-9x]$/.test(digits) || /^(?:[0-9]+[-_ .]){2,3}[0-9x]$/.test(digits);
      return hasShape || isAll
        ? isbn(digits, isAll && !/^[0-9]{3}[-. ][0-9]{3}/.test(digits))
        : undefined;
    },
  },
  // Thirteen figures and nothing else: a misread prefix.
  { pattern: /^ *[0-9]{13} *$/g, read: ([digits]) => isbn(digits, true) },
  // Figures too few or too many, where a label, the prefix or nothing else says that an ISBN was meant.
  {
    pattern: new RegExp(`(?<![a-z])${label}([0-9](?:-?[0-9x]){4,17})(?![0-9a-z])`, "g"),
    read: ([, digits = ""]) => mistyped(digits),
  },
  {
    pattern: new RegExp(
      `(?<![0-9]|[0-9][-.]|[a-z0-9][a-z])97[89](?:${gap}[0-9]){8,11}(?![0-9a-z])`,
      "g",
    ),
    read: ([digits]) => mistyped(digits),
  },
  { pattern: /^ *(?:[0-9]{9}|[0-9]{11,12}|[0-9]{14}) *$/g, read: ([digits]) => mistyped(digits) },
];

function certain(found: { type: IdentifierType; text: string } | undefined): Candidate | undefined {
  return found === undefined ? undefined : { ...found, valid: true, proposals: [] };
}

function library(type: "lccn" | "oclc", text: string | undefined): Candidate | undefined {
  return text === undefined ? undefined : { type, text, valid: true, proposals: [] };
}

/** @param acceptsInvalid whether it counts with a wrong check digit, too. */
function isbn(source: string, acceptsInvalid: boolean): Candidate | undefined {
  const digits = figuresOf(source);
  const full = digits.length === 9 ? `0${digits}` : digits;
  const isValid = full.length === 10 ? isValidIsbn10(full) : isValidIsbn13(full);
  if (isValid) {
    const text = full.length === 10 ? isbn13From10(full) : full;
    return { type: "isbn13", text, valid: true, proposals: [] };
  }
  if (!acceptsInvalid) {
    return undefined;
  }
  return { type: "isbn13", text: digits, valid: false, proposals: nearestIsbns(full) };
}

/** An ISBN of which a digit is missing or too many. */
function mistyped(source: string): Candidate {
  const text = figuresOf(source);
  return { type: "isbn13", text, valid: false, proposals: nearestIsbns(text) };
}

function figuresOf(source: string): string {
  return source.toUpperCase().replace(/[^0-9X]/g, "");
}

/** The identifiers in a text, in the order in which they stand; they do not overlap. */
export function findIdentifiers(query: string): FoundIdentifier[] {
  if (!/\p{Nd}/u.test(query)) {
    return [];
  }
  let text = plainText(query.slice(0, maxLength));
  const found: FoundIdentifier[] = [];
  for (const { pattern, read } of rules) {
    const rest: string[] = [];
    let taken = 0;
    for (const match of text.matchAll(pattern)) {
      const candidate = read(match, text);
      if (candidate === undefined || found.length >= maxIdentifiers) {
        continue;
      }
      const start = match.index + match[0].length - match[0].trimStart().length;
      let end = match.index + match[0].trimEnd().length;
      if (candidate.type === "isbn13") {
        end += tail.exec(text.slice(end, end + 80))?.[0].length ?? 0;
      }
      found.push({ ...candidate, start, end });
      rest.push(text.slice(taken, start), hidden.repeat(end - start));
      taken = end;
    }
    if (taken > 0) {
      text = rest.join("") + text.slice(taken);
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/**
 * The ISBN that a field such as `isbn:` was given, right or wrong.
 * @returns undefined if it has not the figures of an ISBN.
 */
export function readIsbn(text: string): Candidate | undefined {
  const digits = plainText(text).replace(/[^0-9x]/g, "");
  return /^(?:[0-9]{13}|[0-9]{8,9}[0-9x])$/.test(digits) ? isbn(digits, true) : undefined;
}
