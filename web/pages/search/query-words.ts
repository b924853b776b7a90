/** Whether a span of a query, in code points, is whole words: no letter touches it on either side. */
export function isWholeWord(
  query: string,
  { start, end }: { start: number; end: number },
): boolean {
  const letters = [...query];
  return !touches(letters[start - 1], letters[start]) && !touches(letters[end - 1], letters[end]);
}

function touches(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && isLetter(before) && isLetter(after);
}

function isLetter(letter: string): boolean {
  return /[\p{L}\p{N}\p{M}]/u.test(letter);
}
