/**
 * Languages: catalogues use MARC codes ("ger"), browsers BCP 47 tags ("de-AT"), readers names
 * ("German", "Deutsch", "allemand"). MARC codes are the ones inside; names come from the runtime's
 * `Intl.DisplayNames`, so only the codes that differ between the two systems are listed.
 */
import { foldTokens } from "./text/fold.ts";

/** MARC codes and ISO 639-1 codes of the languages that have both (MARC Code List for Languages, 2007). */
const pairs =
  "aar aa abk ab afr af aka ak alb sq amh am ara ar arg an arm hy asm as ava av ave ae aym ay aze az " +
  "bak ba bam bm baq eu bel be ben bn bis bi bos bs bre br bul bg bur my cat ca cha ch che ce chi zh " +
  "chu cu chv cv cor kw cos co cre cr cze cs dan da div dv dut nl dzo dz eng en epo eo est et ewe ee " +
  "fao fo fij fj fin fi fre fr fry fy ful ff geo ka ger de gla gd gle ga glg gl glv gv gre el grn gn " +
  "guj gu hat ht hau ha heb he her hz hin hi hmo ho hrv hr hun hu ibo ig ice is ido io iii ii iku iu " +
  "ile ie ina ia ind id ipk ik ita it jav jv jpn ja kal kl kan kn kas ks kau kr kaz kk khm km kik ki " +
  "kin rw kir ky kom kv kon kg kor ko kua kj kur ku lao lo lat la lav lv lim li lin ln lit lt ltz lb " +
  "lub lu lug lg mac mk mah mh mal ml mao mi mar mr may ms mlg mg mlt mt mon mn nau na nav nv nbl nr " +
  "nde nd ndo ng nep ne nno nn nob nb nor no nya ny oci oc oji oj ori or orm om oss os pan pa per fa " +
  "pli pi pol pl por pt pus ps que qu roh rm rum ro run rn rus ru sag sg san sa sin si slo sk slv sl " +
  "sme se smo sm sna sn snd sd som so sot st spa es srd sc srp sr ssw ss sun su swa sw swe sv tah ty " +
  "tam ta tat tt tel te tgk tg tgl tl tha th tib bo tir ti ton to tsn tn tso ts tuk tk tur tr twi tw " +
  "uig ug ukr uk urd ur uzb uz ven ve vie vi vol vo wel cy wln wa wol wo xho xh yid yi yor yo zha za " +
  "zul zu";

/** Codes that MARC gave up, and ISO 639-2/T codes where MARC has the bibliographic one. */
const formerCodes =
  "scr hrv scc srp mol rum esp epo gae gla iri gle lan oci tag tgl fri fry gag glg cam khm tar tat taj " +
  "tgk ajm abk eth gez far fao gal orm gua grn int ina kus kos lap smi max glv sao smo snh sin sho sna " +
  "sso sot swz ssw tsw tsn tru chk sqi alb hye arm eus baq mya bur zho chi ces cze nld dut fra fre kat " +
  "geo deu ger ell gre isl ice mkd mac mri mao msa may fas per ron rum slk slo bod tib cym wel " +
  "hbs srp sh srp mo rum iw heb in ind ji yid jw jav tl tgl fil tgl";

/** Codes of groups of languages, which `Intl` doesn't name. */
const groups = new Map([
  ["und", "Undetermined"],
  ["mis", "Other languages"],
  ["nah", "Nahuatl"],
  ["myn", "Mayan languages"],
  ["nai", "North American Indian languages"],
  ["cai", "Central American Indian languages"],
  ["sai", "South American Indian languages"],
  ["map", "Austronesian languages"],
  ["paa", "Papuan languages"],
  ["phi", "Philippine languages"],
  ["sla", "Slavic languages"],
  ["roa", "Romance languages"],
  ["gem", "Germanic languages"],
  ["cel", "Celtic languages"],
  ["sem", "Semitic languages"],
  ["inc", "Indic languages"],
  ["ira", "Iranian languages"],
  ["fiu", "Finno-Ugrian languages"],
  ["smi", "Sami languages"],
  ["ber", "Berber languages"],
  ["bnt", "Bantu languages"],
  ["nic", "Niger-Kordofanian languages"],
  ["ssa", "Nilo-Saharan languages"],
  ["cau", "Caucasian languages"],
  ["dra", "Dravidian languages"],
  ["sit", "Sino-Tibetan languages"],
  ["aus", "Australian languages"],
  ["alg", "Algonquian languages"],
  ["cpe", "English-based creoles"],
  ["cpf", "French-based creoles"],
  ["cpp", "Portuguese-based creoles"],
  ["crp", "Creoles and pidgins"],
  ["sgn", "Sign languages"],
  ["art", "Artificial languages"],
]);

/** Languages without ISO 639-1 code that books are often in; their BCP 47 tag is the MARC code. */
const threeLetterOnly = (
  "ang enm fro frm goh gmh grc non haw sco syr akk sux arc cop egy gez got ceb hmn chr dum tlh kok mai " +
  "bho raj sat new awa mag car kha mni lus bal lad jrb jpr pal peo kaa crh krc udm ban bug bik war ilo " +
  "hil pag pap gsw nds dsb hsb csb scn nap pro sga mga bla cho mic moh rom fur ast mul zxx"
).split(" ");

const marcToTag = inSteps(pairs);
const tagToMarc = new Map([...marcToTag].map(([marc, tag]) => [tag, marc]));
const currentCode = inSteps(formerCodes);

function inSteps(table: string): Map<string, string> {
  const cells = table.split(" ");
  const map = new Map<string, string>();
  for (let cell = 0; cell + 1 < cells.length; cell += 2) {
    map.set(cells[cell] ?? "", cells[cell + 1] ?? "");
  }
  return map;
}

/** Languages of the names that `toMarcLanguage` understands, beside each language's own. */
const namingLocales = "en fr de es it pt nl ru sv pl ja zh".split(" ");

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

/**
 * The name of a language ("ger" → "German"); the code itself if it has none.
 * @param locale BCP 47 tag of the language to name it in; English by default.
 */
export function languageName(marcCode: string, locale = "en"): string {
  const code = currentCode.get(marcCode) ?? marcCode;
  const group = groups.get(code);
  if (group !== undefined) return group;
  if (!/^[a-z]{2,3}$/.test(code)) return marcCode;
  return namesIn(locale).of(toBcp47(code)) ?? marcCode;
}

let codesByName: Map<string, string> | undefined;

/** Names in the languages of `namingLocales` and in the language itself, folded, to MARC codes. */
function namesToCodes(): Map<string, string> {
  if (codesByName !== undefined) return codesByName;
  codesByName = new Map();
  const codes = [...marcToTag.keys(), ...threeLetterOnly];
  for (const locale of [...namingLocales, ""]) {
    for (const code of codes) {
      const tag = toBcp47(code);
      const name = namesIn(locale === "" ? tag : locale).of(tag);
      const key = name === undefined ? "" : foldTokens(name).join(" ");
      if (key !== "" && !codesByName.has(key)) codesByName.set(key, code);
    }
  }
  for (const [code, name] of groups) codesByName.set(foldTokens(name).join(" "), code);
  for (const [name, code] of otherNames) codesByName.set(name, code);
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
    const current = currentCode.get(code) ?? tagToMarc.get(code) ?? code;
    if (marcToTag.has(current) || groups.has(current)) return current;
    if (current.length === 3 && namesIn("en").of(current) !== undefined) return current;
  }
  const folded = foldTokens(text.replace(/\([^)]*\)/g, " ")).join(" ");
  return namesToCodes().get(folded) ?? "";
}
