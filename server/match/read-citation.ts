/**
 * What in a citation may be the title and what the author, so that both can be searched for. Styles
 * differ in order and punctuation, so that there are several readings; which of them is right shows
 * when the catalogue is asked.
 */

/** One way to read a citation. */
export type CitationReading = { title: string; author: string };

const MAX_READINGS = 5;

const noise =
  /\bhttps?:\/\/\S+|\bdoi:?\s*\S+|\bISBN(?:-1[03])?:?\s*[\dX -]{9,17}|\bpp?\.\s*\d+(?:\s*[-–]\s*\d+)?|\b\d+\s+(?:p|pp|pages|S)\b\.?|^\s*(?:\[\d+\]|\(\d+\)|\d{1,3}[.)]|[-*•])\s+/giu;
const undated = /\(?\b(?:n\. ?d|s\. ?a|o\. ?J)\.\)?,?/giu;
const year = /\b(?:1[0-9]|20)\d{2}[a-z]?\b/u;
/** A period that ends no sentence: after an initial or an abbreviation. */
const abbreviation =
  /(?<=(?:^|[\s.(-])(?:\p{Lu}|Jr|Sr|Dr|St|Mr|Mrs|Ms|al|eds?|trans|vol|no|rev))\./gu;
/** "Tolkien, J. R. R. (1954). Title": what stands before the year is the author, what follows the title. */
const afterYear = /^(.{3,80}?)[.,]?\s+\(?(?:1[0-9]|20)\d{2}[a-z]?\)?[.,:]?\s+(\S.+)$/u;
const hidden = "\u0001";
const quoted = /["“„«”]\s*([^"“”„«»]{2,300})\s*["”“»«]|(?<![\p{L}\p{N}])[*_]([^*_]{2,300})[*_]/u;
const separator = /[.;?!]\s+|[.;]$|\s+[/—–|-]+\s+|[()[\]]|:\s+(?=\p{Lu}[^:]*,?\s*\d{4})/u;

/** Readings of a citation, the likeliest first; at most five. */
export function readCitation(citation: string): CitationReading[] {
  const text = citation.replace(noise, " ").replace(undated, ". ").replace(/\s+/gu, " ").trim();
  const readings: CitationReading[] = [];
  const add = (title: string, author: string): void => {
    const reading = { title: clean(title), author: cleanAuthor(author) };
    if (reading.title === "" || readings.length >= MAX_READINGS) {
      return;
    }
    const isKnown = readings.some(
      (one) => one.title === reading.title && one.author === reading.author,
    );
    if (!isKnown) {
      readings.push(reading);
    }
  };
  const quote = quoted.exec(text);
  if (quote !== null) {
    const before = text.slice(0, quote.index);
    const after = text.slice(quote.index + quote[0].length);
    add(quote[1] ?? quote[2] ?? "", clean(before) === "" ? (partsOf(after)[0] ?? "") : before);
  }
  const [first = "", second = "", third = ""] = partsOf(text);
  const by = /^(.{2,300}?),?\s+by\s+(.{2,200})$/iu.exec(first);
  if (by !== null) {
    add(by[1] ?? "", by[2] ?? "");
  }
  if (/^by\s/iu.test(second)) {
    add(first, second);
  }
  const dated = afterYear.exec(text);
  if (dated !== null) {
    const title = partsOf(dated[2] ?? "")[0] ?? "";
    add(title, dated[1] ?? "");
    add(splitAtComma(title)?.head ?? "", dated[1] ?? "");
  }
  const comma = splitAtComma(first);
  if (isNameInverted(first)) {
    add(second, first);
  } else if (comma !== undefined && !isNameInverted(first)) {
    add(comma.rest, comma.head);
  }
  if (looksLikeName(second) && !isNameInverted(first)) {
    add(first, second);
  }
  add(second, first);
  add(first, second);
  if (comma !== undefined) {
    add(comma.head, comma.rest);
  }
  if (third !== "") {
    add(third, first);
  }
  return readings;
}

/** What punctuation divides, without years. */
function partsOf(text: string): string[] {
  return text
    .replace(abbreviation, hidden)
    .split(separator)
    .map((part) => part.replaceAll(hidden, ".").trim())
    .filter((part) => /\p{L}{2}/u.test(part.replace(year, "")));
}

/** "Tolkien, J. R. R." and "Le Guin, Ursula": nothing but names behind the first comma. */
function isNameInverted(part: string): boolean {
  return /^[\p{L}'’\s-]{2,40},\s*(?:\p{Lu}[\p{L}'’.-]*\s*){1,4}(?:(?:,|&|;|and|et)\s.*)?$/u.test(
    part,
  );
}

/** Up to five capitalised words, some of which may be initials. */
function looksLikeName(part: string): boolean {
  return /^(?:by\s+)?(?:\p{Lu}[\p{L}'’.-]*|de|van|von|der|den|la|le|du|of|the)(?:\s+(?:\p{Lu}[\p{L}'’.-]*|de|van|von|der|den|la|le|du)){1,5}$/u.test(
    part,
  );
}

function splitAtComma(part: string): { head: string; rest: string } | undefined {
  const at = part.indexOf(", ");
  if (at < 2) {
    return undefined;
  }
  return { head: part.slice(0, at), rest: part.slice(at + 2) };
}

function clean(text: string): string {
  return text
    .replace(/^[\s,.:;"'“”«»()[\]*_-]+|[\s,.:;"'“”«»()[\]*_-]+$/gu, "")
    .replace(/,?\s*\b(?:1[0-9]|20)\d{2}$/u, "");
}

function cleanAuthor(text: string): string {
  return clean(text)
    .replace(/^by\s+/iu, "")
    .replace(/\b(?:et al\.?|eds?\.?|editors?|trans\.?)(?=$|[\s,)])/giu, "")
    .replace(year, "")
    .trim();
}
