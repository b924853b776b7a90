/**
 * What real records get wrong, at the rates of facts/open-library.md §3.3 or, where it names none,
 * often enough that every shape is met among a hundred thousand records.
 */
import type { Random } from "./random.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const shortMonths = months.map((month) => month.slice(0, 3));
const digits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));
const noDates = ["n.d.", "1900-01-01", "9999", "0001", "2049", "", "19xx", "[18--?]", "unknown"];

/** A date of publication: three shapes are usual, some are odd, a few say nothing. */
export function publishDate(random: Random, year: number): string {
  const unit = random.unit();
  if (unit < 0.5) {
    return `${random.pick(shortMonths)} ${digits[random.between(1, 28)]}, ${year}`;
  }
  if (unit < 0.74) {
    return `${random.pick(months)} ${year}`;
  }
  if (unit < 0.94) {
    return String(year);
  }
  if (unit < 0.965) {
    return `c${year}`;
  }
  if (unit < 0.975) {
    return `${year}-${digits[random.between(1, 12)]}`;
  }
  if (unit < 0.98) {
    return `[${year}?]`;
  }
  if (unit < 0.985) {
    return `${Math.floor(year / 100)}--`;
  }
  if (unit < 0.99) {
    return `Meiji ${random.between(1, 45)} [${year}]`;
  }
  return random.pick(noDates);
}

/** A moment as the dump writes it: UTC without a zone, microseconds absent now and then. */
export function timestamp(random: Random): string {
  // Two draws for the whole: nearly every record has two or three timestamps.
  const moment = random.next();
  const micros = 1_000_000 + random.below(1_020_000);
  const date = `${2008 + (moment & 15)}-${digits[1 + ((moment >>> 4) % 12)]}-${digits[1 + ((moment >>> 8) % 28)]}`;
  const time = `${digits[(moment >>> 13) % 24]}:${digits[(moment >>> 18) % 60]}:${digits[(moment >>> 24) % 60]}`;
  const fraction = micros >= 2_000_000 ? "" : `.${String(micros).slice(1)}`;
  return `${date}T${time}${fraction}`;
}

/** A date without a time, as in ratings and the reading log. */
export function day(random: Random): string {
  return `${random.between(2018, 2026)}-${two(random, 1, 12)}-${two(random, 1, 28)}`;
}

function two(random: Random, low: number, high: number): string {
  return digits[random.between(low, high)] ?? "01";
}

/**
 * ISBNs of an edition, always different and never a real book's: the group numbers 978-66 to 978-69
 * and the prefix 979-5 are not assigned to anybody.
 */
export function isbnsOf(edition: number): { isbn13: string; isbn10: string } {
  if (edition >= 40_000_000) {
    return { isbn13: withCheckDigit(`9795${digits9(edition).slice(1)}`), isbn10: "" };
  }
  const body = String(660_000_000 + edition);
  let sum = 0;
  for (let i = 0; i < 9; i++) {
    sum += (10 - i) * (body.charCodeAt(i) - 48);
  }
  const check = (11 - (sum % 11)) % 11;
  return { isbn13: withCheckDigit(`978${body}`), isbn10: body + (check === 10 ? "X" : check) };
}

function digits9(number: number): string {
  return String(number).padStart(9, "0");
}

function withCheckDigit(body: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) {
    sum += (body.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  }
  return body + ((10 - (sum % 10)) % 10);
}

/** An ISBN as people type it. */
export function writtenIsbn(random: Random, isbn: string): string {
  const unit = random.unit();
  if (unit < 0.96) {
    return isbn;
  }
  if (unit < 0.975) {
    return `${isbn.slice(0, 3)}-${isbn.slice(3, 6)}-${isbn.slice(6)}`;
  }
  if (unit < 0.98) {
    return `${isbn.slice(0, 4)} ${isbn.slice(4)}`;
  }
  if (unit < 0.985) {
    return isbn.toLowerCase().replace(/(.{5})/, "$1_");
  }
  if (unit < 0.99) {
    return `${isbn} (pbk.) : $${random.between(3, 60)}.95`;
  }
  if (unit < 0.995) {
    return isbn.slice(0, -1);
  }
  return `${isbn.slice(0, -1)}${random.below(10)}`;
}

/** Signs that break careless readers: NUL, half a surrogate pair, line ends, a soft hyphen. */
export function oddSign(random: Random): string {
  const unit = random.unit();
  if (unit > 0.0002) {
    return "";
  }
  return random.pick(["\\u0000", "\\ud83d", "\\n", "\\t", "\\u00ad", "\\ud83d\\ude00", "\\ufeff"]);
}

/** A line whose TABs became spaces: it can't be read and has to be counted. */
export function brokenLine(random: Random, line: string): string {
  return random.chance(0.000_01) ? line.replaceAll("\t", "    ") : line;
}
