/**
 * Latin spellings of the letters of other alphabets, so that one index serves all scripts. Each
 * table is the plain-ASCII reading of a published standard; where scripts leave vowels out (Hebrew,
 * Arabic), so do we. Spellings that other schemes would choose meet in `romanKey`.
 *
 * Only lower-case letters are listed; input is lower-cased before.
 */

/** Latin letters that Unicode does not decompose, by how they are typed without their sign. */
const latin =
  "æ ae œ oe ß ss ø o đ d ð d þ th ł l ı i ħ h ŧ t ŋ ng ĸ k ƒ f ɓ b ɗ d ɖ d ƴ y ƙ k ƞ n ɲ ny ɔ o ɛ e " +
  "ə e ǝ e ɣ g ɩ i ʊ u ƹ z ʒ zh ƶ z ɨ i ʉ u ɵ o ƀ b ȼ c ɇ e ǥ g ɉ j ɍ r ɏ y ⱥ a ⱦ t ƈ c ɠ g ƥ p ƭ t ʋ v " +
  "ꜩ tz ꝏ oo ꝑ p ꝓ p ꝗ q ꝟ v ꝥ th ȝ gh ƿ w ɑ a ʃ sh ɹ r";

/**
 * BGN/PCGN 1947 romanisation of Russian without its apostrophes and with plain "e" for е, ё and э,
 * which print does not keep apart; the other Cyrillic alphabets after their own BGN/PCGN tables.
 * й and и as well as ё and е are told apart here because NFKD would merge them.
 */
const cyrillic =
  "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts " +
  "ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya і i ї yi є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dzh ѓ gj " +
  "ќ kj ѕ dz ѐ e ѝ i ѣ e ѳ f ѵ i ѡ o ѧ ya ѫ u ә a ғ gh қ q ң ng ө o ұ u ү u һ h җ j ҳ h ҷ j ӣ i ӯ u ӑ a " +
  "ӗ e ҫ s ӳ u ҙ dh ҡ q ҥ ng ҹ ch ӏ -";

/** ISO 843 (1997) transliteration, type 1, without diacritics; ου, αυ, ευ are seen to in the scanner. */
const greek =
  "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps " +
  "ω o ϊ i ϋ y ϐ v ϑ th ϕ f ϖ p ϰ k ϱ r ϲ s ϝ w";

/** BGN/PCGN 1981 romanisation of Armenian; ու is seen to in the scanner. */
const armenian =
  "ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh " +
  "ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev";

/** National system of Georgia (2002) without its apostrophes. */
const georgian =
  "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q " +
  "შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h ჱ ey ჲ y ჳ wi ჴ q ჵ o ჶ f";

/** ALA-LC Hebrew, consonants only; alef and ayin stand as "a" so that no word vanishes. */
const hebrew =
  "א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts ק k " +
  "ר r ש sh ת t ײ y ױ vy װ v";

/** ALA-LC Arabic, Persian and Urdu, consonants and long vowels; alif and ʿayn stand as "a". */
const arabic =
  "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l " +
  "م m ن n ه h ة h و w ي y ى a ء - پ p چ ch ژ zh ک k گ g ی y ٹ t ڈ d ڑ r ں n ھ h ہ h ے y ٱ a ۀ h ە h " +
  "ڤ v ۆ o ێ e ڵ l ڕ r ڭ ng ۇ u ۈ u ۋ v ې e ـ -";

const readings = new Map<number, string>();
for (const table of [latin, cyrillic, greek, armenian, georgian, hebrew, arabic]) {
  const cells = table.split(" ");
  for (let cell = 0; cell + 1 < cells.length; cell += 2) {
    const codePoint = cells[cell]?.codePointAt(0) ?? 0;
    const reading = cells[cell + 1] ?? "";
    readings.set(codePoint, reading === "-" ? "" : reading);
  }
}

/** The Latin reading of a lower-case letter; undefined if no table has it. */
export function latinReading(codePoint: number): string | undefined {
  return readings.get(codePoint);
}
