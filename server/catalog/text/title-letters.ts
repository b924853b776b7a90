/** How a title is begun, letter by letter. */
import { plainArticles } from "./articles.ts";

/** The letters of a folded title ("lord of the rings|a novel") in one row, without an article in front. */
export function titleLetters(folded: string): string {
  const text = folded.includes("|") ? folded.replaceAll("|", " ") : folded;
  const space = text.indexOf(" ");
  const start = space > 0 && plainArticles.has(text.slice(0, space)) ? space + 1 : 0;
  return text.slice(start).replaceAll(" ", "");
}
