/**
 * What readers call a long title for short: the first letters of its words, "lotr", "hhgttg", "asoiaf".
 * Which words they count differs, so a title has several: with its article and without, with small
 * words and without. Index and query ask the same functions.
 */
import { foldWords } from "./fold.ts";
import { WordSet } from "./text-hash.ts";
import { mainTitle } from "./title-keys.ts";

/** Fewer letters stand for anything, and more are typed by nobody. */
const acronym = /^[a-z]{3,7}$/;
/** A shorter title needs no short name, a longer one is a description. */
const minWords = 3;
const maxWords = 10;

const articles = new WordSet(
  "the a an le la les der die das el los las il lo gli o os as".split(" "),
);
const smallWords = new WordSet(
  "the a an and of in on to for from with by at le la les de du des et der die das und von el los las y il lo gli e o os as".split(
    " ",
  ),
);

/** A letter of another script: its first letters in transliteration are nobody's name for it. */
const foreignLetter = /(?!\p{Script=Latin})\p{L}/u;

/** True for a word that may be the first letters of a title. */
export function mayBeAcronym(token: string): boolean {
  return acronym.test(token);
}

/** The acronyms of a title of three words or more, without its subtitle. */
export function acronymsOf(title: string): string[] {
  if (foreignLetter.test(title)) {
    return [];
  }
  const words = foldWords(mainTitle(title));
  if (words.length < minWords || words.length > maxWords) {
    return [];
  }
  const found = new Set<string>();
  for (const form of [words, words.flatMap(partsOf)]) {
    const bare = articles.has(form[0] ?? "") ? form.slice(1) : form;
    const forms = [
      form,
      bare,
      form.filter((word) => !articles.has(word)),
      form.filter((word) => !smallWords.has(word)),
    ];
    for (const counted of forms) {
      const letters = counted.map((word) => word.charAt(0)).join("");
      if (mayBeAcronym(letters)) {
        found.add(letters);
      }
    }
  }
  return [...found];
}

/** As `acronymsOf`: series are printed with an article in front and without. */
export function acronymsOfSeries(title: string): string[] {
  return [...new Set([...acronymsOf(title), ...acronymsOf(`The ${title}`)])];
}

/** "hitchhikers" is two words: within one, no English word has an h twice. */
function partsOf(word: string): string[] {
  const seam = word.indexOf("hh", 1);
  return seam < 0 ? [word] : [word.slice(0, seam + 1), word.slice(seam + 1)];
}
