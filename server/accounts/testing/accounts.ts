import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AccountOptions, Accounts } from "../accounts.ts";
import type { Scope } from "../principal.ts";
import type { User } from "../user-store.ts";

/** Accounts in a folder of their own, which goes with them, and a clock that can be moved. */
export type TestAccounts = Disposable & {
  accounts: Accounts;
  dataDir: string;
  /** Moves the clock on. */
  wait(ms: number): void;
  /** Makes an account whose password is `passwordOf(user)`. */
  addUser(email: string, ...scopes: Scope[]): Promise<User>;
};

export const minute = 60_000;
export const day = 1440 * minute;

/** scrypt as cheap as it goes: tests are not about its cost. */
const PASSWORD_COST = 16;

export function someAccounts(options: Partial<AccountOptions> = {}): TestAccounts {
  const dataDir = mkdtempSync(join(tmpdir(), "accounts-"));
  let nowMs = Date.parse("2026-11-22T12:00:00Z");
  const accounts = new Accounts({
    dataDir,
    now: () => new Date(nowMs),
    passwordCost: PASSWORD_COST,
    onProblem: (error) => {
      throw error;
    },
    ...options,
  });
  return {
    accounts,
    dataDir,
    wait(ms) {
      nowMs += ms;
    },
    async addUser(email, ...scopes) {
      const passwordHash = await accounts.passwords.hash(passwordOf(email));
      return accounts.users.add({ name: `The one of ${email}`, email, scopes, passwordHash });
    },
    [Symbol.dispose]() {
      accounts[Symbol.dispose]();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** The password of a test's account. */
export function passwordOf(email: string): string {
  return `the secret of ${email}`;
}
