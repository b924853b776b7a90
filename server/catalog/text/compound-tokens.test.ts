import { expect, test } from "vitest";
import { compoundTokens } from "./compound-tokens.ts";

test.each([
  ["Lift-the-Flap", ["lifttheflap"]],
  ["Spider-Man and Catch-22", ["spiderman", "catch22"]],
  ["L'étranger", ["letranger"]],
  ["Madeleine L’Engle", ["lengle"]],
  ["J. R. R. Tolkien", ["jrr"]],
  ["U.S. history", ["us"]],
  ["بابا لنگ‌دراز", ["lngdraz"]],
  ["don't", []],
  ["plain words", []],
  ["a-b-c-d-e-f-g-h", []],
])("joins the compounds of %s", (text, tokens) => {
  expect(compoundTokens(text)).toEqual(tokens);
});

test("takes time in proportion to the text", () => {
  for (const unit of ["a-", "a.", "a. ", "l'", "-"]) {
    expect(compoundTokens(unit.repeat(20_000)).length).toBeLessThan(10);
  }
});
