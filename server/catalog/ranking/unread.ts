/** What it costs that nobody reads a book whose title was typed. */
import type { Coverage } from "./coverage.ts";
import type { ContentQuery } from "./exactness.ts";
import type { IndexedBook } from "./indexed-book.ts";
import type { RankingQuery } from "./query-words.ts";
import type { RankedWord } from "./ranked-work.ts";
import {
  SHORT_TITLE_WORDS,
  UNREAD_ODD_BITS,
  UNREAD_PART_BITS,
  UNREAD_POPULARITY,
  UNREAD_TITLE_BITS,
  WITHOUT_SUBTITLE_BITS,
} from "./weights.ts";

/** At most 0: a short title that nobody reads is less often meant than a part of a famous one. */
export function unreadBits(
  { query, words }: ContentQuery,
  { popularity }: IndexedBook,
  coverage: Coverage,
): number {
  // Words about the asking don't make a title longer: "libro de garcía márquez".
  const asking = query.words.filter(
    ({ asking: share, role, number }) => share > 0 && role !== "number" && number === undefined,
  ).length;
  if (popularity >= UNREAD_POPULARITY) {
    return 0;
  }
  if (words.length - asking > SHORT_TITLE_WORDS) {
    return hasOddWord(query, words) ? UNREAD_ODD_BITS : 0;
  }
  const isWhole = coverage.exact && coverage.bits > -WITHOUT_SUBTITLE_BITS;
  return isWhole ? UNREAD_TITLE_BITS : UNREAD_PART_BITS;
}

/** True if the title has a word that no other book has: "The Brothers Karamozov". */
function hasOddWord(query: RankingQuery, words: readonly RankedWord[]): boolean {
  return words.some(({ field }, index) => field === "title" && query.words[index]?.workCount === 1);
}
