import { expect, test } from "vitest";
import { TooManyAttemptsError } from "./account-errors.ts";
import { Passwords } from "./passwords.ts";

test("knows the right password from a wrong one", async () => {
  const passwords = new Passwords(16);
  const kept = await passwords.hash("correct horse battery");
  expect(kept).not.toContain("horse");
  expect(await passwords.verify("correct horse battery", kept)).toBe(true);
  expect(await passwords.verify("correct horse batterz", kept)).toBe(false);
  expect(await passwords.verify("correct horse battery", undefined)).toBe(false);
});

test("keeps the same password in two forms, and checks either form of Unicode", async () => {
  const passwords = new Passwords(16);
  const kept = await passwords.hash("Zo\u00eb und ihr B\u00fccherregal");
  expect(await passwords.hash("Zo\u00eb und ihr B\u00fccherregal")).not.toBe(kept);
  expect(await passwords.verify("Zoe\u0308 und ihr Bu\u0308cherregal", kept)).toBe(true);
});

test("checks passwords that were kept at another cost", async () => {
  const kept = await new Passwords(32).hash("correct horse battery");
  expect(await new Passwords(16).verify("correct horse battery", kept)).toBe(true);
});

test("refuses more at once than anybody would wait for, and recovers", async () => {
  const passwords = new Passwords(16);
  const kept = await passwords.hash("correct horse battery");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, () => passwords.verify("correct horse battery", kept)),
  );
  const refused = outcomes.filter(
    (outcome) => outcome.status === "rejected" && outcome.reason instanceof TooManyAttemptsError,
  );
  const right = outcomes.filter((outcome) => outcome.status === "fulfilled" && outcome.value);
  expect(refused.length).toBeGreaterThan(50);
  expect(right.length).toBe(outcomes.length - refused.length);
  expect(await passwords.verify("correct horse battery", kept)).toBe(true);
});
