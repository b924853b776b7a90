import { describe, expect, test } from "vitest";
import { initialArticleCount } from "./articles.ts";

describe("initialArticleCount", () => {
  test.each([
    ["The Hobbit", "eng"],
    ["A Tale of Two Cities", "eng"],
    ["“The Raven”", "eng"],
    ["Die Verwandlung", "ger"],
    ["Der Prozess", "ger"],
    ["Ein Fall für zwei", "ger"],
    ["Un amour de Swann", "fre"],
    ["Une vie", "fre"],
    ["Les misérables", "fre"],
    ["L'Étranger", "fre"],
    ["L’Étranger", "fre"],
    ["Een vlucht regenwulpen", "dut"],
    ["'t Hooge nest", "dut"],
    ["Los detectives salvajes", "spa"],
    ["Il nome della rosa", "ita"],
    ["I promessi sposi", "ita"],
    ["O Alquimista", "por"],
    ["Os Maias", "por"],
    ["Den lille havfrue", "dan"],
    ["Al-Kitab", "ara"],
    ["L' arrabbiata", "ita"],
    ["La Bas", "epo"],
  ])("takes the article off %s (%s)", (title, language) => {
    expect(initialArticleCount(title, [language])).toBe(1);
  });

  test.each([
    ["I, Claudius", "eng"],
    ["I, Claudius", "ita"],
    ["As I Lay Dying", "eng"],
    ["Die Hard", "eng"],
    ["Die, My Love", "eng"],
    ["Los Angeles", "eng"],
    ["Los Angeles", "spa"],
    ["O Pioneers!", "eng"],
    ["Al Capone", "eng"],
    ["En attendant Godot", "fre"],
    ["Il pleut", "fre"],
    ["À la recherche du temps perdu", "fre"],
    ["A sangre fría", "spa"],
    ["De profundis", "lat"],
    ["L.A. Confidential", "eng"],
    ["A is for Alibi", "eng"],
    ["A & P", "eng"],
    ["A, B, C", "eng"],
    ["The", "eng"],
    ["It", "eng"],
    ["?", "eng"],
    ["", "eng"],
  ])("leaves %s (%s) as it stands", (title, language) => {
    expect(initialArticleCount(title, [language])).toBe(0);
  });

  test("counts foreign articles in English editions, which often keep the title", () => {
    expect(initialArticleCount("Das Kapital", ["eng"])).toBe(1);
    expect(initialArticleCount("Le Morte d'Arthur", ["eng"])).toBe(1);
  });

  test("asks all languages that a title may be in about a doubtful word", () => {
    expect(initialArticleCount("Los pazos de Ulloa", ["eng", "spa"])).toBe(1);
    expect(initialArticleCount("O crime do padre Amaro", ["por", "glg"])).toBe(1);
    expect(initialArticleCount("Die Hard", ["eng", "ger"])).toBe(0);
    expect(initialArticleCount("De rerum natura", ["lat", "dut"])).toBe(0);
    expect(initialArticleCount("La peste", ["fre", "tur"])).toBe(1);
  });

  test("is cautious where the language is unknown", () => {
    for (const title of ["The Hobbit", "Der Prozess", "Une vie", "L'Étranger"]) {
      expect(initialArticleCount(title, [])).toBe(1);
    }
    for (const title of ["Die Dämonen", "Die Chronika des fahrenden Schülers"]) {
      expect(initialArticleCount(title, [])).toBe(1);
    }
    for (const title of ["Die Hard", "As I Lay Dying", "I, Claudius", "Los Angeles", "De Niro"]) {
      expect(initialArticleCount(title, [])).toBe(0);
    }
  });
});
