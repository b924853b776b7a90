/** What of a text in kana or Hangul can be read without a dictionary, in Latin letters. */
import { foldWords } from "./fold.ts";
import { romanisedHangul } from "./hangul.ts";
import { romanisedKana } from "./kana.ts";

/** Runs of one script are words of their own: ノルウェイ|の|森. */
const readable = /[\p{sc=Katakana}ー]+|\p{sc=Hiragana}+|[\uac00-\ud7a3]+/gu;
/** Particles alone ("no") are no title. */
const MIN_LETTERS = 5;

/** "ノルウェイの森" → "noruwei no"; empty if too little can be read. */
export function romanised(text: string): string {
  const words: string[] = [];
  for (const [run] of text.normalize("NFC").matchAll(readable)) {
    const word = foldWords(run).join("");
    const reading = romanisedKana(word) ?? romanisedHangul(word) ?? "";
    if (reading !== "") {
      words.push(reading);
    }
  }
  const joined = words.join(" ");
  return joined.length < MIN_LETTERS ? "" : joined;
}
