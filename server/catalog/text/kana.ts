/** Kana in Latin letters: modified Hepburn (ALA-LC) with long vowels as short ones. */

const rows =
  "あ a い i う u え e お o か ka き ki く ku け ke こ ko が ga ぎ gi ぐ gu げ ge ご go さ sa し shi す su せ se " +
  "そ so ざ za じ ji ず zu ぜ ze ぞ zo た ta ち chi つ tsu て te と to だ da ぢ ji づ zu で de ど do な na に ni " +
  "ぬ nu ね ne の no は ha ひ hi ふ fu へ he ほ ho ば ba び bi ぶ bu べ be ぼ bo ぱ pa ぴ pi ぷ pu ぺ pe ぽ po " +
  "ま ma み mi む mu め me も mo や ya ゆ yu よ yo ら ra り ri る ru れ re ろ ro わ wa ゐ i ゑ e を o ん n ゔ vu";
const cells = rows.split(" ");
const syllables = new Map<string, string>();
for (let cell = 0; cell < cells.length; cell += 2) {
  syllables.set(cells[cell] ?? "", cells[cell + 1] ?? "");
}
/** Small kana replace the vowel before them. */
const smallKana = new Map([
  ["ゃ", "ya"],
  ["ゅ", "yu"],
  ["ょ", "yo"],
  ["ぁ", "a"],
  ["ぃ", "i"],
  ["ぅ", "u"],
  ["ぇ", "e"],
  ["ぉ", "o"],
  ["ゎ", "wa"],
]);

/** @param word as `foldWords` yields it, in hiragana. @returns undefined if it is not all kana. */
export function romanisedKana(word: string): string | undefined {
  let text = "";
  let isDoubled = false;
  for (const kana of word) {
    if (kana === "っ") {
      isDoubled = true;
      continue;
    }
    if (kana === "ー") {
      continue;
    }
    const small = smallKana.get(kana);
    if (small !== undefined) {
      text = withSmall(text, small);
      continue;
    }
    const syllable = syllables.get(kana);
    if (syllable === undefined) {
      return undefined;
    }
    if (isDoubled) {
      text += syllable.startsWith("ch") ? "t" : syllable.charAt(0);
    }
    isDoubled = false;
    text += syllable;
  }
  return text.replace(/ou|oo/g, "o").replace(/uu/g, "u");
}

/** し+ょ is "sho", き+ょ "kyo", ふ+ぁ "fa", う+ぇ "we". */
function withSmall(text: string, small: string): string {
  const stem = text.slice(0, -1);
  if (!/[aiueo]$/.test(text)) {
    return text + small;
  }
  if (stem === "" || /[aiueo]$/.test(stem)) {
    return `${stem}${text.endsWith("u") ? "w" : "y"}${small.slice(-1)}`;
  }
  return /(?:sh|ch|j)$/.test(stem) ? stem + small.slice(-1) : stem + small;
}
