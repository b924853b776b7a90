/**
 * Which volume of a larger work a title names: "history of rome|volume 2 of 8", "faust tome ii",
 * "bleach vol 23|mala suerte". Titles are folded, their parts apart by "|".
 */
import { plainArticles } from "./articles.ts";
import { numberValue } from "./number-value.ts";
import { volumeWords } from "./volume-words.ts";

export type VolumeTitle = {
  /** The title of all volumes, as a key: without an article in front. */
  whole: string;
  number: number;
};

const markers = new Set([...volumeWords, "t"]);
/** "1 of 2", "1 de 2", in brackets at the end of titles. */
const ofAll = /^(.{3,})\|?[ |]([0-9]{1,3}) (?:of|de|von|van|di|af|av) [0-9]{1,3}$/;
/** No work has more volumes; a larger number is a year. */
const MAX_NUMBER = 999;
/** Titles without an author that say less are of several works ("Poems, volume 1"). */
const LEAST_WORDS_WITHOUT_AUTHOR = 3;

/** The volume that a folded title names; undefined if it names none. */
export function volumeOf(title: string, author: string): VolumeTitle | undefined {
  const words = title.replaceAll("|", " | ").split(" ");
  for (let place = words.length - 2; place > 0; place--) {
    if (!markers.has(words[place] ?? "")) {
      continue;
    }
    const number = numberValue(words[place + 1] ?? "");
    const whole = wholeOf(words.slice(0, place), author);
    if (number !== undefined && number <= MAX_NUMBER && whole !== undefined) {
      return { whole, number };
    }
  }
  const [, before = "", number = ""] = ofAll.exec(title) ?? [];
  const whole = number === "" ? undefined : wholeOf(before.split(/[ |]+/), author);
  return whole === undefined ? undefined : { whole, number: Number(number) };
}

function wholeOf(words: readonly string[], author: string): string | undefined {
  const some = words.filter((word) => word !== "|" && word !== "");
  const bare = plainArticles.has(some[0] ?? "") ? some.slice(1) : some;
  const least = author === "" ? LEAST_WORDS_WITHOUT_AUTHOR : 1;
  return bare.length < least ? undefined : bare.join(" ");
}
