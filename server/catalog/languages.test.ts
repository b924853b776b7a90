import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageName, toBcp47, toMarcLanguage } from "./languages.ts";
import { anyText } from "./text/testing/any-text.ts";

describe("toMarcLanguage", () => {
  test.each([
    ["eng", "eng"],
    ["en", "eng"],
    ["en-GB", "eng"],
    ["EN_us.UTF-8", "eng"],
    ["English", "eng"],
    ["anglais", "eng"],
    ["Deutsch", "ger"],
    ["deu", "ger"],
    ["ger", "ger"],
    ["français", "fre"],
    ["Francais", "fre"],
    ["fra", "fre"],
    ["日本語", "jpn"],
    ["русский", "rus"],
    ["ελληνικά", "gre"],
    ["zh-Hant", "chi"],
    ["scr", "hrv"],
    ["iw", "heb"],
    ["Ancient Greek", "grc"],
    ["Altgriechisch", "grc"],
    ["Akkadian", "akk"],
    ["Castilian", "spa"],
    ["mul", "mul"],
    ["Slavic languages", "sla"],
    [" French (France) ", "fre"],
  ])("knows %s as %s", (text, code) => {
    expect(toMarcLanguage(text)).toBe(code);
  });

  test.each(["", "xx", "nonsense", "12", "q", "no such language"])("does not know %s", (text) => {
    expect(toMarcLanguage(text)).toBe("");
  });

  test("answers with three letters or nothing for any text", () => {
    fc.assert(
      fc.property(anyText(20), (text) => {
        expect(toMarcLanguage(text)).toMatch(/^(?:[a-z]{3})?$/);
      }),
    );
  });
});

test("names languages in English and in others", () => {
  expect(languageName("ger")).toBe("German");
  expect(languageName("ger", "fr")).toBe("allemand");
  expect(languageName("scr")).toBe("Croatian");
  expect(languageName("und")).toBe("Undetermined");
  expect(languageName("???")).toBe("???");
});

test("gives the tags that browsers use", () => {
  expect(toBcp47("ger")).toBe("de");
  expect(toBcp47("grc")).toBe("grc");
});
