/** What a script asks of a layout. */
export type Script =
  | "latin"
  | "cyrillic"
  | "greek"
  | "cjk"
  | "hangul"
  | "arabic"
  | "hebrew"
  | "other";

const scripts: readonly (readonly [Script, RegExp])[] = [
  ["cjk", /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["hangul", /\p{Script=Hangul}/u],
  ["arabic", /\p{Script=Arabic}/u],
  ["hebrew", /\p{Script=Hebrew}/u],
  ["cyrillic", /\p{Script=Cyrillic}/u],
  ["greek", /\p{Script=Greek}/u],
  ["latin", /\p{Script=Latin}/u],
];

/** The script a text is set in: the one of most of its letters that isn't Latin, else Latin. */
export function scriptOf(text: string): Script {
  let best: Script = /\p{Letter}/u.test(text) ? "other" : "latin";
  let bestCount = 0;
  for (const [script, letters] of scripts) {
    const count = text.match(new RegExp(letters, "gu"))?.length ?? 0;
    if (count > bestCount) {
      best = script;
      bestCount = count;
    }
  }
  return best;
}

export function isRightToLeft(script: Script): boolean {
  return script === "arabic" || script === "hebrew";
}

/** Whether lines may break between any two letters. */
export function breaksAnywhere(script: Script): boolean {
  return script === "cjk";
}

/** Whether the sans has the letters; where it hasn't, the serif, which does, is better than luck. */
export function hasSans(script: Script): boolean {
  return script !== "cyrillic" && script !== "greek";
}
