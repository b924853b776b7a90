/**
 * Words that are written as one by some and in parts by others: "Lift-the-Flap", "Spider-Man",
 * "Catch-22", "l'étranger", "J. R. R.". Folding takes them apart; an index adds these joined forms, so
 * that "liftheflap", "spiderman", "catch22", "letranger" and "jrr" find them too.
 */

import { elisions, maxElisionLength } from "./elisions.ts";
import { foldWords } from "./fold.ts";

/** Words with hyphens or apostrophes inside; initials with dots, with or without spaces. */
const compounds =
  /[\p{L}\p{N}\p{M}]+(?:['’ʼ‐‑‒–\u200c/-][\p{L}\p{N}\p{M}]+)+|(?<![\p{L}\p{N}])\p{L}(?:\.\s*\p{L}(?![\p{L}\p{N}\p{M}'’]))+/gu;

const maxParts = 6;
const maxLength = 40;

const elision = /^\p{L}+['’ʼ](?=\p{L})/u;

/** Joined forms of the compounds in a text; without those that `foldTokens` already yields. */
export function compoundTokens(text: string): string[] {
  return joinedIn(text, (compound) => compound);
}

/**
 * As `compoundTokens`, but without elided words: "d'une" is no word "dune". What follows them may be a
 * compound ("l'arc-en-ciel").
 */
export function unelidedCompounds(text: string): string[] {
  return joinedIn(text, (compound) =>
    isElided(compound) ? compound.replace(elision, "") : compound,
  );
}

/** Joined forms of the elided words in a text: "letranger", "dune". */
export function elidedCompounds(text: string): string[] {
  return joinedIn(text, (compound) => (isElided(compound) ? compound : ""));
}

/** True for a word that may be one of `elidedCompounds`. */
export function mayBeElided(token: string): boolean {
  return elidedCut(token) !== undefined;
}

/** The elided word and the next of which a word may be made, joined; undefined if it can't be. */
export function elidedCut(token: string): [elided: string, next: string] | undefined {
  for (let length = 1; length <= maxElisionLength && length < token.length; length++) {
    const elided = token.slice(0, length);
    if (/[aeiouh]/.test(token.charAt(length)) && elisions.has(elided)) {
      return [elided, token.slice(length)];
    }
  }
  return undefined;
}

/** True if a compound begins with an elided word that folding takes apart; not for "O'Brien". */
function isElided(compound: string): boolean {
  const elided = elision.exec(compound)?.[0];
  if (elided === undefined) {
    return false;
  }
  return foldWords(compound)[0] === foldWords(elided)[0];
}

function joinedIn(text: string, partOf: (compound: string) => string): string[] {
  if (!/['’ʼ‐‑‒–\u200c/.-]/.test(text)) {
    return [];
  }
  const tokens = new Set<string>();
  for (const [compound] of text.normalize("NFC").matchAll(compounds)) {
    const parts = foldWords(partOf(compound));
    if (parts.length < 2 || parts.length > maxParts) {
      continue;
    }
    const joined = parts.join("");
    if (joined.length <= maxLength && /^[a-z0-9]+$/.test(joined)) {
      tokens.add(joined);
    }
  }
  return [...tokens];
}
