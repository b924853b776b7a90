/** The ASCII characters that text is scanned for, as units of UTF-16. */

export const ampersand = 0x26;
export const quote = 0x27;
export const backtick = 0x60;
export const asterisk = 0x2a;
export const plus = 0x2b;
export const comma = 0x2c;
export const dot = 0x2e;
export const hash = 0x23;

/** Lower case of equal length: only İ would grow, and its dot is folded away anyway. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll("İ", "I").toLowerCase();
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** ASCII letters, lower case, and digits. */
export function isPlain(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || isDigit(unit);
}
