// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
const beyond = /[^\x00-\x7f]/;

/** True if a text is plain Latin letters, figures and signs: most are, and far quicker to fold. */
export function isAscii(text: string): boolean {
  return !beyond.test(text);
}
