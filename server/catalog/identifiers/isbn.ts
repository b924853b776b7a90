/**
 * ISBNs: check digits, conversion between the two lengths, and what a mistyped one may have been
 * (ISO 2108; ISBN Users' Manual, 7th edition, appendix 1).
 */

/** Sum of the digits, weighted 1 and 3 in turn, is divisible by ten. @param digits 13 digits. */
export function isValidIsbn13(digits: string): boolean {
  return /^97[89][0-9]{10}$/.test(digits) && checkDigit13(digits) === digits.charAt(12);
}

/** Sum of the digits, weighted 10 to 1, is divisible by eleven. @param digits ten, X for ten. */
export function isValidIsbn10(digits: string): boolean {
  return /^[0-9]{9}[0-9X]$/.test(digits) && checkDigit10(digits) === digits.charAt(9);
}

function checkDigit13(digits: string): string {
  let sum = 0;
  for (let place = 0; place < 12; place++) {
    sum += (digits.charCodeAt(place) - 0x30) * (place % 2 === 0 ? 1 : 3);
  }
  return String((10 - (sum % 10)) % 10);
}

function checkDigit10(digits: string): string {
  let sum = 0;
  for (let place = 0; place < 9; place++) {
    sum += (digits.charCodeAt(place) - 0x30) * (10 - place);
  }
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? "X" : String(digit);
}

/** The ISBN-13 of an ISBN-10; its own check digit is not looked at. @param isbn10 ten characters. */
export function isbn13From10(isbn10: string): string {
  const stem = `978${isbn10.slice(0, 9)}`;
  return stem + checkDigit13(stem);
}

/** The ISBN-10 of an ISBN-13; undefined for those that begin with 979 and have none. */
export function isbn10From13(isbn13: string): string | undefined {
  if (!isbn13.startsWith("978")) {
    return undefined;
  }
  const stem = isbn13.slice(3, 12);
  return stem + checkDigit10(stem);
}

const bareIsbn = /^(?:[0-9]{13}|[0-9]{9}[0-9X])$/;
const figures = /[0-9](?:[\s_.\p{Pd}]*[0-9]){8,}(?:[\s_.\p{Pd}]*[xX](?![a-zA-Z]))?/u;
/** "ISBN-13", whose figures are none of the number's. */
const label = /isbn[\s_:-]*1[03](?=[\s_:.\p{Pd}]+[0-9])/iu;

/**
 * The valid ISBN-13 in a field of a catalogue, whatever stands around its digits: hyphens, spaces,
 * underscores, "ISBN", a binding, a price. @returns undefined if there is none.
 */
export function cleanIsbn(text: string): string | undefined {
  // Most fields of millions hold nothing else.
  if (bareIsbn.test(text)) {
    return isbnFrom(text);
  }
  const source = text.normalize("NFKC").slice(0, 100).replace(label, " ");
  const found = figures.exec(source);
  return found === null ? undefined : isbnFrom(found[0].toUpperCase().replace(/[^0-9X]/g, ""));
}

/** The ISBN-13 of figures that begin with an ISBN. */
function isbnFrom(digits: string): string | undefined {
  if (digits.length >= 13 && isValidIsbn13(digits.slice(0, 13))) {
    return digits.slice(0, 13);
  }
  // A Standard Book Number of the 1960s: an ISBN-10 without its leading zero.
  const ten = digits.length === 9 ? `0${digits}` : digits.slice(0, 10);
  // Zeros stand for "none", though their check digit is right.
  return isValidIsbn10(ten) && !ten.startsWith("0000000000") ? isbn13From10(ten) : undefined;
}

/** A digit that was left out may stand in thirteen places. */
const maxProposals = 13;

/** Digits that are taken for one another by eye, by ear or by neighbouring keys. */
const confusable = new Set(
  "08 80 06 60 17 71 14 41 38 83 35 53 56 65 68 86 69 96 49 94 27 72 89 98 12 21 23 32 34 43 45 54 67 76 78 87 90 09 01 10".split(
    " ",
  ),
);

/**
 * Valid ISBN-13s that differ from mistyped digits in one digit, by one swap of neighbours, or by one
 * digit too few or too many; the likeliest first: swaps, the check digit, doubled digits, digits that
 * are easily confused, any other. At most 13.
 * @param digits 9 to 14 characters; others have no neighbours.
 */
export function nearestIsbns(digits: string): string[] {
  const { length } = digits;
  const found =
    length === 10 || length === 13
      ? changed(digits)
      : length === 9 || length === 12
        ? withOneMore(digits)
        : length === 11 || length === 14
          ? withOneLess(digits)
          : [];
  const isbns = found.map((isbn) => (isbn.length === 10 ? isbn13From10(isbn) : isbn));
  return [...new Set(isbns)].slice(0, maxProposals);
}

function isValid(digits: string): boolean {
  return digits.length === 10 ? isValidIsbn10(digits) : isValidIsbn13(digits);
}

function changed(digits: string): string[] {
  const likely: string[] = [];
  const possible: string[] = [];
  for (let place = 0; place + 1 < digits.length; place++) {
    const swapped =
      digits.slice(0, place) +
      digits.charAt(place + 1) +
      digits.charAt(place) +
      digits.slice(place + 2);
    if (swapped !== digits && isValid(swapped)) {
      likely.push(swapped);
    }
  }
  for (let place = digits.length - 1; place >= 0; place--) {
    for (const digit of "0123456789X") {
      const typed = digits.charAt(place);
      if (digit === typed) {
        continue;
      }
      const other = digits.slice(0, place) + digit + digits.slice(place + 1);
      if (!isValid(other)) {
        continue;
      }
      const isLikely = place === digits.length - 1 || confusable.has(typed + digit);
      (isLikely ? likely : possible).push(other);
    }
  }
  return [...likely, ...possible];
}

/** The check digit was left out, or one of two like digits, or any. */
function withOneMore(digits: string): string[] {
  const likely: string[] = [];
  const possible: string[] = [];
  for (let place = digits.length; place >= 0; place--) {
    for (const digit of "0123456789X") {
      const longer = digits.slice(0, place) + digit + digits.slice(place);
      if (!isValid(longer)) {
        continue;
      }
      const isLikely = place === digits.length || digits.charAt(place) === digit;
      (isLikely ? likely : possible).push(longer);
    }
  }
  return [...likely, ...possible];
}

/** One of two like digits is too many, or any is. */
function withOneLess(digits: string): string[] {
  const likely: string[] = [];
  const possible: string[] = [];
  for (let place = digits.length - 1; place >= 0; place--) {
    const shorter = digits.slice(0, place) + digits.slice(place + 1);
    if (!isValid(shorter)) {
      continue;
    }
    const isLikely = digits.charAt(place) === digits.charAt(place - 1);
    (isLikely ? likely : possible).push(shorter);
  }
  return [...likely, ...possible];
}
