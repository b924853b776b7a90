/** The number that a folded word is, however it is written: "3", "03", "3rd", "iii", "three", "third". */

const words = new Map<string, number>();
/** Lists in step: the first word is worth `from`, the next one more. */
function count(from: number, list: string): void {
  for (const [place, word] of list.split(" ").entries()) words.set(word, from + place);
}
count(
  1,
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
    "sixteen seventeen eighteen nineteen twenty",
);
count(
  1,
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth " +
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
);
count(2, "deux trois quatre cinq six sept huit neuf dix onze douze");
count(2, "deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme");
count(1, "premier");
count(1, "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf");
count(1, "erster zweiter dritter vierter funfter sechster siebter achter neunter zehnter");
count(1, "erstes zweites drittes viertes funftes sechstes siebtes achtes neuntes zehntes");
count(1, "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte");
count(2, "dos tres cuatro cinco seis siete ocho nueve diez");
count(1, "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo");
count(2, "due tre quattro cinque sei sette otto nove dieci");
count(1, "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo");
count(2, "twee drie vier vijf zes zeven acht negen tien");
count(1, "pervaya vtoraya tretya chetvertaya pyataya shestaya sedmaya vosmaya");

const roman = /^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$/;
const romanTens = 10;

/** @param token folded. @returns undefined if it is no number. */
export function numberValue(token: string): number | undefined {
  const digits = /^([0-9]{1,9})(?:st|nd|rd|th|e|er|eme|o|a)?$/.exec(token);
  if (digits !== null) return Number(digits[1]);
  const word = words.get(token);
  if (word !== undefined) return word;
  const letters = roman.exec(token);
  if (letters === null) return undefined;
  const [, tens = "", ones = ""] = letters;
  return tens.length * romanTens + romanOnes.indexOf(ones);
}

const romanOnes = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
