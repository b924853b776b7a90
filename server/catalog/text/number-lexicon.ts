/**
 * Words for numbers: one to twenty, the tens, first to twentieth, in English, French, German, Spanish,
 * Italian, Dutch, Portuguese and Russian. Written as their languages write them, kept as folded words.
 */
import { foldWords } from "./fold.ts";

const cardinals = new Map<string, number>();
const ordinals = new Map<string, number>();

/** Words from 1 on, forms of one number by "/"; numbers of two words are left to the reader. */
const cardinalsFromOne = [
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
  "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt",
  "eins/ein/eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
  "uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
  "uno/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
  "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig",
  "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vinte",
  "один/одна/одно два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
];

const tensFromThirty = [
  "thirty forty fifty sixty seventy eighty ninety",
  "trente quarante cinquante soixante",
  "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
  "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
  "trenta quaranta cinquanta sessanta settanta ottanta novanta",
  "dertig veertig vijftig zestig zeventig tachtig negentig",
  "trinta quarenta cinquenta sessenta setenta oitenta noventa",
  "тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
];

/** Ordinals from 1 on, with the endings that gender, number and case give them. */
const ordinalsFromFirst: [stems: string, endings: string][] = [
  [
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "",
  ],
  [
    "premier/première second/seconde/deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième - - - vingtième",
    "",
  ],
  [
    "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst",
    "e er es en em",
  ],
  [
    "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim decimotercer decimocuart decimoquint decimosext decimoséptim decimoctav decimonoven vigésim",
    "o a os as",
  ],
  ["primer - tercer", ""],
  [
    "prim second terz quart quint sest settim ottav non decim undicesim dodicesim tredicesim quattordicesim quindicesim sedicesim diciassettesim diciottesim diciannovesim ventesim",
    "o a",
  ],
  [
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste",
    "",
  ],
  ["primeir segund terceir quart quint sext sétim oitav non décim", "o a os as"],
  [
    "перв втор - четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат",
    "ый ой ая ое",
  ],
  ["- - трет", "ий ья ье"],
];

/** Ordinals of the tens, and a hundred. */
const ordinalTens =
  "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth";

function add(map: Map<string, number>, word: string, value: number): void {
  const [folded, more] = foldWords(word);
  if (folded !== undefined && more === undefined) {
    map.set(folded, value);
  }
}

/** Lists in step: the first cell is worth `from`, the next `by` more. */
function count(map: Map<string, number>, cells: string, from: number, by: number): void {
  for (const [place, forms] of cells.split(" ").entries()) {
    for (const form of forms.split("/")) {
      if (form !== "-") {
        add(map, form, from + by * place);
      }
    }
  }
}

for (const cells of cardinalsFromOne) {
  count(cardinals, cells, 1, 1);
}
for (const cells of tensFromThirty) {
  count(cardinals, cells, 30, 10);
}
for (const [stems, endings] of ordinalsFromFirst) {
  for (const ending of endings.split(" ")) {
    count(
      ordinals,
      stems.replace(/[^\s/-]+/gu, (stem) => stem + ending),
      1,
      1,
    );
  }
}
count(ordinals, ordinalTens, 20, 10);

/** Values of folded words: "drei" → 3. */
export const cardinalValues: ReadonlyMap<string, number> = cardinals;
/** Values of folded words: "troisieme" → 3. */
export const ordinalValues: ReadonlyMap<string, number> = ordinals;

/**
 * Number words that are more often another word, in their own language or in English. Where nothing
 * says that a number is meant ("Book …", "volume …"), they should be read as what they are.
 */
export const doubtfulNumbers: ReadonlySet<string> = new Set(
  (
    "un une ein eine uno una een um uma elf once seize dix odin odna odno dve sem tien tres " +
    "premier premiere primer primera prima primo seconde seconda secondo nona nono quarto quinta " +
    "sexto sexta sesto tercer acht achte achter achten"
  ).split(" "),
);
