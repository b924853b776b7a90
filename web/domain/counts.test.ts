import { expect, test } from "vitest";
import { numberText } from "./counts.ts";

test.each([0, 7, 999, 1000, 12_345, 281_569, 1_000_000, 41_000_000])(
  "%d is written as the browser writes it",
  (value) => {
    expect(numberText(value)).toBe(value.toLocaleString("en"));
  },
);
