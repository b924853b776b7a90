import { expect, test } from "vitest";
import { subjectText } from "./subjects.ts";

test.each([
  ["England -- Fiction", "England → Fiction"],
  ["World War, 1939-1945--Campaigns -- France", "World War, 1939-1945 → Campaigns → France"],
  ["Science fiction", "Science fiction"],
  ["--", "--"],
  ["Whales --", "Whales"],
])("%s is read as %s", (heading, text) => {
  expect(subjectText(heading)).toBe(text);
});
