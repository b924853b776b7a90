import { expect, test } from "vitest";
import { fold } from "./known-book.ts";
import { humanSlip, Random, randomSlip } from "./slips.ts";

test("a slip changes one word by one letter or two", () => {
  const random = new Random(1);
  for (let round = 0; round < 200; round++) {
    const slipped = randomSlip("the remains of the day", random);
    if (slipped === undefined) {
      continue;
    }
    expect(slipped).toMatch(/^the \w{5,8} of the day$/);
    expect(slipped).not.toBe("the remains of the day");
  }
});

test("a human slip is one that somebody made", () => {
  const misspellings = new Map([["believe", ["beleive", "velieve"]]]);
  expect(humanSlip("i believe", misspellings, new Random(1))).toBe("i beleive");
  expect(humanSlip("nothing here", misspellings, new Random(1))).toBeUndefined();
});

test("folding keeps what is a letter in its script", () => {
  expect(fold("L'Étranger & Œuvres")).toBe("letranger oeuvres");
  expect(fold("நர்கீஸ்")).toBe("நர்கீஸ்");
  expect(fold("Война и мир")).toBe("воина и мир");
});
