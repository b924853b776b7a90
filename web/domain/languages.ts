/**
 * Languages by their MARC codes, as the catalogue has them. MARC is ISO 639-2/B; browsers know BCP 47,
 * which uses the terminology codes, so the twenty-odd that differ are mapped here.
 * Source: https://www.loc.gov/marc/languages/language_code.html
 */
const bibliographic: Readonly<Record<string, string>> = {
  alb: "sq",
  arm: "hy",
  baq: "eu",
  bur: "my",
  chi: "zh",
  cze: "cs",
  dut: "nl",
  fre: "fr",
  geo: "ka",
  ger: "de",
  gre: "el",
  ice: "is",
  mac: "mk",
  mao: "mi",
  may: "ms",
  per: "fa",
  rum: "ro",
  slo: "sk",
  scc: "sr",
  scr: "hr",
  tib: "bo",
  wel: "cy",
};

/** Names that browsers leave out: languages of old books, mostly, and groups of languages. */
const ownNames: Readonly<Record<string, string>> = {
  akk: "Akkadian",
  ang: "Old English",
  arc: "Aramaic",
  arn: "Mapuche",
  cai: "Central American languages",
  chu: "Church Slavic",
  cop: "Coptic",
  cor: "Cornish",
  egy: "Egyptian",
  enm: "Middle English",
  fij: "Fijian",
  frm: "Middle French",
  fro: "Old French",
  fur: "Friulian",
  gem: "Germanic languages",
  glv: "Manx",
  gmh: "Middle High German",
  goh: "Old High German",
  got: "Gothic",
  grc: "Ancient Greek",
  gsw: "Swiss German",
  lad: "Ladino",
  map: "Austronesian languages",
  mul: "Several languages",
  nah: "Nahuatl",
  nds: "Low German",
  non: "Old Norse",
  ota: "Ottoman Turkish",
  pli: "Pali",
  roa: "Romance languages",
  sco: "Scots",
  sla: "Slavic languages",
  smi: "Sami",
  sux: "Sumerian",
  syr: "Syriac",
  tib: "Tibetan",
  vol: "Volapük",
  wen: "Sorbian",
};

const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** The English name of a language; the code itself where there is none. */
export function languageName(code: string): string {
  return ownNames[code] ?? nameOf(languageTag(code)) ?? code;
}

/** The BCP 47 tag of a MARC code, for `lang` attributes; undefined for none and for nonsense. */
export function languageTag(code: string): string | undefined {
  if (!/^[a-z]{3}$/.test(code) || code === "und" || code === "mul" || code === "zxx")
    return undefined;
  const tag = bibliographic[code] ?? code;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function nameOf(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : names.of(tag);
}
