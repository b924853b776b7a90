/**
 * Languages by their MARC codes, as the catalogue has them. Browsers know most of them; the table has
 * the codes and names that they don't, and those of most books, which would wait for Intl.
 */
import { languageRows } from "./language-table.ts";

/** Tags of MARC codes that are none of BCP 47. */
const tags = new Map<string, string>();
const ownNames = new Map<string, string>();
for (const row of languageRows.split(";")) {
  const [codes = "", ...name] = row.split(" ");
  const [marc = "", tag] = codes.split("/");
  if (tag !== undefined) {
    tags.set(marc, tag);
  }
  if (name.length > 0) {
    ownNames.set(marc, name.join(" "));
  }
}

/** Made when it is wanted: it takes a phone 80 ms. */
let names: Intl.DisplayNames | undefined;

/** Codes that are no language to mark a text with. */
const notLanguages = new Set(["mis", "mul", "und", "zxx"]);

/** The English name of a language; the code itself where there is none. */
export function languageName(code: string): string {
  const own = ownNames.get(code);
  if (own !== undefined) {
    return own;
  }
  const tag = languageTag(code);
  names ??= new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  return (tag === undefined ? undefined : names.of(tag)) ?? code;
}

/** The BCP 47 tag of a MARC code, for `lang` attributes; undefined for none and for nonsense. */
export function languageTag(code: string): string | undefined {
  if (!/^[a-z]{3}$/.test(code) || notLanguages.has(code)) {
    return undefined;
  }
  try {
    return Intl.getCanonicalLocales(tags.get(code) ?? code)[0];
  } catch {
    return undefined;
  }
}
