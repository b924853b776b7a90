import { expect, test } from "vitest";
import { readCitation } from "./read-citation.ts";

test.each([
  [
    "Baum, L. F. (1904). The Marvelous Land of Oz. Reilly & Britton.",
    "The Marvelous Land of Oz",
    "Baum, L. F",
  ],
  [
    "Baum, L. F. 1904, The Marvelous Land of Oz, Reilly, Chicago.",
    "The Marvelous Land of Oz",
    "Baum, L. F",
  ],
  [
    "Baum, L. Frank. The Marvelous Land of Oz. Chicago: Reilly, 1904.",
    "The Marvelous Land of Oz",
    "Baum, L. Frank",
  ],
  [
    "L. Frank Baum, The Marvelous Land of Oz (Chicago: Reilly, 1904), 3.",
    "The Marvelous Land of Oz",
    "L. Frank Baum",
  ],
  [
    "The Marvelous Land of Oz / L. Frank Baum. — Chicago : Reilly, 1904",
    "The Marvelous Land of Oz",
    "L. Frank Baum",
  ],
  ["The Marvelous Land of Oz by L. Frank Baum (1904)", "The Marvelous Land of Oz", "L. Frank Baum"],
  ["L. Frank Baum, “The Marvelous Land of Oz”, 1904", "The Marvelous Land of Oz", "L. Frank Baum"],
  [
    "[3] Baum, L. Frank. *The Marvelous Land of Oz*. 1904. ISBN 0-486-20692-0",
    "The Marvelous Land of Oz",
    "Baum, L. Frank",
  ],
])("%s", (citation, title, author) => {
  expect(readCitation(citation)).toContainEqual({ title, author });
});

test("has few readings, whatever it is given", () => {
  for (const text of [
    "",
    ".",
    ", , ,",
    "A. B. C. D. E. F.",
    "x".repeat(2000),
    "(".repeat(2000),
    "“".repeat(999),
  ]) {
    expect(readCitation(text).length).toBeLessThanOrEqual(5);
  }
});
