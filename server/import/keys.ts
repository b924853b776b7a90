/**
 * Open Library keys as numbers. "OL45883W" becomes 45883 × 4 + 0: half a dozen bytes instead of a
 * string, so that tables of tens of millions of keys fit into typed arrays.
 */

/** A key: its digits times 4, plus its kind. Always an integer below 2^34. */
export type PackedKey = number;

export const keyKind = { work: 0, edition: 1, author: 2 } as const;
export type KeyKind = (typeof keyKind)[keyof typeof keyKind];

const letters = ["W", "M", "A"] as const;

/** Digits of a key fit 32 bits (real ones have eight digits today). */
const largestNumber = 0xffff_ffff;

/**
 * Reads a key in any of its written forms: "/works/OL1W", "OL1W", "/a/OL1A", "/books/OL1M/Title".
 * Undefined if there is none or its number is out of range.
 */
export function packKey(text: unknown): PackedKey | undefined {
  if (typeof text !== "string") {
    return undefined;
  }
  let at = text.startsWith("OL") ? 0 : text.indexOf("/OL") + 1;
  if (at === 0 && !text.startsWith("OL")) {
    return undefined;
  }
  at += 2;
  const start = at;
  let number = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) {
      break;
    }
    number = number * 10 + digit;
  }
  if (at === start || number === 0 || number > largestNumber || text.charCodeAt(start) === 48) {
    return undefined;
  }
  const kind = kindOfLetter(text.charCodeAt(at));
  const isWhole = at + 1 === text.length || text.charCodeAt(at + 1) === 47;
  return kind === undefined || !isWhole ? undefined : number * 4 + kind;
}

/** The written form, without a collection in front: "OL45883W". */
export function writeKey(key: PackedKey): string {
  return `OL${numberOf(key)}${letters[key & 3] ?? "?"}`;
}

export function kindOf(key: PackedKey): KeyKind {
  // The two lowest bits hold nothing but a kind: packKey() is the only source of keys.
  return (key % 4) as KeyKind;
}

export function numberOf(key: PackedKey): number {
  return Math.floor(key / 4);
}

function kindOfLetter(code: number): KeyKind | undefined {
  if (code === 87) {
    return keyKind.work;
  }
  if (code === 77) {
    return keyKind.edition;
  }
  if (code === 65) {
    return keyKind.author;
  }
  return undefined;
}
