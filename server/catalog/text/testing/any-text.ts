/** Texts for property tests. */
import fc from "fast-check";

/** Any code points, lone surrogates too; mostly of the scripts that books are written in. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const codePoint = fc.oneof(fc.nat(0x7f), fc.nat(0x5ff), fc.nat(0xffff), fc.nat(0x10ffff));
  return fc
    .array(codePoint, { maxLength })
    .map((codePoints) => codePoints.map((one) => String.fromCodePoint(one)).join(""));
}

/** Texts put together from given pieces, with and without spaces between them. */
export function textOf(pieces: readonly string[], maxPieces: number): fc.Arbitrary<string> {
  const list = fc.array(fc.constantFrom(...pieces), { maxLength: maxPieces });
  return fc.tuple(list, fc.constantFrom("", " ")).map(([parts, glue]) => parts.join(glue));
}
