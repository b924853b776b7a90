/** Signs of other query languages, which mean nothing here: nobody should wonder why they do nothing. */
import type { QueryNotice } from "../catalog.ts";

/** "hob*", "hobbit~", "hobbit~2", "hobbit^2", "h?bbit"; not "M*A*S*H", "E*" or "who? me?". */
const wildcard = /^[\p{L}\p{N}]{2,}(\*|[~^][0-9.]{0,3})$|^\p{L}+(\?)\p{L}+$/u;
const link = /^(?:https?:\/\/|www\.)/iu;

/**
 * What to say of a word that is searched as it stands though it was probably meant as more.
 * @param start where it stands. @param isShouted the query is all in capitals.
 */
export function remarkOn(word: string, start: number, isShouted: boolean): QueryNotice | undefined {
  const span = { start, end: start + [...word].length };
  if (word === "AND" && !isShouted) {
    const message = '"AND" was searched as a word; all words must match without it.';
    return { reason: "word_operator", message, span };
  }
  if (word === "NOT" && !isShouted) {
    const message = '"NOT" was searched as a word; write -word to leave a word out.';
    return { reason: "word_operator", message, span };
  }
  if (link.test(word)) {
    const message = "This link names no book that we know; its words were searched.";
    return { reason: "unknown_link", message, span };
  }
  const found = wildcard.exec(word);
  const sign = found?.[1] ?? found?.[2];
  if (sign === undefined) return undefined;
  const at = start + [...word.slice(0, word.indexOf(sign))].length;
  return {
    reason: "no_wildcard",
    message: `"${sign}" means nothing here and was ignored: words may be misspelt, the last one unfinished.`,
    span: { start: at, end: at + sign.length },
  };
}
