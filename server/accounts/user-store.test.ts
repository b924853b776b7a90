import { statSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountsFile } from "./account-database.ts";
import { AccountError } from "./account-errors.ts";
import { someAccounts, type TestAccounts } from "./testing/accounts.ts";

let fixture: TestAccounts;
beforeEach(() => {
  fixture = someAccounts();
});
afterEach(() => fixture[Symbol.dispose]());

test("gives accounts numbers from 1 up, and finds them", async () => {
  const { users } = fixture.accounts;
  const anna = await fixture.addUser("anna@books.example", "books.write");
  const ben = await fixture.addUser("Ben@books.example");
  expect([anna.id, ben.id]).toEqual([1, 2]);
  expect(users.all()).toEqual([anna, ben]);
  expect(users.byId(2)).toEqual(ben);
  expect(users.byEmail("ben@BOOKS.example")).toEqual(ben);
  expect(users.byId(3)).toBeUndefined();
});

test("has one account for an address, however it is written", async () => {
  await fixture.addUser("anna@books.example");
  await expect(fixture.addUser("Anna@Books.Example")).rejects.toThrow(AccountError);
});

test.each([
  { name: "", email: "a@b" },
  { name: "x".repeat(201), email: "a@b" },
  { name: "two\nlines", email: "a@b" },
  { name: "Anna", email: "" },
  { name: "Anna", email: "anna" },
  { name: "Anna", email: "anna @b" },
  { name: "Anna", email: `${"x".repeat(260)}@b` },
])("refuses %j", (fields) => {
  expect(() => fixture.accounts.users.add({ ...fields, scopes: [], passwordHash: "" })).toThrow(
    AccountError,
  );
});

test("keeps the file to its owner, and each commit on the disk", () => {
  expect(statSync(accountsFile(fixture.dataDir)).mode & 0o777).toBe(0o600);
});

test("does not take a key's name twice, nor one that looks like an id", () => {
  const { keys } = fixture.accounts;
  keys.create("laptop", [], undefined);
  expect(() => keys.create("laptop", [], undefined)).toThrow(AccountError);
  expect(() => keys.create("0123456789ab", [], undefined)).toThrow(AccountError);
  expect(() => keys.create("", [], undefined)).toThrow(AccountError);
  expect(() => keys.create("a\nb", [], undefined)).toThrow(AccountError);
});
