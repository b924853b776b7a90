/** Texts that callers write: cleaned where that loses nothing, refused where it would. */
import { BadFieldError } from "#server/edits/write-errors.ts";

/**
 * A text on one line, without blanks around it.
 *
 * @throws {BadFieldError} when it has characters that are no text.
 */
export function lineOf(field: string, text: string): string {
  const line = text.normalize("NFC").trim();
  if (/[\p{Cc}\p{Cs}]/u.test(line)) {
    throw new BadFieldError(field, "must be one line of text, without control characters");
  }
  return line;
}

/** A text of many lines. @throws {BadFieldError} when it has characters that are no text. */
export function paragraphsOf(field: string, text: string): string {
  const paragraphs = text.replaceAll(/\r\n?/g, "\n").normalize("NFC").trim();
  if (/(?![\n\t])[\p{Cc}\p{Cs}]/u.test(paragraphs)) {
    throw new BadFieldError(field, "must be text, without control characters");
  }
  return paragraphs;
}

/** Lines, each once, in their order. @throws {BadFieldError} when one is empty or no text. */
export function linesOf(field: string, texts: readonly string[]): string[] {
  const lines = texts.map((text, index) => {
    const line = lineOf(`${field}[${index}]`, text);
    if (line === "") {
      throw new BadFieldError(`${field}[${index}]`, "must not be empty: leave it out");
    }
    return line;
  });
  return [...new Set(lines)];
}
