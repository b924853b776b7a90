/**
 * The "languages" of generated titles: real little words and, for English, real common words, so
 * that the head of the frequency list is as hard for a search engine as a real one; all other words
 * are made of syllables. Shares are those of works, near Open Library's.
 */
export type Language = {
  /** MARC code. */
  code: string;
  share: number;
  /** What stands between words: nothing in Chinese and Japanese. */
  separator: " " | "";
  onsets: readonly string[];
  nuclei: readonly string[];
  codas: readonly string[];
  endings: readonly string[];
  /** Articles and the like, that open a title or follow a little word; repeated as often as they do. */
  articles: readonly string[];
  /** Little words, the most frequent first. */
  little: readonly string[];
  /** Common words of titles, the most frequent first; made of syllables where empty. */
  common: readonly string[];
};

const list = (text: string) => text.split(" ").map((item) => (item === "-" ? "" : item));
const range = (first: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(first + index * step));

function language(
  code: string,
  share: number,
  [onsets, nuclei, codas, endings]: readonly [string, string, string, string],
  articles: string,
  little: string,
  common = "",
): Language {
  return {
    code,
    share,
    separator: " ",
    onsets: list(onsets),
    nuclei: list(nuclei),
    codas: list(codas),
    endings: list(endings),
    articles: list(articles),
    little: list(little),
    common: common === "" ? [] : list(common),
  };
}

/** A script whose words are sequences of its signs. */
function signs(code: string, share: number, separator: " " | "", units: string[], little: string) {
  const empty = [""];
  const words = list(little);
  return {
    ...{ code, share, separator, onsets: units, nuclei: empty, codas: empty, endings: empty },
    ...{ articles: words, little: words, common: [] },
  } satisfies Language;
}

const commonEnglish =
  "history life new world story american man great modern war english art book little law study old guide love house science school people stories young literature children poems social states home national adventures public early education years journal introduction tales women first handbook century political selected boy family united practice international theory city economic development works human journey church letters language letter mystery short music philosophy day black report health night garden travels studies british research land road women's natural power god heart white annual general girl time death sea nature light practical mind south three two one west children's complete economy true country lost days last north water secret government king dictionary course problems river red society big french system business child woman state memoirs german green methods principles cooking data good golden christian last animals fire star essays industry collection wild town east local culture happy part drama teaching friends dark america guide battle living blue famous paper island mountain analysis case spirit games notes critical design field street stone change men silver future work dead plays royal plants review reader review's management family's money birds horse past engineering soul";

export const languages: readonly Language[] = [
  language(
    "eng",
    0.62,
    [
      "b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr r s sc sh sl sp st str t th tr v w",
      "a e i o u a e i o ai ea ee oa ou",
      "- - - b ck d g l ll m n nd ng nt p r rd rk rn rt s sh ss st t th x",
      "- - - er ing ed ion al ly ness ment ism able ist ive ous ity s",
    ],
    "the the the the the the the a a an how my",
    "of the and in to a for with on an from or by i other at how his my is as our you your its all it no what into her their we about through under after be not who between up are this when why that",
    commonEnglish,
  ),
  language(
    "ger",
    0.075,
    [
      "b br d dr f fl fr g gr h k kl kn kr l m n p pf r s sch schl schw sp st str t tr v w z zw",
      "a e i o u ä ö ü ei au eu ie",
      "- - ch ck d ff g l ll m n nd ng nk r rd rg rk rt s ss st t tz z",
      "- - en er ung heit keit lich isch schaft e",
    ],
    "die der das ein eine zur",
    "der die und das des in von zur im eine ein für den zum mit auf aus dem als über nach bei bis oder wie an",
  ),
  language(
    "fre",
    0.07,
    [
      "b br c ch cl d dr f fl fr g gr j l m n p pl pr r s t tr v vr qu",
      "a e i o u é è ou oi eau ai eu",
      "- - - - l n r s t x c",
      "- - e é ion eur ique ment age ière ais elle",
    ],
    "le la les un une l'art",
    "de la et le des les du à en un une dans pour sur par au aux avec ou sans d'un d'une chez entre",
  ),
  language(
    "spa",
    0.06,
    [
      "b br c ch cr d f fr g gr h j l ll m n p pl pr qu r s t tr v z",
      "a e i o u a o ie ue á é í ó",
      "- - - - n r s l d",
      "- o a os as ión dad mente ero ista ñor",
    ],
    "el la los las un una",
    "de la y el en los del a las un una para por con su al o se que sobre desde",
  ),
  language(
    "ita",
    0.03,
    [
      "b c ch d f fr g gh gl gn gr l m n p pr r s sc sp st t tr v z",
      "a e i o u à",
      "- - - - n r l",
      "o a i e ione ezza ità ino ella",
    ],
    "il la i le un una",
    "di e il la del della in i le un dei per a una nel da al con delle alla",
  ),
  language(
    "por",
    0.02,
    [
      "b br c ch d f g l lh m n nh p pr qu r s t tr v x",
      "a e i o u ã ei ou á é ê",
      "- - - - r s l m",
      "o a os as ção dade eiro inha",
    ],
    "o a os as um uma",
    "de e do da a o em os dos as das no na para um por com uma ao",
  ),
  language(
    "dut",
    0.015,
    [
      "b bl br d dr f g gr h k kl l m n p r s sch sl st t tr v w z",
      "a e i o u aa ee oo oe ij ui ou",
      "- - ch d g k l m n ng r rk rs s st t",
      "- en er ing heid lijk je",
    ],
    "de het een",
    "de van het en in een voor der op met te over aan uit tot",
  ),
  language(
    "pol",
    0.015,
    [
      "b br c cz d dr dz g gr j k kr l ł m n p pr prz r rz s sk st sz t tr w z ż",
      "a e i o u ó ą ę y ie",
      "- - - k l m n r s ś t cz",
      "- a y i ość anie ski owy ek",
    ],
    "w o na",
    "i w z na do o po od dla przez za nie ze oraz",
  ),
  language(
    "ind",
    0.015,
    [
      "b c d g h j k l m n ng ny p r s t w y",
      "a e i o u",
      "- - - h k m n ng r s t",
      "- - an i kan nya",
    ],
    "di si",
    "dan di yang dalam untuk dari ke pada dengan atau sebuah",
  ),
  language(
    "swe",
    0.01,
    [
      "b bl br d dr f fl g gr h j k kl kr l m n p r s sk sl sp st sv t tr v",
      "a e i o u å ä ö",
      "- - d g k l ll m n nd ng r rk s st t",
      "- en et ar are het lig ning",
    ],
    "en ett den det",
    "och i en av för på till den från med det ett om som",
  ),
  language(
    "lat",
    0.01,
    [
      "b c d f fl g gr l m n p pr qu r s scr sp st t tr v",
      "a e i o u ae",
      "- - - n r s t x",
      "us um a is ae orum tio es",
    ],
    "de in",
    "de et in ad ex cum ab sive quae pro per",
  ),
  language(
    "tur",
    0.01,
    [
      "b c ç d g h k l m n p r s ş t v y z",
      "a e ı i o ö u ü",
      "- - k l m n r ş t z",
      "- lar ler lık ci da de",
    ],
    "bir",
    "ve bir ile için üzerine bu da",
  ),
  language(
    "rus",
    0.018,
    [
      "б бр в г гр д др ж з к кл кр л м н п пр р с ск ст т тр ф х ц ч ш",
      "а е и о у я ы ю ё",
      "- - - в д к л м н р с т й",
      "- ов ость ение ский ная ый ка",
    ],
    "о в на",
    "и в на о с по для из от к об как при не",
  ),
  signs("chi", 0.012, "", range(0x4e00, 2600, 8), "的 之 与 论 史 集"),
  signs(
    "jpn",
    0.008,
    "",
    [...range(0x3042, 40, 2), ...range(0x30a2, 40, 2), ...range(0x4e01, 600, 31)],
    "の と に は へ",
  ),
  language(
    "ara",
    0.006,
    [
      "ب ت ث ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه",
      "ا و ي - - -",
      "- - ب د ر س ف ل م ن",
      "- - ة ية ات ين",
    ],
    "في من",
    "في من و على إلى عن بين",
  ),
  language(
    "gre",
    0.002,
    [
      "β γ δ ζ θ κ λ μ ν π πρ ρ σ στ τ φ χ",
      "α ε η ι ο υ ω ά έ ί ό",
      "- - - ν ρ",
      "ος η ο α ία ικό",
    ],
    "ο η το οι",
    "και του της το η ο στην των με για",
  ),
  signs("kor", 0.002, " ", range(0xac00, 390, 28), "의 와 및 한 그"),
  signs("heb", 0.002, " ", range(0x5d0, 27), "של על את עם"),
];

/** Languages in Latin letters come first. */
export const latinCount = languages.findIndex(({ code }) => code === "rus");
