/** A text cut to a number of code points, with an ellipsis where it was longer. */
export function shorten(text: string, lettersMax: number): string {
  // A text of so few units has no more letters than that.
  if (text.length <= lettersMax) {
    return text;
  }
  const letters = [...text];
  return letters.length <= lettersMax ? text : `${letters.slice(0, lettersMax - 1).join("")}…`;
}
