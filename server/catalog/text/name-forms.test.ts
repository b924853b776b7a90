import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameForms } from "./name-forms.ts";
import { anyText } from "./testing/any-text.ts";

const forms = (name: string) => nameForms(name).map((words) => words.join(" "));

describe("nameForms", () => {
  test.each([
    ["Tolkien, J. R. R.", "j r r tolkien"],
    ["Tolkien, J. R. R.", "jrr tolkien"],
    ["Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", "john ronald reuel tolkien"],
    ["J.R.R. Tolkien", "jrr tolkien"],
    ["JRR Tolkien", "j r r tolkien"],
    ["jrr tolkien", "j r r tolkien"],
    ["John Ronald Reuel Tolkien", "jrr tolkien"],
    ["C.S.Lewis", "cs lewis"],
    ["Dickens, Charles, 1812-1870", "charles dickens"],
    ["Plato, 427? BC-347 BC", "plato"],
    ["Gogh, Vincent van", "vincent van gogh"],
    ["Ursula K. Le Guin", "ursula k leguin"],
    ["Madeleine L'Engle", "madeleine lengle"],
    ["Madeleine L'Engle", "madeleine l engle"],
    ["O'Brien, Tim", "tim obrien"],
    ["Martin Luther King, Jr.", "martin luther king"],
    ["King, Martin Luther, Jr.", "martin luther king"],
    ["Достоевский, Фёдор", "fedor dostoevsky"],
    ["村上春樹", "村上春树"],
    ["Homer", "homer"],
  ])("writes %s as %s", (name, form) => {
    expect(forms(name)).toContain(form);
  });

  test("keeps no dates", () => {
    expect(forms("Dickens, Charles, 1812-1870").join(" ")).not.toMatch(/\d/);
  });

  test("is bounded, without duplicates and empty forms, for any text", () => {
    fc.assert(
      fc.property(anyText(100), (name) => {
        const all = forms(name);
        expect(all.length).toBeLessThanOrEqual(8);
        expect(new Set(all).size).toBe(all.length);
        expect(all).not.toContain("");
      }),
      { numRuns: 400 },
    );
  });
});
