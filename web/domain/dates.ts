import type { PublicationDate } from "#proto/bookfinder/v1/book_pb.ts";
import { PublicationDate_Precision as Precision } from "#proto/bookfinder/v1/book_pb.ts";

/** A date as readers say it: "1937", "c. 1340", "1850s", "8th century BC"; empty if unknown. */
export function dateText(date: PublicationDate | undefined): string {
  if (date === undefined || date.year === 0) {
    return "";
  }
  switch (date.precision) {
    case Precision.CIRCA:
      return `c. ${yearText(date.year)}`;
    case Precision.DECADE:
      return date.year < 0 ? yearText(date.year) : `${date.year}s`;
    case Precision.CENTURY:
      return centuryText(date.year);
    default:
      return yearText(date.year);
  }
}

/** "1937", "800 BC" */
export function yearText(year: number): string {
  return year < 0 ? `${-year} BC` : String(year);
}

function centuryText(firstYear: number): string {
  const isBefore = firstYear < 0;
  const number = isBefore ? Math.ceil(-firstYear / 100) : Math.floor(firstYear / 100) + 1;
  return `${ordinal(number)} century${isBefore ? " BC" : ""}`;
}

/** Made when it is wanted: it takes milliseconds. */
let ordinalRules: Intl.PluralRules | undefined;
const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };

function ordinal(number: number): string {
  ordinalRules ??= new Intl.PluralRules("en", { type: "ordinal" });
  return `${number}${suffixes[ordinalRules.select(number)] ?? "th"}`;
}
