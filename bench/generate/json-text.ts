/** Text as Python's json.dumps writes it between its quotes: ASCII with \uXXXX in lower case. */
export function escapeText(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** What {@link escapeText} was given. */
export function unescapeText(escaped: string): string {
  return String(JSON.parse(`"${escaped}"`));
}

/** `["a", "b"]` of texts that are escaped already. */
export function textList(escaped: readonly string[]): string {
  return escaped.length === 0 ? "[]" : `["${escaped.join('", "')}"]`;
}

/** A text field as Open Library stores it: an object or, now and then, a bare string. */
export function textField(escaped: string, isObject: boolean): string {
  return isObject ? `{"type": "/type/text", "value": "${escaped}"}` : `"${escaped}"`;
}
