/**
 * Languages: catalogues use MARC codes ("ger"), browsers BCP 47 tags ("de-AT"), readers names
 * ("German", "Deutsch", "allemand"). MARC codes are the ones inside; codes and English names are in
 * language-table.ts, names in other languages come from the runtime's `Intl.DisplayNames`.
 */
import { languageRows, replacedCodes } from "./language-table.ts";
import { foldTokens } from "./text/fold.ts";

/** English names by MARC code. */
const englishNames = new Map<string, string>();
/** Tags of the languages whose tag is not their MARC code; ISO 639-1 has those of two letters. */
const marcToTag = new Map<string, string>();
for (const row of languageRows.split(";")) {
  const space = row.indexOf(" ");
  const [marc = "", tag] = row.slice(0, space).split("/");
  englishNames.set(marc, row.slice(space + 1));
  if (tag !== undefined) {
    marcToTag.set(marc, tag);
  }
}
const tagToMarc = new Map([...marcToTag].map(([marc, tag]) => [tag, marc]));

const cells = replacedCodes.split(" ");
/** MARC codes of other codes: of ISO 639-2's terminological ones and of those that were given up. */
const currentCodes = new Map(
  cells.flatMap((code, place) =>
    place % 2 === 0 ? [[code, cells[place + 1] ?? ""] as const] : [],
  ),
);

/** Languages of the names that `toMarcLanguage` understands, beside each language's own. */
const namingLocales = "fr de es it pt nl ru sv pl ja zh".split(" ");
/** The first so many also name languages without a two-letter tag; each name costs 15 µs. */
const fullLocaleCount = 2;

const displayNames = new Map<string, Intl.DisplayNames>();

function namesIn(locale: string): Intl.DisplayNames {
  let names = displayNames.get(locale);
  if (names === undefined) {
    names = new Intl.DisplayNames(locale, { type: "language", fallback: "none" });
    displayNames.set(locale, names);
  }
  return names;
}

/** The BCP 47 tag of a MARC code ("ger" → "de"); the code itself where there is no shorter one. */
export function toBcp47(marcCode: string): string {
  return marcToTag.get(marcCode) ?? marcCode;
}

/** The MARC code in use for one that MARC gave up or ISO has beside it; any other as it is. */
export function currentMarcCode(code: string): string {
  return currentCodes.get(code) ?? code;
}

/**
 * The name of a language ("ger" → "German"); the code itself if it has none.
 * @param locale BCP 47 tag of the language to name it in; English by default. Groups of languages have
 * English names only.
 */
export function languageName(marcCode: string, locale = "en"): string {
  const code = currentMarcCode(marcCode);
  const english = englishNames.get(code);
  if (locale === "en" && english !== undefined) {
    return english;
  }
  if (!/^[a-z]{2,3}$/.test(code)) {
    return marcCode;
  }
  return namesIn(locale).of(toBcp47(code)) ?? english ?? marcCode;
}

let codesByName: Map<string, string> | undefined;

/** Names in the languages of `namingLocales` and in the language itself, folded, to MARC codes. */
function namesToCodes(): Map<string, string> {
  if (codesByName !== undefined) {
    return codesByName;
  }
  codesByName = new Map();
  // A name that two languages share means the better known, which has a tag of two letters.
  const codes = [...new Set([...marcToTag.keys(), ...englishNames.keys()])];
  const add = (code: string, name: string | undefined): void => {
    const key = name === undefined ? "" : foldTokens(name).join(" ");
    if (key !== "" && !codesByName?.has(key)) {
      codesByName?.set(key, code);
    }
  };
  for (const code of codes) {
    add(code, englishNames.get(code));
  }
  for (const [place, locale] of namingLocales.entries()) {
    const named = place < fullLocaleCount ? codes : marcToTag.keys();
    for (const code of named) {
      add(code, namesIn(locale).of(toBcp47(code)));
    }
  }
  const ownLocales = new Set(Intl.DisplayNames.supportedLocalesOf(codes.map(toBcp47)));
  for (const code of codes) {
    const tag = toBcp47(code);
    if (ownLocales.has(tag)) {
      add(code, namesIn(tag).of(tag));
    }
  }
  for (const [name, code] of otherNames) {
    codesByName.set(name, code);
  }
  return codesByName;
}

/** Names that `Intl` gives otherwise, folded. */
const otherNames: [string, string][] = [
  ["greek modern", "gre"],
  ["modern greek", "gre"],
  ["classical greek", "grc"],
  ["castilian", "spa"],
  ["castellano", "spa"],
  ["flemish", "dut"],
  ["farsi", "per"],
  ["mandarin", "chi"],
  ["gaelic", "gla"],
  ["irish gaelic", "gle"],
  ["old norse", "non"],
  ["serbo croatian", "srp"],
  ["tagalog", "tgl"],
  ["brazilian portuguese", "por"],
  ["american english", "eng"],
  ["british english", "eng"],
];

/**
 * The MARC code of a language given as MARC code, ISO 639 code, BCP 47 tag or name ("eng", "en-GB",
 * "English", "anglais", "日本語"); empty if it is none.
 */
export function toMarcLanguage(tagOrCodeOrName: string): string {
  const text = tagOrCodeOrName.trim().slice(0, 100);
  const code = text.split(/[-_@.]/, 1)[0]?.toLowerCase() ?? "";
  if (/^[a-z]{2,3}$/.test(code) && /^[\w@.-]+$/.test(text)) {
    const current = currentCodes.get(code) ?? tagToMarc.get(code) ?? code;
    if (englishNames.has(current)) {
      return current;
    }
    if (current.length === 3 && namesIn("en").of(current) !== undefined) {
      return current;
    }
  }
  const folded = foldTokens(text.replace(/\([^)]*\)/g, " ")).join(" ");
  return namesToCodes().get(folded) ?? "";
}
