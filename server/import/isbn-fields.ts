/** ISBNs of edition records: right and wrong lists, hyphens, prices behind them, bad check digits. */

/** The ISBN-13 in a field's text, or undefined if it holds none with a right check digit. */
export function readIsbn(text: string): string | undefined {
  const compact = compactForm(text);
  if (compact.length >= 13 && isIsbn13(compact)) return compact.slice(0, 13);
  if (compact.length < 10 || !isIsbn10(compact)) return undefined;
  return to13(compact);
}

/** The ISBN-10 of an ISBN-13 that begins with 978; undefined for others. */
export function isbn10Of(isbn13: string): string | undefined {
  if (!isbn13.startsWith("978")) return undefined;
  const body = isbn13.slice(3, 12);
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * (body.charCodeAt(i) - 48);
  const check = (11 - (sum % 11)) % 11;
  return body + (check === 10 ? "X" : check);
}

/**
 * Digits (and a final X) from the first digit on, with separators left out; what follows the number
 * ("(pbk.) $4.50") ends it once ten or thirteen characters are together.
 */
function compactForm(text: string): string {
  if (/^\d{13}$/.test(text) || /^\d{9}[\dX]$/.test(text)) return text;
  const start = text.search(/\d/);
  if (start < 0) return "";
  let compact = "";
  for (let i = start; i < text.length && compact.length < 13; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) compact += text[i];
    else if ((code === 88 || code === 120) && compact.length === 9) return `${compact}X`;
    else if (!/[\s\-_.\u2010-\u2015\u2212]/.test(text.charAt(i))) break;
  }
  return compact;
}

function isIsbn13(digits: string): boolean {
  if (!digits.startsWith("978") && !digits.startsWith("979")) return false;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

function isIsbn10(text: string): boolean {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * (text.charCodeAt(i) - 48);
  const last = text.charCodeAt(9);
  return (sum + (last === 88 ? 10 : last - 48)) % 11 === 0 && !text.startsWith("0000000000");
}

function to13(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (body.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return body + ((10 - (sum % 10)) % 10);
}
