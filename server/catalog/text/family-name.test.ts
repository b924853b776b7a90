import fc from "fast-check";
import { expect, test } from "vitest";
import { filedName } from "./family-name.ts";
import { anyText } from "./testing/any-text.ts";

test.each([
  ["J. R. R. Tolkien", "tolkien"],
  ["Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", "tolkien"],
  ["Homer", "homer"],
  ["E. E. Smith", "smith"],
  ["Kennard E. Goodman", "goodman"],
  ["Ursula K. Le Guin", "le guin"],
  ["John le Carré", "le carre"],
  ["Daphne du Maurier", "du maurier"],
  ["Jean de La Fontaine", "la fontaine"],
  ["Honoré de Balzac", "balzac"],
  ["Simone de Beauvoir", "beauvoir"],
  ["Thomas De Quincey", "de quincey"],
  ["Vincent van Gogh", "gogh"],
  ["E. L. James", "james"],
  ["Dwight D. Eisenhower", "eisenhower"],
  ["Harold D Lasswell", "lasswell"],
  ["O. Henry", "henry"],
  ["Frank Church", "church"],
  ["Robert W. Service", "service"],
  ["The Arbinger Institute", "arbinger institute"],
  ["Robert Van Gulik", "van gulik"],
  ["Van Morrison", "morrison"],
  ["Johann Wolfgang von Goethe", "goethe"],
  ["Friedrich von der Leyen", "leyen"],
  ["Eça de Queirós", "queiros"],
  ["Jean le Rond d'Alembert", "alembert"],
  ["Gabriele D'Annunzio", "d annunzio"],
  ["Flannery O'Connor", "oconnor"],
  ["Claude Lévi-Strauss", "levi strauss"],
  ["Antoine de Saint-Exupéry", "saint exupery"],
  ["Edward St. Aubyn", "st aubyn"],
  ["Saint Augustine", "augustine"],
  ["Dr. Seuss", "seuss"],
  ["Kurt Vonnegut, Jr.", "vonnegut"],
  ["Martin Luther King Jr.", "king"],
  ["Leo Tolstoy, graf", "tolstoy"],
  ["Лев Толстой", "tolstoy"],
  ["Ibn Khaldun", "ibn khaldun"],
  ["Catherine the Great", "catherine the great"],
  ["Francis of Assisi", "francis of assisi"],
  ["Oxford University Press", "oxford university press"],
  ["村上 春樹", "村上 春树"],
])("files %s under %s", (name, family) => {
  expect(filedName(name).family.join(" ")).toBe(family);
});

test("believes another name that says which part is the family's", () => {
  expect(filedName("Gabriel García Márquez", ["Gabo", "García Márquez, Gabriel"])).toEqual({
    family: ["garcia", "marquez"],
    given: ["gabriel"],
  });
  expect(filedName("Mao Zedong", ["Mao, Zedong, 1893-1976"]).family).toEqual(["mao"]);
  expect(filedName("Mark Twain", ["Clemens, Samuel"]).family).toEqual(["twain"]);
});

test("files any text under something, if it has words", () => {
  fc.assert(
    fc.property(anyText(60), (name) => {
      const { family, given } = filedName(name);
      if (given.length > 0) {
        expect(family.length).toBeGreaterThan(0);
      }
    }),
  );
});
