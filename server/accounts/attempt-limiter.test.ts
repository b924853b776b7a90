import { expect, test } from "vitest";
import { TooManyAttemptsError } from "./account-errors.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";

const minute = 60_000;

function aLimiter() {
  let nowMs = 0;
  const limiter = new AttemptLimiter(() => new Date(nowMs));
  return {
    limiter,
    wait(ms: number) {
      nowMs += ms;
    },
    /** How many of so many attempts are let through. */
    admitted(count: number, attempt: (index: number) => [account: string, address: string]) {
      let passed = 0;
      for (let index = 0; index < count; index += 1) {
        try {
          limiter.begin(...attempt(index));
          passed += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(TooManyAttemptsError);
        }
      }
      return passed;
    },
  };
}

test("bounds guesses at one account, from however many addresses", () => {
  const { limiter, admitted, wait } = aLimiter();
  expect(admitted(1000, (index) => ["anna", `198.51.100.${index % 250}`])).toBe(10);
  expect(() => limiter.begin("anna", "203.0.113.9")).toThrow(/try again in 900 seconds/);
  expect(admitted(1, () => ["ben", "203.0.113.9"])).toBe(1);
  wait(15 * minute);
  expect(admitted(1000, () => ["anna", "203.0.113.9"])).toBe(10);
});

test("bounds guesses from one address, at however many accounts", () => {
  const { admitted } = aLimiter();
  expect(admitted(1000, (index) => [`account ${index}`, "198.51.100.1"])).toBe(50);
});

test("takes the addresses of one IPv6 subscriber, and both ways of writing an IPv4 one, for one", () => {
  const { admitted } = aLimiter();
  expect(admitted(1000, (index) => [`${index}`, `2001:db8:0:1::${index.toString(16)}`])).toBe(50);
  expect(admitted(50, (index) => [`a${index}`, `2001:0db8:0:2:0:0:0:${index}`])).toBe(50);
  expect(admitted(50, (index) => [`b${index}`, `2001:db8::2:0:0:0:${index}`])).toBe(0);
  expect(admitted(50, (index) => [`c${index}`, "::ffff:198.51.100.7"])).toBe(50);
  expect(admitted(50, (index) => [`d${index}`, "198.51.100.7"])).toBe(0);
});

test("forgets an account's failures once its password was right", () => {
  const { limiter, admitted } = aLimiter();
  for (let round = 0; round < 20; round += 1) {
    expect(admitted(9, () => ["anna", "198.51.100.1"])).toBe(round < 5 ? 9 : round === 5 ? 5 : 0);
    if (round < 5) {
      limiter.begin("anna", "198.51.100.1");
      limiter.succeed("anna", "198.51.100.1");
    }
  }
});

test("remembers a bounded number of accounts", () => {
  const { admitted } = aLimiter();
  expect(admitted(30_000, (index) => [`account ${index}`, `${index}`])).toBe(30_000);
});
