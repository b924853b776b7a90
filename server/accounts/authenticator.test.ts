import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CredentialError } from "./account-errors.ts";
import type { CredentialHeaders } from "./authenticator.ts";
import type { ClientCertificate } from "./certificate-store.ts";
import { day, minute, passwordOf, someAccounts, type TestAccounts } from "./testing/accounts.ts";

let fixture: TestAccounts;
beforeEach(() => {
  fixture = someAccounts();
});
afterEach(() => fixture[Symbol.dispose]());

const address = "198.51.100.1";

/** Who calls with these headers. */
async function who(headers: CredentialHeaders, certificate?: ClientCertificate) {
  const { kind, subject, scopes } = await fixture.accounts.authenticate(headers, {
    address,
    certificate,
  });
  return { kind, subject, scopes: [...scopes].toSorted() };
}

/** The message of the refusal. */
async function refusal(headers: CredentialHeaders, certificate?: ClientCertificate) {
  try {
    await who(headers, certificate);
  } catch (error) {
    expect(error).toBeInstanceOf(CredentialError);
    return error instanceof Error ? error.message : "";
  }
  throw new Error("Nobody was refused");
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

describe("nobody in particular", () => {
  test("may read", async () => {
    expect(await who({})).toEqual({
      kind: "anonymous",
      subject: "",
      scopes: ["books.read"],
    });
  });

  test("may do nothing where reading is closed", async () => {
    fixture[Symbol.dispose]();
    fixture = someAccounts({ isPublicRead: false });
    expect((await who({})).scopes).toEqual([]);
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    expect((await who(bearer(text))).scopes).toEqual(["books.write"]);
  });
});

describe("an API key", () => {
  test("is sent in either header", async () => {
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    const expected = {
      kind: "apiKey",
      subject: "key:laptop",
      scopes: ["books.read", "books.write"],
    };
    expect(await who(bearer(text))).toEqual(expected);
    expect(await who({ authorization: `bearer   ${text}` })).toEqual(expected);
    expect(await who({ "x-api-key": text })).toEqual(expected);
    expect(await who({ "x-api-key": [text] })).toEqual(expected);
  });

  test("of an administrator may do everything", async () => {
    const { text } = fixture.accounts.keys.create("root", ["admin"], undefined);
    expect((await who(bearer(text))).scopes).toEqual([
      "admin",
      "books.read",
      "books.write",
      "users.read",
    ]);
  });

  test("is refused from the moment it is revoked, by another process, too", async () => {
    const { text, key } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    await who(bearer(text));
    using other = someAccounts({ dataDir: fixture.dataDir });
    expect(other.accounts.keys.revoke(key.id)).toBe(true);
    expect(await refusal(bearer(text))).toMatch(/revoked/);
  });

  test("is refused from the moment it expires", async () => {
    const expiresAt = new Date("2026-11-23T12:00:00Z");
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], expiresAt);
    fixture.wait(day - 1);
    await who(bearer(text));
    fixture.wait(1);
    expect(await refusal(bearer(text))).toMatch(/expired/);
  });

  test("that is wrong in any place reads the same as one that never was", async () => {
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    const wrong = [
      text.slice(0, -1),
      `${text}x`,
      text.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      text.replace(/_./, "_g"),
      "bf_",
      `bf_${"0".repeat(12)}_${"A".repeat(43)}`,
      text.toUpperCase(),
    ];
    for (const each of wrong) {
      expect(await refusal({ "x-api-key": each })).toBe("This API key is not known here");
    }
  });

  test("is kept as a hash only", () => {
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    expect(JSON.stringify(fixture.accounts.keys.all())).not.toContain(text.slice(20));
  });
});

describe("a session", () => {
  const email = "anna@books.example";
  const signIn = () =>
    fixture.accounts.signIn({ email, password: passwordOf(email), scopes: [], address });

  test("lets its account in until the access token expires", async () => {
    const user = await fixture.addUser(email, "books.write");
    const { accessToken } = await signIn();
    expect(await who(bearer(accessToken))).toEqual({
      kind: "token",
      subject: `user:${user.id}`,
      scopes: ["books.read", "books.write"],
    });
    fixture.wait(15 * minute);
    expect(await refusal(bearer(accessToken))).toMatch(/expired/);
  });

  test("follows what its account may do", async () => {
    const user = await fixture.addUser(email, "books.write", "users.read");
    const { accessToken } = await signIn();
    fixture.accounts.users.setScopes(user.id, ["users.read"]);
    expect((await who(bearer(accessToken))).scopes).toEqual(["books.read", "users.read"]);
    fixture.accounts.users.setDisabled(user.id, true);
    expect(await refusal(bearer(accessToken))).toMatch(/sign in/);
  });

  test("has a refresh token that opens nothing", async () => {
    await fixture.addUser(email, "books.write");
    const { refreshToken } = await signIn();
    expect(await refusal(bearer(refreshToken))).toMatch(/refresh token/);
    expect(await refusal(bearer(refreshToken.replace("bfr_", "bfs_")))).toMatch(/not in force/);
  });
});

describe("a client certificate", () => {
  const importer = { isTrusted: true, subject: "C=DE\nO=Library\nCN=importer" };

  test("is known by its subject", async () => {
    fixture.accounts.certificates.trust("subject=C = DE, O = Library, CN = importer", [
      "books.write",
    ]);
    expect(await who({}, importer)).toEqual({
      kind: "certificate",
      subject: "certificate:C=DE, O=Library, CN=importer",
      scopes: ["books.read", "books.write"],
    });
    fixture.accounts.certificates.distrust("C=DE, O=Library, CN=importer");
    expect(await refusal({}, importer)).toMatch(/not known/);
  });

  test("of a foreign authority is refused, whatever else is sent", async () => {
    fixture.accounts.certificates.trust("C=DE, O=Library, CN=importer", ["books.write"]);
    const foreign = { ...importer, isTrusted: false };
    expect(await refusal({}, foreign)).toMatch(/authority/);
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    expect(await refusal(bearer(text), foreign)).toMatch(/authority/);
  });

  test("can't pass for another by writing its name into one part of its own", async () => {
    fixture.accounts.certificates.trust("O=Library, CN=importer", ["admin"]);
    expect(await refusal({}, { isTrusted: true, subject: "O=Library\\, CN=importer" })).toMatch(
      /not known/,
    );
    expect(await refusal({}, { isTrusted: true, subject: "CN=importer" })).toMatch(/not known/);
    expect(await refusal({}, { isTrusted: true, subject: "CN=importer\nO=Library" })).toMatch(
      /not known/,
    );
  });

  test("gives way to a key that is sent over its connection", async () => {
    fixture.accounts.certificates.trust("C=DE, O=Library, CN=importer", ["books.write"]);
    const { text } = fixture.accounts.keys.create("laptop", ["users.read"], undefined);
    expect(await who(bearer(text), importer)).toMatchObject({ subject: "key:laptop" });
  });
});

test.each([
  [{ authorization: "" }, /Bearer/],
  [{ authorization: "Basic YTpi" }, /Bearer/],
  [{ authorization: "Bearer" }, /Bearer/],
  [{ authorization: "Bearer a b" }, /Bearer/],
  [{ authorization: "Bearer x", "x-api-key": "y" }, /one credential/],
  [{ "x-api-key": ["a", "b"] }, /once/],
  [{ "x-api-key": "" }, /not known/],
  [{ authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }, /not of a kind/],
])("refuses %j, though nobody in particular may read", async (headers, message) => {
  expect(await refusal(headers)).toMatch(message);
});

describe("who was let in before is asked for again", () => {
  const email = "anna@books.example";
  const renewed = async (headers: CredentialHeaders, meanwhile: () => void) => {
    const { accounts } = fixture;
    const principal = await accounts.authenticate(headers, { address });
    meanwhile();
    return accounts.renew(principal);
  };

  test("and is the same as long as nothing was taken back", async () => {
    const { text } = fixture.accounts.keys.create("laptop", ["books.write"], undefined);
    expect(await renewed(bearer(text), () => fixture.wait(day))).toMatchObject({
      subject: "key:laptop",
      scopes: new Set(["books.write", "books.read"]),
    });
  });

  test("and may do what its account may do now", async () => {
    const { users } = fixture.accounts;
    const user = await fixture.addUser(email, "books.write");
    const signedIn = { email, password: passwordOf(email), scopes: [], address };
    const { accessToken, sessionId } = await fixture.accounts.signIn(signedIn);
    const after = await renewed(bearer(accessToken), () => {
      // The token's minutes are over, but not the session.
      fixture.wait(20 * minute);
      users.setScopes(user.id, ["users.read"]);
    });
    expect([...after.scopes]).toEqual(["books.read"]);
    fixture.accounts.sessions.end(sessionId);
    expect(() => fixture.accounts.renew(after)).toThrow(/sign in again/);
  });

  test("and is nobody with a key that was revoked or a subject that is distrusted", async () => {
    const { keys, certificates, authenticate, renew } = fixture.accounts;
    const { text, key } = keys.create("laptop", ["books.write"], undefined);
    await expect(renewed(bearer(text), () => void keys.revoke(key.id))).rejects.toThrow(/revoked/);
    const subject = certificates.trust("O=Acme\\, Inc.\nCN=importer", ["books.write"]);
    const certificate = { isTrusted: true, subject: "O=Acme\\, Inc.\nCN=importer" };
    const principal = await authenticate({}, { address, certificate });
    expect(await renew(principal)).toEqual(principal);
    certificates.distrust(subject);
    expect(() => renew(principal)).toThrow(/not known/);
  });
});
