/**
 * Words that are written as one by some and in parts by others: "Lift-the-Flap", "Spider-Man",
 * "Catch-22", "l'étranger", "J. R. R.". Folding takes them apart; an index adds these joined forms, so
 * that "liftheflap", "spiderman", "catch22", "letranger" and "jrr" find them too.
 */
import { foldWords } from "./fold.ts";

/** Words with hyphens or apostrophes inside; initials with dots, with or without spaces. */
const compounds =
  /[\p{L}\p{N}\p{M}]+(?:['’ʼ‐‑‒–\u200c/-][\p{L}\p{N}\p{M}]+)+|(?<![\p{L}\p{N}])\p{L}(?:\.\s*\p{L}(?![\p{L}\p{N}\p{M}'’]))+/gu;

const maxParts = 6;
const maxLength = 40;

/** Joined forms of the compounds in a text; without those that `foldTokens` already yields. */
export function compoundTokens(text: string): string[] {
  if (!/['’ʼ‐‑‒–\u200c/.-]/.test(text)) return [];
  const tokens = new Set<string>();
  for (const [compound] of text.normalize("NFC").matchAll(compounds)) {
    const parts = foldWords(compound);
    if (parts.length < 2 || parts.length > maxParts) continue;
    const joined = parts.join("");
    if (joined.length <= maxLength && /^[a-z0-9]+$/.test(joined)) tokens.add(joined);
  }
  return [...tokens];
}
