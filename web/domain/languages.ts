/** Languages by their MARC codes, as the catalogue has them; the table is the server's. */
import { languageRows, replacedCodes } from "./language-table.ts";

type Language = { name: string; tag: string };

const languages = new Map<string, Language>();
for (const row of languageRows.split(";")) {
  const space = row.indexOf(" ");
  const [marc = "", tag = marc] = row.slice(0, space).split("/");
  languages.set(marc, { name: row.slice(space + 1), tag });
}

/** Codes that are no language to mark a text with. */
const notLanguages = new Set(["mis", "mul", "und", "zxx"]);

function languageOf(code: string): Language | undefined {
  const known = languages.get(code);
  if (known !== undefined || !/^[a-z]{2,3}$/.test(code)) return known;
  const replacement = ` ${replacedCodes} `.split(` ${code} `)[1]?.slice(0, 3);
  return replacement === undefined ? undefined : languages.get(replacement);
}

/** The English name of a language; the code itself where there is none. */
export function languageName(code: string): string {
  return languageOf(code)?.name ?? code;
}

/** The BCP 47 tag of a MARC code, for `lang` attributes; undefined for none and for nonsense. */
export function languageTag(code: string): string | undefined {
  return notLanguages.has(code) ? undefined : languageOf(code)?.tag;
}
