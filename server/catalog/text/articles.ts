/**
 * Articles in front of titles: readers leave them out, and shelves file a title under the word behind
 * them. One table serves both; which of its words count depends on what is known of the language:
 * "Die Verwandlung" is filed under V, "Die Hard" under D.
 *
 * After MARC 21's list of initial articles (loc.gov/marc/bibliographic/bdapndxf.html).
 */
import { isAscii } from "./ascii.ts";
import { foldWords } from "./fold.ts";
import { WordSet } from "./text-hash.ts";

/** Folded articles by MARC code of the language. */
const articlesByLanguage = new Map<string, ReadonlySet<string>>(
  Object.entries({
    eng: "the a an",
    fre: "le la les l un une des",
    ger: "der die das den dem des ein eine einen einem einer eines",
    spa: "el la los las lo un una unos unas",
    ita: "il lo la i gli le l un uno una",
    por: "o a os as um uma uns umas",
    cat: "el la els les l un una uns unes lo los",
    glg: "o a os as un unha uns unhas",
    dut: "de het een t n",
    afr: "die n",
    swe: "en ett den det de",
    dan: "en et den det de",
    nor: "en et ei den det de",
    nob: "en et ei den det de",
    nno: "ein eit ei den det dei",
    ice: "hinn hin hid",
    hun: "a az egy",
    rum: "un o",
    gre: "o i to oi ta enas mia ena",
    ara: "al el",
    yid: "der di dos a an",
    epo: "la",
    gle: "an na",
    wel: "y yr",
  }).map(([language, words]) => [language, new Set(words.split(" "))]),
);

const allWords = [...new Set([...articlesByLanguage.values()].flatMap((words) => [...words]))];

const knownWords = new WordSet(allWords);
const longestArticle = Math.max(...allWords.map((word) => word.length));

/**
 * Articles that are more often another word, with the languages in which they are that word: "As I Lay
 * Dying", "I, Claudius", "O Pioneers!", "De profundis", "En attendant Godot", "Al Capone". They count
 * only where the language is known, or where being wrong costs nothing.
 */
const otherWords = new Map(
  Object.entries({
    al: "eng fre ita spa",
    as: "eng",
    az: "",
    de: "cat fre ita lat por rum spa",
    dei: "ita lat",
    dem: "eng",
    den: "eng",
    des: "eng",
    det: "",
    di: "ita",
    dos: "cat por spa",
    egy: "",
    ei: "ger",
    en: "cat dut fre spa",
    et: "fre lat",
    hin: "ger",
    i: "cat eng pol",
    mia: "eng",
    n: "eng",
    na: "bul cze hrv pol por rus slo srp",
    o: "cze eng gle pol",
    oi: "eng",
    t: "eng",
    ta: "",
    to: "cze eng pol",
    um: "ger",
    uma: "",
    uns: "ger",
    y: "spa",
    yr: "",
  }).map(([word, languages]) => [word, languages.split(" ")]),
);

/** "Die Hard", "Los Angeles", "Las Vegas": no articles unless the language is known. */
const namesAndVerbs = new Map([
  ["die", ["eng"]],
  ["los", []],
  ["las", []],
]);

/** Articles of any language, for looser forms of a title; without the English pronoun "I". */
export const articleWords: readonly string[] = allWords.filter((word) => word !== "i");

/** Articles of any language that are hardly ever another word. */
export const plainArticles: WordSet = new WordSet(allWords.filter((word) => !otherWords.has(word)));

/** Names whose article is part of the name in every language. */
const wholeNames = new Set(
  (
    "los angeles,los alamos,los gatos,las vegas,las palmas,las cruces,la paz,la plata,la rochelle," +
    "la salle,la jolla,la scala,la coruna,la guardia,el paso,el salvador,el alamein,el dorado," +
    "le mans,le havre,des moines,den haag,el nino,la la,le carre,le guin,le corbusier"
  ).split(","),
);

/** The article stands apart ("The …") or is elided ("L'…", "’t …"); "I, Claudius" has none. */
const openingWord =
  /^[\s\p{Pi}\p{Ps}"'’¿¡]*(\p{L}+)(?:\s+(?=[^\s\p{Pd}&])|['’ʼ]\s?(?=\p{L})|-(?=\p{L}))/u;
/** "A is for Alibi", "A to Z": the letter. "A la recherche", "À rebours": the preposition. */
const otherA = /^\P{L}*(?:à|a\s+(?:is|to|and|or|was|for|la|las|los|el|les?|l['’]))\s/iu;

/** What only German titles that begin with "Die" have: "Die Dämonen", "Die Waffen nieder und …". */
const german =
  /[äöüß]|\s(?:und|der|des|dem|den|von|vom|zum|zur|im|ein|eine|oder|mit|aus|nach|auf)\s/iu;

/**
 * How many of the title's folded words are an article that a shelf does not file it under: 0 or 1.
 * @param languages MARC codes of the languages that the title may be in; none if unknown. Without
 * them, and in English titles, which are often foreign ones ("Das Kapital"), words count that are
 * hardly ever anything but an article.
 */
export function initialArticleCount(title: string, languages: readonly string[]): number {
  const opening = openingWord.exec(title);
  if (opening === null || !mayBeArticle(opening[1] ?? "") || otherA.test(title)) {
    return 0;
  }
  const [word = "", next = ""] = foldWords(title.slice(0, 60));
  if (next === "" || foldWords(opening[1] ?? "")[0] !== word) {
    return 0;
  }
  const separator = opening[0].at(-1) ?? "";
  // "Al-Andalus", but "A-Zenith": only the Arabic article is joined with a hyphen.
  if (separator === "-" && word !== "al" && word !== "el") {
    return 0;
  }
  if (wholeNames.has(`${word} ${next}`)) {
    return 0;
  }
  if (word === "die" && german.test(title)) {
    return 1;
  }
  return isArticle(word, opening[0], languages) ? 1 : 0;
}

/** A quick look before the folding: most titles begin with another word. */
function mayBeArticle(word: string): boolean {
  return word.length <= longestArticle && (!isAscii(word) || knownWords.has(word.toLowerCase()));
}

function isArticle(word: string, printed: string, languages: readonly string[]): boolean {
  // "The" stands in titles of all languages, and is nothing else in any.
  if (word === "the") {
    return true;
  }
  if (/^[lnt]$/.test(word) && !/['’ʼ]/.test(printed)) {
    return false;
  }
  const elsewhere: readonly string[] | undefined = otherWords.get(word) ?? namesAndVerbs.get(word);
  const isOwn = languages.some((language) => articlesByLanguage.get(language)?.has(word));
  if (isOwn) {
    return !languages.some((language) => elsewhere?.includes(language));
  }
  const isForeign = languages.length === 0 || languages.includes("eng");
  return isForeign && elsewhere === undefined && plainArticles.has(word);
}
