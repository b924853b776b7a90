import { expect, test } from "vitest";
import { languageName, languageTag } from "./languages.ts";

test.each([
  ["eng", "English", "en"],
  ["ger", "German", "de"],
  ["scr", "Croatian", "hr"],
  ["grc", "Ancient Greek", "grc"],
  ["deu", "German", "de"],
  ["sla", "Slavic languages", "sla"],
  ["mul", "Multiple languages", undefined],
  ["und", "Undetermined", undefined],
  ["", "", undefined],
  ["<b>", "<b>", undefined],
])("%s is %s", (code, name, tag) => {
  expect(languageName(code)).toBe(name);
  expect(languageTag(code)).toBe(tag);
});
