/**
 * A key of how a word sounds, so that "rackman" and "rackham", "filosofer" and "philosopher" can be
 * compared: first the spellings that English has for one sound, then consonants by where they are
 * spoken, vowels dropped but for the first.
 *
 * After Lawrence Philips, "Hanging on the Metaphone" (Computer Language 7:12, 1990), simplified, with
 * the groups of Gary Mokotoff's and Robert Russell's Soundex (US patents 1,261,167 and 1,435,663) for
 * what is mistaken for one another by ear: m and n, d and t, b and p, v and f, g and k.
 */

const spellings: [RegExp, string][] = [
  // Silent letters at the beginning: knight, gnome, pneumonia, wrong, psalm, mnemonic, who.
  [/^(?:kn|gn|pn|mn)/, "n"],
  [/^wr/, "r"],
  [/^psych/, "sik"],
  [/^ps/, "s"],
  [/^wh(?=o)/, "h"],
  [/^x/, "s"],
  [/^wh/, "w"],
  // One sound, several spellings.
  [/mb$/, "m"],
  [/tch|tsch|cz/g, "X"],
  [/sch(?=[mnlrwv])/g, "X"],
  [/sch/g, "sk"],
  [/ch(?=[rl])|(?<=^|[aeiou])ch(?=ae|ao)/g, "k"],
  [/ch|sh/g, "X"],
  [/[st]i(?=on|a[nl])|ss?u(?=re)/g, "X"],
  [/ph/g, "f"],
  [/gh(?=[aeiouy])/g, "g"],
  [/(?<=[ao]u)gh$/, "f"],
  [/(?<=[aeiou])gh(?![aeiou])/g, ""],
  [/th/g, "t"],
  [/dge|dg(?=[iy])/g, "j"],
  [/g(?=[eiy])/g, "j"],
  [/c(?=[eiy])/g, "s"],
  [/ck|qu|[cq]/g, "k"],
  [/x/g, "ks"],
  [/z/g, "s"],
  [/(?<=[aeiou])h(?![aeiou])|(?<=[bcdfgjklmnpqrtvwxz])h/g, ""],
  [/w(?![aeiouy])/g, ""],
  [/y(?![aeiou])/g, "i"],
];

/** Consonants that the ear mistakes for one another, by one letter for each group. */
const groups: [RegExp, string][] = [
  [/[jX]/g, "x"],
  [/[dt]/g, "t"],
  [/[bp]/g, "p"],
  [/[fv]/g, "f"],
  [/[gk]/g, "k"],
  [/[mn]/g, "n"],
];

const maxLength = 40;

/** The key of a token of `foldTokens`; empty for tokens with figures and of other scripts. */
export function soundKey(token: string): string {
  if (!/^[a-z]+$/.test(token) || token.length > maxLength) return "";
  let key = token.replace(/([a-z])\1+/g, "$1");
  for (const [pattern, text] of spellings) key = key.replace(pattern, text);
  for (const [pattern, text] of groups) key = key.replace(pattern, text);
  const opening = /^[aeiouy]/.test(key) ? "a" : "";
  return opening + key.replace(/[aeiouyhw]/g, "").replace(/(.)\1+/g, "$1");
}
