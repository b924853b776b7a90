import { expect, test } from "vitest";
import { waitUntil } from "./wait-until.ts";

test("waits until the condition holds", async () => {
  let asked = 0;
  await waitUntil("it was asked three times", () => ++asked === 3);
  expect(asked).toBe(3);
});

test("says what it waited for in vain", async () => {
  const waiting = waitUntil("pigs fly", () => Promise.resolve(false), 20);
  await expect(waiting).rejects.toThrow("Waited in vain until pigs fly");
});
