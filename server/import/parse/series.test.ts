import { expect, test } from "vitest";
import { parseSeries } from "./series.ts";

test.each([
  [["Discworld ; 8"], [["Discworld", "8"]]],
  [["(Dune, #2)"], [["Dune", "2"]]],
  [["Dune #2.5"], [["Dune", "2.5"]]],
  [
    ["Discworld, #17; Rincewind ; 5"],
    [
      ["Discworld", "17"],
      ["Rincewind", "5"],
    ],
  ],
  [["Beginner books -- B-16."], [["Beginner books", "B-16"]]],
  [["American university studies.", "vol. 1"], [["American university studies", "1"]]],
  [["A Song of Ice and Fire ; 1-2"], [["A Song of Ice and Fire", "1-2"]]],
  [["Lecture notes in mathematics, vol. 1021"], [["Lecture notes in mathematics", "1021"]]],
  [["Law School Legends Series"], [["Law School Legends Series", ""]]],
  [["The 39 Clues ; 10"], [["The 39 Clues", "10"]]],
  [["Area 51"], [["Area 51", ""]]],
  [["Bibliothèque de la Pléiade ; tome IV"], [["Bibliothèque de la Pléiade", "IV"]]],
  [["Penguin classics", "Penguin Classics"], [["Penguin classics", ""]]],
  [["Geography ; history"], [["Geography ; history", ""]]],
  [["12"], [["12", ""]]],
  [[";", "()"], []],
  [[], []],
])("reads %j", (statements, expected) => {
  const found = parseSeries(statements).map(({ title, position }) => [title, position]);
  expect(found).toEqual(expected);
});
