import type { QueryNode, TextSpan } from "../catalog.ts";
import { isUnreadableLink } from "../identifiers/link-title.ts";
import { foldWithSpans, squash } from "../text/fold.ts";

export type TextNode = Extract<QueryNode, { kind: "words" | "phrase" }>;

/** The folded words of a node, and where each stands in the query, of which these are the code points. */
export function wordsInQuery(
  { text, span }: TextNode,
  characters: readonly string[],
): { token: string; span: TextSpan }[] {
  // No book has the words of an address: as one word it finds none, rather than any.
  if (isUnreadableLink(text)) {
    return [{ token: squash(text), span }];
  }
  const places = textPlaces(characters, span, text);
  return foldWithSpans(text).map(({ token, start, end }) => ({
    token,
    span: { start: places[start] ?? span.start, end: (places[end - 1] ?? span.end - 1) + 1 },
  }));
}

/**
 * Where each code point of a node's text stands in the query. A node's text is what stands in its
 * span without operators, quotes, parentheses and all but one of several spaces.
 */
function textPlaces(characters: readonly string[], span: TextSpan, text: string): number[] {
  const letters = [...text];
  const places = new Array<number>(letters.length).fill(span.start);
  // Backwards, because operators stand before the text.
  let place = Math.min(span.end, characters.length) - 1;
  for (let letter = letters.length - 1; letter >= 0 && place >= span.start; letter--) {
    const isSpace = letters[letter] === " ";
    // Where a sign between two words was left out, a space stands for it.
    while (!isSpace && place > span.start && characters[place] !== letters[letter]) {
      place--;
    }
    places[letter] = place;
    if (!isSpace || /\s/u.test(characters[place] ?? "")) {
      place--;
    }
  }
  return places;
}
