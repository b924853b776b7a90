import { type PublicationDate, PublicationDate_Precision } from "#proto/bookfinder/v1/book_pb.ts";
import { parsePublicationDate } from "#server/catalog/dates.ts";
import { BadFieldError } from "#server/edits/write-errors.ts";
import { toPublicationDate } from "./book.ts";
import { lineOf } from "./written-text.ts";

/**
 * A written date as it would stand in a catalogue ("1954", "c1965"); empty for none.
 *
 * @throws {BadFieldError} when text and year disagree, or the year can't be said in the text.
 */
export function dateTextOf(
  field: string,
  date: PublicationDate | undefined,
  nowYear: number,
): string {
  if (date === undefined) {
    return "";
  }
  const { year, precision } = date;
  const text = lineOf(`${field}.text`, date.text) || textOfYear(year, precision);
  const read = parsePublicationDate(text, nowYear);
  if (year !== 0 && read.year !== year) {
    throw new BadFieldError(
      `${field}.year`,
      date.text === ""
        ? `${year} is no year of publication: leave it out, or write what is printed as "text"`
        : `says ${year}, where "text" says ${read.year || "none"}: send one of the two`,
    );
  }
  const said = toPublicationDate(read)?.precision;
  if (
    date.text !== "" &&
    precision !== PublicationDate_Precision.UNSPECIFIED &&
    said !== precision
  ) {
    throw new BadFieldError(`${field}.precision`, `is not what "text" says: leave it out`);
  }
  return text;
}

function textOfYear(year: number, precision: PublicationDate_Precision): string {
  if (year === 0) {
    return "";
  }
  switch (precision) {
    case PublicationDate_Precision.CIRCA:
      return `ca. ${year}`;
    case PublicationDate_Precision.DECADE:
      return `${year}s`;
    case PublicationDate_Precision.CENTURY:
      return `${year / 100 + 1}th century`;
    default:
      return String(year);
  }
}
