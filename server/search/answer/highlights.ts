import type { TextSpan } from "#server/catalog/catalog.ts";
import { foldWithSpans } from "#server/catalog/text/fold.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";

/** Titles and names, which are shown again with every letter that is typed; not descriptions. */
const MAX_REMEMBERED_LETTERS = 200;
/** Some megabytes. */
const rememberedSpans = memoise(foldWithSpans, 8_192);

/**
 * Where a text has the words that are wanted, folded; what touches is one part, since Chinese and
 * Japanese are folded to pairs of characters that overlap.
 */
export function highlightsIn(text: string, isWanted: (token: string) => boolean): TextSpan[] {
  const highlights: TextSpan[] = [];
  const spans = text.length <= MAX_REMEMBERED_LETTERS ? rememberedSpans(text) : foldWithSpans(text);
  for (const { token, start, end } of spans) {
    if (!isWanted(token)) {
      continue;
    }
    const before = highlights.at(-1);
    if (before !== undefined && before.end >= start) {
      before.end = Math.max(before.end, end);
    } else {
      highlights.push({ start, end });
    }
  }
  return highlights;
}
