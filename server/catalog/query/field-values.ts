/** Values of fields that are more than words: years, languages, ISBNs. */
import type { BookField, QueryNode, QueryNotice, TextSpan } from "../catalog.ts";
import { readIsbn } from "../identifiers/find-identifiers.ts";
import { toMarcLanguage } from "../languages.ts";
import { readYears } from "./fields.ts";

/**
 * The node of `field:text`. @param field undefined for plain words.
 * @returns a notice instead where the field can't have such a value.
 */
export function fieldNode(
  field: BookField | undefined,
  text: string,
  kind: "words" | "phrase",
  span: TextSpan,
): { node: QueryNode } | { notice: QueryNotice } {
  if (field === "year") {
    const years = readYears(text);
    if (years !== undefined) return { node: { kind: "years", years, excluded: false, span } };
    const message = `"${text}" is no year or range of years; write 1984, 1950..1960, >2000 or <1900.`;
    return { notice: { reason: "bad_range", message, span } };
  }
  if (field === "language") {
    const code = toMarcLanguage(text);
    if (code !== "") {
      return { node: { kind: "words", field, text: code, excluded: false, span } };
    }
    const message = `"${text}" is no language we know; write its name or code, as in language:french.`;
    return { notice: { reason: "unknown_language", message, span } };
  }
  if (field === "identifier") {
    const isbn = readIsbn(text);
    if (isbn !== undefined) {
      return {
        node: { kind: "identifier", type: isbn.type, text: isbn.text, excluded: false, span },
      };
    }
    const message = `"${text}" is no ISBN, which has 10 or 13 digits.`;
    return { notice: { reason: "bad_isbn", message, span } };
  }
  return { node: { kind, field, text, excluded: false, span } };
}
