import { describe, expect, test } from "vitest";
import { fontsFor } from "./cover-fonts.ts";

const titles = {
  Latin: "Il nome della rosa",
  "Latin with signs": "Příliš žluťoučký kůň",
  Greek: "Οδύσσεια",
  Cyrillic: "Преступление и наказание",
  Arabic: "الأيام",
  Hebrew: "שירה",
  Chinese: "紅樓夢，卷一",
  Japanese: "ノルウェイの森",
  Korean: "채식주의자",
};

describe("fonts for covers", () => {
  test.each(Object.entries(titles))("have every letter of %s", (_script, title) => {
    const { fonts, missing } = fontsFor(title);
    expect(missing.size).toBe(0);
    expect(fonts.length).toBeGreaterThan(0);
  });

  test("are few: only files that a text needs", () => {
    // Upright, italic and sans.
    expect(fontsFor("The Hobbit").fonts).toHaveLength(3);
    expect(fontsFor("雪国").fonts.length).toBeLessThanOrEqual(2);
  });

  test("say which letters they lack", () => {
    const { missing } = fontsFor("Go: गो");
    expect([...missing].map((codePoint) => String.fromCodePoint(codePoint))).toEqual(["ग", "ो"]);
  });
});
