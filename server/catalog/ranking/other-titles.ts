/** What it costs that words stand in a title of an edition, or of the work in another language. */
import type { Criteria, RankedWord } from "./ranked-work.ts";
import { OTHER_TITLE_BEGUN_BITS, OTHER_TITLE_BITS } from "./weights.ts";

type TitleFit = { words: RankedWord[]; criteria: Pick<Criteria, "begun" | "typos"> };

/** At most 0; `title` is the index of the variant, 0 for the work's own. */
export function otherTitleBits(title: number, { criteria, words }: TitleFit): number {
  if (title === 0) {
    return 0;
  }
  const begun = criteria.begun < 0 && words.some(isBegunTitle);
  return OTHER_TITLE_BITS + (begun ? OTHER_TITLE_BEGUN_BITS : 0);
}

function isBegunTitle({ field, match }: RankedWord): boolean {
  return field === "title" && match?.way === "prefix";
}

/** True if every word stands as typed in titles, names or series. */
export function isAsTyped({ criteria, words }: TitleFit): boolean {
  const isPlaced = words.every(({ field }) => field !== "none" && field !== "other");
  return isPlaced && criteria.begun === 0 && criteria.typos === 0;
}
