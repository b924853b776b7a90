/** Values of fields that are more than words: years, languages, ISBNs. */
import type { BookField, QueryNode, QueryNotice, TextSpan } from "../catalog.ts";
import { readIsbn } from "../identifiers/find-identifiers.ts";
import { toMarcLanguage } from "../languages.ts";
import { notice } from "../notices.ts";
import { readYears } from "./fields.ts";

/** True if a text has nothing that a word could be made of. */
export function isOnlySigns(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

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
    if (years !== undefined) {
      return { node: { kind: "years", years, excluded: false, span } };
    }
    return { notice: notice("bad_range", span, text) };
  }
  if (field === "language") {
    const code = toMarcLanguage(text);
    if (code !== "") {
      return { node: { kind: "words", field, text: code, excluded: false, span } };
    }
    return { notice: notice("unknown_language", span, text) };
  }
  if (field === "identifier") {
    const isbn = readIsbn(text);
    if (isbn !== undefined) {
      return {
        node: { kind: "identifier", type: isbn.type, text: isbn.text, excluded: false, span },
      };
    }
    return { notice: notice("bad_isbn", span, text, undefined) };
  }
  // A field knows words only; signs may still be a title ("?").
  if (isOnlySigns(text)) {
    return { node: { kind: "words", field: undefined, text, excluded: false, span } };
  }
  return { node: { kind, field, text, excluded: false, span } };
}
