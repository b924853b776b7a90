import { expect, test } from "vitest";
import { IndexedBook } from "./indexed-book.ts";
import { readNames, wordOfFirstForm } from "./names.ts";

const book = new IndexedBook({
  id: 1,
  titles: "crime and punishment",
  authors: "fyodor dostoyevsky/feodor dostoevsky/dostoevsky f m\nconstance garnett",
  series: "",
  popularity: 8,
  demoted: false,
  duplicate: 1,
});

test("a name is shown as it is written first", () => {
  expect(wordOfFirstForm("dostoevsky", book)).toBe("dostoyevsky");
  expect(wordOfFirstForm("feodor", book)).toBe("fyodor");
  expect(wordOfFirstForm("garnett", book)).toBe("garnett");
  // Initials are no other spelling, and neither is a word of nobody's name.
  expect(wordOfFirstForm("m", book)).toBe("m");
  expect(wordOfFirstForm("raskolnikov", book)).toBe("raskolnikov");
});

test.each([
  ["dostoyevsky", true],
  ["dostoevsky", true],
  ["feodor", false],
])("a family name is known in any spelling that its record has: %s", (word, isFamily) => {
  const match = { way: "words", bits: 0, word, position: -1, length: 1 } as const;
  const names = readNames([{ field: "author", match }], book);
  expect(names.familyName).toBe(isFamily);
  expect(names.familyAlone).toBe(isFamily);
});
