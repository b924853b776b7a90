import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Accounts } from "#server/accounts/accounts.ts";
import { HelpRequest, UsageError } from "#server/command-line.ts";
import { runAccountCommand } from "./account-commands.ts";
import { keysCommands, keysUsage } from "./keys.ts";
import { usersCommands, usersUsage } from "./users.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "commands-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function run(usage: string, commands: typeof keysCommands, args: string[]) {
  let output = "";
  let notes = "";
  const console = {
    dataDir,
    write(text: string) {
      output += text;
    },
    writeNote(text: string) {
      notes += text;
    },
  };
  try {
    await runAccountCommand(args, usage, commands, console);
    return { code: 0, output, notes };
  } catch (error) {
    if (error instanceof HelpRequest) {
      return { code: 0, output: error.message, notes };
    }
    if (!(error instanceof UsageError)) {
      throw error;
    }
    return { code: 2, output, notes: error.message };
  }
}

const keys = (...args: string[]) => run(keysUsage, keysCommands, args);
const users = (...args: string[]) =>
  run(
    usersUsage,
    usersCommands(() => "a secret from a file\n"),
    args,
  );

async function who(headers: Record<string, string>) {
  using accounts = new Accounts({ dataDir, now: () => new Date() });
  return await accounts.authenticate(headers, { address: "" });
}

describe("npm run keys", () => {
  test("makes a key, prints it alone, lists it and revokes it", async () => {
    const made = await keys("create", "--scope", "books.write,users.read", "--name", "laptop");
    expect(made.output).toMatch(/^bf_\S+\n$/);
    expect(made.notes).toMatch(/laptop.*books\.write, users\.read/);
    const text = made.output.trim();
    expect((await who({ "x-api-key": text })).subject).toBe("key:laptop");
    const listed = await keys("list");
    expect(listed.output).toMatch(/laptop +books\.write,users\.read/);
    expect(listed.output).not.toContain(text.slice(-43));
    expect((await keys("revoke", "laptop")).code).toBe(0);
    await expect((async () => await who({ "x-api-key": text }))()).rejects.toThrow(/revoked/);
    expect((await keys("list")).output).toMatch(/revoked \d{4}/);
    expect((await keys("audit")).output).toMatch(/command +key\.revoke +key:laptop/);
  });

  test("makes keys that end", async () => {
    await keys("create", "--scope", "books.read", "--name", "a", "--expires", "90d");
    await keys("create", "--scope", "books.read", "--name", "b", "--expires", "2999-12-31");
    expect((await keys("list")).output).toMatch(/b +books\.read +\S+ +2999-12-31/);
  });

  test("lets subjects of certificates in and out", async () => {
    const made = await keys("trust", "--subject", "C = DE, CN = importer", "--scope", "admin");
    expect(made.output).toMatch("C=DE, CN=importer may: admin");
    expect((await keys("list")).output).toMatch(/C=DE, CN=importer +admin/);
    expect((await keys("distrust", "--subject", "C=DE, CN=importer")).code).toBe(0);
    expect((await keys("distrust", "--subject", "C=DE, CN=importer")).code).toBe(2);
  });

  test.each([
    [["create"], /--name is missing/],
    [["create", "--name", "a"], /--scope is missing/],
    [["create", "--name", "a", "--scope", "books"], /no scope.*books\.read/],
    [["create", "--name", "a", "--scope", "admin", "--expires", "2027-02-31"], /--expires/],
    [["create", "--name", "a", "--scope", "admin", "--expires", "2020-01-01"], /over already/],
    [["create", "--name", "a", "--scope", "admin", "--expires", "soon"], /90d/],
    [["create", "--nam", "a"], /--nam/],
    [["create", "--name"], /--name/],
    [["revoke"], /which one/],
    [["revoke", "nobody"], /no key/],
    [["trust", "--subject", "importer", "--scope", "admin"], /openssl/],
    [["audit", "--count", "all"], /number/],
    [["constructor"], /no command/],
    [[], /Too few/],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, output, notes } = await keys(...args);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(notes).toMatch(message);
  });

  test.each([[["--help"]], [["-h"]], [["create", "--help"]]])("helps: %j", async (args) => {
    expect(await keys(...args)).toEqual({ code: 0, output: keysUsage, notes: "" });
  });
});

describe("npm run users", () => {
  const email = "anna@books.example";
  const add = ["add", "--email", email, "--name", "Anna Ek"];

  async function signIn(password: string) {
    using accounts = new Accounts({ dataDir, now: () => new Date() });
    return await accounts.signIn({ email, password, scopes: [], address: "" });
  }

  test("makes an account with a password that is printed once", async () => {
    const { output, notes } = await users(...add, "--scope", "books.write");
    expect(notes).toMatch(/Account 1 of anna@books\.example may: books\.write/);
    expect((await signIn(output.trim())).scopes).toEqual(["books.write"]);
    expect((await users("list")).output).toMatch(/1 +anna@books\.example +Anna Ek +books\.write/);
  });

  test("takes a password from a file and changes it", async () => {
    expect((await users(...add, "--password-file", "-")).output).toBe("");
    await signIn("a secret from a file");
    const { output } = await users("password", email);
    await expect(signIn("a secret from a file")).rejects.toThrow();
    await signIn(output.trim());
  });

  test("changes what an account may do, closes it and opens it again", async () => {
    await users(...add, "--password-file", "-");
    await users("scopes", email, "--scope", "users.read");
    expect((await signIn("a secret from a file")).scopes).toEqual(["users.read"]);
    await users("disable", "1");
    expect((await users("list")).output).toMatch(/closed \d{4}/);
    await expect(signIn("a secret from a file")).rejects.toThrow();
    await users("enable", email);
    await signIn("a secret from a file");
  });

  test.each([
    [["add", "--email", "anna", "--name", "Anna"], /no e-mail address/],
    [["add", "--email", email], /--name is missing/],
    [["disable", "nobody@books.example"], /no account/],
    [["scopes", email, "--scope", "admin"], /no account/],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, notes } = await users(...args);
    expect(code).toBe(2);
    expect(notes).toMatch(message);
  });

  test("refuses short passwords", async () => {
    const { code, notes } = await run(
      usersUsage,
      usersCommands(() => "short\n"),
      [...add, "--password-file", "-"],
    );
    expect(code).toBe(2);
    expect(notes).toMatch(/12 to 256 characters, this one 5/);
  });
});
