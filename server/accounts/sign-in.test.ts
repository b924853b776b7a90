import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CredentialError, TooManyAttemptsError } from "./account-errors.ts";
import type { Scope } from "./principal.ts";
import { day, minute, passwordOf, someAccounts, type TestAccounts } from "./testing/accounts.ts";

let fixture: TestAccounts;
beforeEach(() => {
  fixture = someAccounts();
});
afterEach(() => fixture[Symbol.dispose]());

const email = "anna@books.example";
const address = "198.51.100.1";

function signIn(fields: { email?: string; password?: string; scopes?: Scope[] } = {}) {
  const request = { email, password: passwordOf(email), scopes: [], address, ...fields };
  return fixture.accounts.signIn(request);
}

const principalOf = async (accessToken: string) =>
  await fixture.accounts.authenticate({ authorization: `Bearer ${accessToken}` }, { address });

describe("signing in", () => {
  test("takes the address in any case, and leaves a line in the audit", async () => {
    const user = await fixture.addUser(email, "books.write");
    const { userId, scopes, sessionId } = await signIn({ email: " Anna@Books.example " });
    expect({ userId, scopes }).toEqual({ userId: user.id, scopes: ["books.write"] });
    expect(fixture.accounts.audit.latest(1)).toEqual([
      {
        at: "2026-11-22T12:00:00.000Z",
        actor: `user:${user.id}`,
        action: "session.create",
        target: `session:${sessionId}`,
        address,
        detail: "",
      },
    ]);
  });

  test("gives a session what it is asked for, as far as the account may", async () => {
    await fixture.addUser(email, "books.write", "users.read");
    expect((await signIn({ scopes: ["users.read", "admin"] })).scopes).toEqual(["users.read"]);
  });

  test("refuses wrong passwords, unknown addresses and closed accounts in the same words", async () => {
    await fixture.addUser(email, "books.write");
    const closed = await fixture.addUser("ben@books.example", "books.write");
    fixture.accounts.users.setDisabled(closed.id, true);
    const attempts = [
      { password: "wrong" },
      { password: "" },
      { password: "x".repeat(10_000) },
      { email: "nobody@books.example" },
      { email: "", password: "" },
      { email: "ben@books.example", password: passwordOf("ben@books.example") },
    ];
    for (const attempt of attempts) {
      const outcome = signIn(attempt);
      await expect(outcome).rejects.toThrow(CredentialError);
      await expect(outcome).rejects.toThrow(
        "The e-mail address and the password don't belong together",
      );
    }
  });

  test("is slowed down after ten failures, for accounts that don't exist, too", async () => {
    await fixture.addUser(email, "books.write");
    for (const each of [email, "nobody@books.example"]) {
      for (let count = 0; count < 10; count += 1) {
        await expect(signIn({ email: each, password: "wrong" })).rejects.toThrow(CredentialError);
      }
      const outcome = signIn({ email: each });
      await expect(outcome).rejects.toThrow(TooManyAttemptsError);
      await expect(outcome).rejects.toMatchObject({ retryAfterMs: 15 * minute });
    }
    fixture.wait(15 * minute);
    await signIn();
  });

  test("counts guesses that are made at the same time", async () => {
    await fixture.addUser(email, "books.write");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, () => signIn({ password: "wrong" })),
    );
    const checked = outcomes.filter(
      (outcome) => outcome.status === "rejected" && outcome.reason instanceof CredentialError,
    );
    expect(checked.length).toBe(10);
  });
});

describe("a session", () => {
  test("goes on with a fresh pair of tokens", async () => {
    await fixture.addUser(email, "books.write");
    const first = await signIn();
    fixture.wait(20 * minute);
    const second = await fixture.accounts.refresh(first.refreshToken);
    expect(second.sessionId).toBe(first.sessionId);
    expect((await principalOf(second.accessToken)).session?.id).toBe(first.sessionId);
    const third = await fixture.accounts.refresh(second.refreshToken);
    // A call that was under way with the token before goes through.
    await principalOf(second.accessToken);
    await principalOf(third.accessToken);
  });

  test("ends when a refresh token comes a second time", async () => {
    await fixture.addUser(email, "books.write");
    const first = await signIn();
    const other = await signIn();
    const { accounts } = fixture;
    const second = await accounts.refresh(first.refreshToken);
    await expect(accounts.refresh(first.refreshToken)).rejects.toThrow(/used before/);
    await expect(accounts.refresh(second.refreshToken)).rejects.toThrow(CredentialError);
    await expect(principalOf(second.accessToken)).rejects.toThrow(CredentialError);
    await principalOf(other.accessToken);
  });

  test("ends with its refresh token, and with its own end however often it is refreshed", async () => {
    await fixture.addUser(email, "books.write");
    const { accounts } = fixture;
    const idle = await signIn();
    let busy = await signIn();
    for (let count = 0; count < 5; count += 1) {
      fixture.wait(17 * day);
      busy = await accounts.refresh(busy.refreshToken);
    }
    await expect(accounts.refresh(idle.refreshToken)).rejects.toThrow(CredentialError);
    fixture.wait(6 * day);
    await expect(accounts.refresh(busy.refreshToken)).rejects.toThrow(CredentialError);
  });

  test("ends when its owner signs out, closes the account or changes the password", async () => {
    const user = await fixture.addUser(email, "books.write");
    const { sessions, users, passwords } = fixture.accounts;
    const ends: ((id: string) => void)[] = [
      (id) => expect(sessions.end(id)).toBe(true),
      () => {
        users.setDisabled(user.id, true);
        users.setDisabled(user.id, false);
      },
    ];
    for (const end of ends) {
      const { sessionId, accessToken, refreshToken } = await signIn();
      end(sessionId);
      await expect((async () => await principalOf(accessToken))()).rejects.toThrow(CredentialError);
      await expect(fixture.accounts.refresh(refreshToken)).rejects.toThrow(CredentialError);
    }
    const { accessToken } = await signIn();
    users.setPassword(user.id, await passwords.hash("another secret of hers"));
    await expect((async () => await principalOf(accessToken))()).rejects.toThrow(CredentialError);
    await signIn({ password: "another secret of hers" });
  });

  test("is one of at most fifty of an account", async () => {
    await fixture.addUser(email, "books.write");
    const oldest = await signIn();
    for (let count = 0; count < 50; count += 1) {
      fixture.wait(1);
      await signIn();
    }
    await expect((async () => await principalOf(oldest.accessToken))()).rejects.toThrow(
      CredentialError,
    );
  });

  test.each(["", "bfr_", "bfs_x", `bfr_${"A".repeat(43)}`])(
    "is not refreshed by %j",
    async (text) => {
      await expect(fixture.accounts.refresh(text)).rejects.toThrow(CredentialError);
    },
  );
});
