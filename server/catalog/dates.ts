/**
 * Years out of what catalogues print: "c1965", "[18--?]", "Meiji 35 [1902]", "8th century BC",
 * "n.d.". A wrong year is worse than none, so what can't be a year of publication is unknown, and
 * what is only roughly known says so in its precision.
 */
import type { DatePrecision, PublicationDate } from "./records.ts";
import { withLatinDigits } from "./text/digits.ts";
import { romanValue } from "./text/roman-numerals.ts";

/** Printing with movable type: bare four-digit figures before are placeholders and typing errors. */
const earliestPlainYear = 1400;
/** Books are announced up to two years ahead; later years are typing errors. */
const yearsAhead = 2;
/** A longer text is no date; its beginning is looked at. */
const maxLength = 200;

type Reading = { year: number; precision: DatePrecision };

/**
 * The year of publication in a free text.
 * @param nowYear the current year; later ones are unknown.
 * @returns `text` trimmed, with precision "unknown" and year 0 if there is no credible year.
 */
export function parsePublicationDate(text: string, nowYear: number): PublicationDate {
  const trimmed = text.trim();
  const source = withLatinDigits(trimmed.slice(0, maxLength)).normalize("NFKC").toLowerCase();
  const reading = source === "" || isPlaceholder(source) ? undefined : readYear(source, nowYear);
  return { ...(reading ?? { year: 0, precision: "unknown" }), text: trimmed };
}

/** What programs fill in when they know nothing. */
function isPlaceholder(source: string): boolean {
  return /^(?:1900-01-01|jan(?:uary|\.)? 0?1, 1900|0?1\/0?1\/1900|0*1-01-01|1970-01-01|01[/.-]01[/.-](?:1900|1970|0001))(?:t|\s|$)/.test(
    source,
  );
}

function readYear(source: string, nowYear: number): Reading | undefined {
  return (
    bareEarlyYear(source) ??
    century(source) ??
    beforeOurEra(source) ??
    plainYear(source, nowYear) ??
    romanYear(source, nowYear) ??
    decadeOrCenturyWithGaps(source, nowYear) ??
    earlyYear(source)
  );
}

/** "-750" and "397" standing alone, as data bases write antiquity; "98" may be 1998, "8" anything. */
function bareEarlyYear(source: string): Reading | undefined {
  const found = /^(?:([-−][1-9]\d{0,3})|([1-9]\d\d))$/.exec(source);
  if (found === null) {
    return undefined;
  }
  return { year: Number((found[1] ?? found[2] ?? "").replace("−", "-")), precision: "year" };
}

/** "8th century BC", "19th cent.", "18th c.". */
function century(source: string): Reading | undefined {
  const found =
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:century|cent\.?|c\.?)(?![\p{L}\d])\s*(b\.?\s?c\.?)?/u.exec(
      source,
    );
  if (found === null || !/(?:st|nd|rd|th|cent)/.test(found[0])) {
    return undefined;
  }
  const number = Number(found[1]);
  if (number < 1 || number > 30) {
    return undefined;
  }
  if (found[2] !== undefined) {
    return { year: -number * 100, precision: "century" };
  }
  return number > 21 ? undefined : { year: Math.max((number - 1) * 100, 1), precision: "century" };
}

/** "44 BC", "c. 750 B.C.E." */
function beforeOurEra(source: string): Reading | undefined {
  const found = /(?<!\d)(\d{1,4})\??\s*b\.?\s?c\.?(?:\s?e\.?)?(?!\p{L})/u.exec(source);
  const year = Number(found?.[1] ?? 0);
  if (found === null || year < 1 || year > 5000) {
    return undefined;
  }
  return { year: -year, precision: isUncertain(source, found.index) ? "circa" : "year" };
}

/**
 * The first credible four-digit year; a Gregorian one that stands in brackets beside another
 * calendar's ("1386 [2007]", "Meiji 35 [1902]") before that.
 */
function plainYear(source: string, nowYear: number): Reading | undefined {
  const isCredible = (year: number) => year >= earliestPlainYear && year <= nowYear + yearsAhead;
  const inBrackets = /[[(]\s*(?:i\.?\s?e\.?,?\s*|or\s|c\.?)?(\d{4})\??\s*[\])]/.exec(source);
  const bracketed = Number(inBrackets?.[1] ?? 0);
  if (
    inBrackets !== null &&
    inBrackets.index > 0 &&
    isCredible(bracketed) &&
    isOtherCalendar(source)
  ) {
    return { year: bracketed, precision: isUncertain(source, inBrackets.index) ? "circa" : "year" };
  }
  for (const found of source.matchAll(/(?<!\d)(\d{4})(?!\d)/g)) {
    const year = Number(found[1]);
    if (!isCredible(year)) {
      continue;
    }
    // A Hijri or Buddhist year is only credible by accident.
    if (isOtherEra(source, found.index)) {
      continue;
    }
    if (/^['’]?s(?!\p{L})/u.test(source.slice(found.index + 4))) {
      return { year, precision: year % 100 === 0 ? "century" : "decade" };
    }
    return { year, precision: isUncertain(source, found.index) ? "circa" : "year" };
  }
  // "19991231" and "199912", as machines write them.
  const packed = /^(\d{4})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?$/.exec(source);
  const year = Number(packed?.[1] ?? 0);
  return isCredible(year) ? { year, precision: "year" } : undefined;
}

/** A year that isn't Gregorian stands before the bracket: Hijri, Solar Hijri, Hebrew, Buddhist, an era. */
function isOtherCalendar(source: string): boolean {
  return (
    /^\D{0,20}(?:1[0-4]\d\d|2[45]\d\d|5[4-8]\d\d|\d{1,2})\D*[[(]/.test(source) ||
    /meiji|taisho|taishō|showa|shōwa|heisei|reiwa|minguo|min guo|明治|大正|昭和|平成|令和|民國|民国/.test(
      source,
    )
  );
}

function isOtherEra(source: string, index: number): boolean {
  const after = source.slice(index + 4, index + 12);
  const before = source.slice(Math.max(0, index - 10), index);
  return (
    /^\s*(?:a\.?\s?h\.?|h\.|hijri|b\.?\s?e\.?|هـ|ه\b|sh\b|š)(?!\p{L})/u.test(after) ||
    /(?:hijri|a\.?h\.?|b\.?e\.?|พ\.?ศ\.?)\s*$/.test(before)
  );
}

/** "18--?", "19xx", "184-", "[187-?]", "200u", "19??": MARC's and cataloguers' gaps. */
function decadeOrCenturyWithGaps(source: string, nowYear: number): Reading | undefined {
  const found = /(?<![\d-])(\d{2})(?:(\d)[-_?ux](?![\d-])|[-_?ux–—]{1,2}(?!\d))/.exec(source);
  if (found === null) {
    return undefined;
  }
  const isDecade = found[2] !== undefined;
  const year = Number(`${found[1]}${found[2] ?? "0"}0`);
  if (year < earliestPlainYear || year > nowYear) {
    return undefined;
  }
  return { year, precision: isDecade ? "decade" : "century" };
}

/** "MDCCCLV", "M.DCC.LXX", as old title pages print it. */
function romanYear(source: string, nowYear: number): Reading | undefined {
  const found = /(?<!\p{L})m[mdclxvi. ]{2,20}(?!\p{L})/u.exec(source);
  const numeral = (found?.[0] ?? "").replace(/[. ]/g, "");
  const year = romanValue(numeral) ?? 0;
  const isCredible = year >= earliestPlainYear && year <= nowYear + yearsAhead;
  return isCredible ? { year, precision: "year" } : undefined;
}

/** "ca. 850", "AD 397": years before printing count only where the text says that it means them. */
function earlyYear(source: string): Reading | undefined {
  const found =
    /(?:a\.?d\.?|c\.?e\.?|ca?\.|circa|about)\s*(\d{2,4})(?!\d)/.exec(source) ??
    /(?<!\d)(\d{2,4})\s*(?:a\.?\s?d\.?|c\.?\s?e\.?)(?!\p{L})/u.exec(source);
  const year = Number(found?.[1] ?? 0);
  if (found === null || year < 1 || year >= earliestPlainYear) {
    return undefined;
  }
  const isCirca = /(?:ca?\.|circa|about)/.test(found[0]);
  return { year, precision: isCirca ? "circa" : "year" };
}

/** "ca. 1850", "about 1850", "1850?", "between 1850 and 1860"; not "c1965", which is the copyright. */
function isUncertain(source: string, index: number): boolean {
  const before = source.slice(Math.max(0, index - 16), index);
  const after = source.slice(index).replace(/^\d+/, "");
  return roughly.test(before) || /^\s?\?/.test(after);
}

const roughly =
  /(?<!\p{L})(?:ca?\.|ca|circa|about|approx\w*\.?|probably|um|between|before|after|vers|verso|ok\.)\s*$/u;

/** A lone earliest year this much before the next is an error, not a first edition. */
const maxGapYears = 150;
/** From this many dated editions on, one that stands apart is outvoted. */
const minDatesToDoubt = 3;

/**
 * The year in which a work first appeared, by its editions' dates: the earliest, unless it stands
 * alone far before the others. Dates that are exact go before rough ones that begin no later.
 * @returns precision "unknown" if no date is known.
 */
export function earliestYear(dates: readonly PublicationDate[]): PublicationDate {
  const known = dates.filter((date) => date.precision !== "unknown");
  known.sort((one, other) => one.year - other.year || exactness(other) - exactness(one));
  const [first, second] = known;
  if (first === undefined) {
    return { year: 0, precision: "unknown", text: "" };
  }
  const isAlone = second !== undefined && second.year - first.year > maxGapYears;
  if (isAlone && known.length >= minDatesToDoubt) {
    return earliestYear(known.slice(1));
  }
  const within = known.find(
    (date) => date.precision === "year" && date.year < first.year + spanYears(first.precision),
  );
  return within ?? first;
}

function exactness(date: PublicationDate): number {
  return ["unknown", "century", "decade", "circa", "year"].indexOf(date.precision);
}

/** How far after its first year a date may lie. */
function spanYears(precision: DatePrecision): number {
  if (precision === "century") {
    return 100;
  }
  if (precision === "decade") {
    return 10;
  }
  return 1;
}
