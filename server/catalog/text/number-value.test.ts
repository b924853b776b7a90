import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardinalValues, doubtfulNumbers, ordinalValues } from "./number-lexicon.ts";
import { numberValue } from "./number-value.ts";
import { romanValue } from "./roman-numerals.ts";
import { anyText } from "./testing/any-text.ts";

describe("numberValue", () => {
  test.each([
    ["3", 3],
    ["007", 7],
    ["2.", 2],
    ["٣", 3],
    ["#4", 4],
    ["1st", 1],
    ["3rd", 3],
    ["12th", 12],
    ["1er", 1],
    ["3ème", 3],
    ["2e", 2],
    ["1º", 1],
    ["4de", 4],
    ["i", 1],
    ["IV", 4],
    ["xiv", 14],
    ["xxxix", 39],
    ["three", 3],
    ["Third", 3],
    ["twenty", 20],
    ["twenty-one", 21],
    ["twenty-first", 21],
    ["ninety", 90],
    ["trois", 3],
    ["troisième", 3],
    ["dix-sept", 17],
    ["vingt et un", 21],
    ["drei", 3],
    ["dritter", 3],
    ["zwölfte", 12],
    ["dreißig", 30],
    ["tres", 3],
    ["tercera", 3],
    ["dieciséis", 16],
    ["treinta y uno", 31],
    ["tre", 3],
    ["terzo", 3],
    ["diciannovesimo", 19],
    ["drie", 3],
    ["derde", 3],
    ["três", 3],
    ["terceiro", 3],
    ["три", 3],
    ["третья", 3],
    ["девятнадцатый", 19],
  ])("reads %s as %d", (token, value) => {
    expect(numberValue(token)).toBe(value);
  });

  test.each([
    ["one two three four five six seven eight nine ten"],
    ["un deux trois quatre cinq six sept huit neuf dix"],
    ["eins zwei drei vier fünf sechs sieben acht neun zehn"],
    ["uno dos tres cuatro cinco seis siete ocho nueve diez"],
    ["uno due tre quattro cinque sei sette otto nove dieci"],
    ["een twee drie vier vijf zes zeven acht negen tien"],
    ["um dois três quatro cinco seis sete oito nove dez"],
    ["один два три четыре пять шесть семь восемь девять десять"],
    ["first second third fourth fifth sixth seventh eighth ninth tenth"],
    ["premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième"],
    ["erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte"],
    ["primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"],
    ["primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"],
    ["eerste tweede derde vierde vijfde zesde zevende achtste negende tiende"],
    ["primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo"],
    ["первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый"],
  ])("counts %s", (words) => {
    expect(words.split(" ").map(numberValue)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each(["", "dune", "xl", "li", "mix", "civil", "3d", "4you", "one two", "twenty ten", "?"])(
    "finds no number in %j",
    (token) => {
      expect(numberValue(token)).toBeUndefined();
    },
  );

  test("is a whole number or nothing for any text", () => {
    fc.assert(
      fc.property(anyText(30), (text) => {
        const value = numberValue(text);
        expect(value === undefined || Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });
});

test("no word is two numbers, and every doubtful one is a number", () => {
  for (const [word, value] of cardinalValues) {
    expect([word, ordinalValues.get(word) ?? value]).toEqual([word, value]);
  }
  for (const word of doubtfulNumbers) {
    expect([word, numberValue(word)]).toEqual([word, expect.any(Number)]);
  }
});

test.each([
  ["i", 1],
  ["iiii", 4],
  ["ix", 9],
  ["xlii", 42],
  ["mdccclv", 1855],
  ["mcmxcix", 1999],
  ["mmxxvi", 2026],
  ["", undefined],
  ["iix", undefined],
  ["vx", undefined],
  ["ic", undefined],
  ["IV", undefined],
  ["four", undefined],
])("romanValue of %j is %s", (text, value) => {
  expect(romanValue(text)).toBe(value);
});
