import { expect, test } from "vitest";
import { creditedOnce } from "./same-name.ts";

const once = (...names: string[]) =>
  creditedOnce(names.map((name) => ({ name }))).map(({ name }) => name);

test.each([
  ["J.R.R. Tolkien", "John Ronald Reuel Tolkien"],
  ["J. R. R. Tolkien", "Tolkien, J. R. R. (John Ronald Reuel), 1892-1973"],
  ["Stephen King", "Stephen Edwin King"],
  ["Aldous Huxley", "Huxley, Aldous Leonard"],
  ["Ursula K. Le Guin", "Ursula Le Guin"],
  ["Miguel de Cervantes", "Miguel de Cervantes"],
  ["Émile Zola", "Emile Zola"],
  ["Leo Tolstoy", "Leo Tolstoj"],
  ["Иван Тургенев", "Ivan Turgenev"],
  ["Sun Tzu", "Sunzi"],
  ["Lao Tzu", "Laozi"],
])("%s and %s are one", (one, other) => {
  expect(once(one, other)).toEqual([one]);
});

test.each([
  ["Brian Herbert", "Frank Herbert"],
  ["Jacob Grimm", "Wilhelm Grimm"],
  ["Alexandre Dumas", "Alexandre Dumas fils"],
  ["Homer", "Robert Fagles"],
  ["Neil Gaiman", "Terry Pratchett"],
  ["Arkady Strugatsky", "Boris Strugatsky"],
  ["Virgil", "Virginia Woolf"],
])("%s and %s are two", (one, other) => {
  expect(once(one, other)).toEqual([one, other]);
});
