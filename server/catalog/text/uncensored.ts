/**
 * Swear words that a cover prints with asterisks and a reader types in full, or the other way round
 * ("The Subtle Art of Not Giving a F*ck"). Other asterisks inside a word are dropped ("M*A*S*H").
 */
const swearWords: [RegExp, string][] = [
  [/f\*+c?k|^f\*{2,3}$/, "fuck"],
  [/sh\*+t|^s\*+t|^sh\*\*$/, "shit"],
  [/b\*+t?ch/, "bitch"],
  [/^a\*\*/, "ass"],
  [/d\*+ck/, "dick"],
  [/p\*+s?sy/, "pussy"],
  [/c\*+nt/, "cunt"],
];

/** The word without its asterisks. @param word folded, but for them. */
export function uncensored(word: string): string {
  let text = word;
  for (const [pattern, plain] of swearWords) {
    text = text.replace(pattern, plain);
  }
  return text.replaceAll("*", "");
}
