/** Signs of other query languages, which mean nothing here: nobody should wonder why they do nothing. */
import type { QueryNotice } from "../catalog.ts";
import { isUnreadableLink } from "../identifiers/link-title.ts";
import { notice } from "../notices.ts";

/** "hob*", "hobbit~", "hobbit~2", "hobbit^2", "h?bbit"; not "M*A*S*H", "E*" or "who? me?". */
const wildcard = /^[\p{L}\p{N}]{2,}(\*|[~^][0-9.]{0,3})$|^\p{L}+(\?)\p{L}+$/u;
const link = /^(?:https?:\/\/|www\.)/iu;

/**
 * What to say of a word that is searched as it stands though it was probably meant as more.
 * @param start where it stands. @param isShouted the query is all in capitals.
 */
export function remarkOn(word: string, start: number, isShouted: boolean): QueryNotice | undefined {
  const span = { start, end: start + [...word].length };
  if ((word === "AND" || word === "NOT") && !isShouted) {
    return notice("word_operator", span, word);
  }
  if (link.test(word) || isUnreadableLink(word)) {
    return notice("unknown_link", span);
  }
  const found = wildcard.exec(word);
  const sign = found?.[1] ?? found?.[2];
  if (sign === undefined) {
    return undefined;
  }
  const at = start + [...word.slice(0, word.indexOf(sign))].length;
  return notice("no_wildcard", { start: at, end: at + sign.length }, sign);
}
