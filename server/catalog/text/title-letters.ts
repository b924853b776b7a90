/** How a title is begun, letter by letter. */
import { WordSet } from "./text-hash.ts";

/** Words in front of a title that its readers may leave out. */
export const articles: WordSet = new WordSet(
  "a an das der die el gli het il la las le les lo los the un una une".split(" "),
);

/** The letters of a folded title ("lord of the rings|a novel") in one row, without an article in front. */
export function titleLetters(folded: string): string {
  const text = folded.includes("|") ? folded.replaceAll("|", " ") : folded;
  const space = text.indexOf(" ");
  const start = space > 0 && articles.has(text.slice(0, space)) ? space + 1 : 0;
  return text.slice(start).replaceAll(" ", "");
}
