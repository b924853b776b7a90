import type { TextSpan } from "#server/catalog/catalog.ts";
import { foldWithSpans } from "#server/catalog/text/fold.ts";

/**
 * Where a text has the words that are wanted, folded; what touches is one part, since Chinese and
 * Japanese are folded to pairs of characters that overlap.
 */
export function highlightsIn(text: string, isWanted: (token: string) => boolean): TextSpan[] {
  const highlights: TextSpan[] = [];
  for (const { token, start, end } of foldWithSpans(text)) {
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
