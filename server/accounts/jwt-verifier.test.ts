import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportSPKI, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { AuthUnavailableError, CredentialError } from "./account-errors.ts";
import { JwtVerifier } from "./jwt-verifier.ts";
import { anIdentityProvider, type IdentityProvider } from "./testing/identity-provider.ts";

const folder = mkdtempSync(join(tmpdir(), "jwks-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "jwks.json");
let nowMs = Date.parse("2026-11-22T12:00:00Z");
const now = () => new Date(nowMs);
const nowSeconds = nowMs / 1000;

let provider: IdentityProvider;
let verifier: JwtVerifier;

function verifierOfFile(): JwtVerifier {
  const { issuer, audience } = provider;
  return new JwtVerifier({ issuer, audience, keys: { file } }, now);
}

beforeEach(async () => {
  provider = await anIdentityProvider();
  writeFileSync(file, JSON.stringify(provider.keySet()));
  verifier = verifierOfFile();
});

test("lets in whom the provider vouches for, with the scopes that are ours", async () => {
  expect(await verifier.authenticate(await provider.token())).toEqual({
    kind: "token",
    subject: "token:https://login.example anna",
    scopes: new Set(["books.write"]),
  });
});

test.each([
  [{ scope: "books.read users.read" }, ["books.read", "users.read"]],
  [{ scope: undefined, scp: ["books.write", 7] }, ["books.write"]],
  [{ scope: undefined, scp: "admin other" }, ["admin"]],
  [{ scope: undefined }, []],
  [{ aud: ["other", "bookfinder"], scope: "" }, []],
  // Clocks may be half a minute apart.
  [{ exp: nowSeconds - 29, scope: "" }, []],
  [{ nbf: nowSeconds + 29, scope: "" }, []],
])("reads the claims %j", async (claims, scopes) => {
  const principal = await verifier.authenticate(await provider.token(claims));
  expect([...principal.scopes]).toEqual(scopes);
});

describe("refuses", () => {
  test.each([
    ["an expired token", { exp: nowSeconds - 31 }, /expired/],
    ["one without an end", { exp: undefined }, /exp/],
    ["one that is not in force yet", { nbf: nowSeconds + 31 }, /nbf/],
    ["one for another audience", { aud: "accounting" }, /aud/],
    ["one for nobody in particular", { aud: undefined }, /aud/],
    ["one of another issuer", { iss: "https://login.example.evil" }, /iss/],
    ["one of nobody", { sub: undefined }, /sub/],
    ["one of an empty subject", { sub: "" }, /subject/],
    ["one of a number", { sub: 7 }, /subject/],
    ["one of an object", { sub: { name: "anna" } }, /subject/],
    ["one of two lines", { sub: "anna\nadmin" }, /subject/],
    ["one of an issuer with a slash at the end", { iss: "https://login.example/" }, /iss/],
  ])("%s", async (_what, claims, message) => {
    const outcome = verifier.authenticate(await provider.token(claims));
    await expect(outcome).rejects.toThrow(CredentialError);
    await expect(outcome).rejects.toThrow(message);
  });

  test("one that another provider of the same name has signed", async () => {
    const forger = await anIdentityProvider();
    await expect(verifier.authenticate(await forger.token())).rejects.toThrow(CredentialError);
  });

  test("one whose claims were changed after signing", async () => {
    const [header, , signature] = (await provider.token()).split(".");
    const claims = { iss: provider.issuer, aud: provider.audience, sub: "eve", scope: "admin" };
    const payload = Buffer.from(JSON.stringify({ ...claims, exp: nowSeconds + 600 }));
    const forged = [header, payload.toString("base64url"), signature].join(".");
    await expect(verifier.authenticate(forged)).rejects.toThrow(CredentialError);
  });

  test("one without a signature", async () => {
    const claims = { iss: provider.issuer, aud: provider.audience, sub: "eve" };
    const unsecured = new UnsecuredJWT({ ...claims, exp: nowSeconds + 600 }).encode();
    await expect(verifier.authenticate(unsecured)).rejects.toThrow(CredentialError);
  });

  test("one that is signed with the published key as if it were a secret", async () => {
    const secret = new TextEncoder().encode(await exportSPKI(provider.publicKey()));
    const forged = await new SignJWT({ sub: "eve", exp: nowSeconds + 600 })
      .setIssuer(provider.issuer)
      .setAudience(provider.audience)
      .setProtectedHeader({ alg: "HS256", kid: "key-1" })
      .sign(secret);
    await expect(verifier.authenticate(forged)).rejects.toThrow(CredentialError);
  });

  test.each(["", "a", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "x".repeat(20_000)])(
    "what is no token: %.20s",
    async (text) => {
      await expect(verifier.authenticate(text)).rejects.toThrow(CredentialError);
    },
  );
});

describe("keys", () => {
  test("of a file are read again when it changes", async () => {
    const old = await provider.token();
    await verifier.authenticate(old);
    await provider.rotate();
    writeFileSync(file, JSON.stringify(provider.keySet()));
    nowMs += 1000;
    await verifier.authenticate(await provider.token());
    await expect(verifier.authenticate(old)).rejects.toThrow(CredentialError);
  });

  test.each(["", "{}", "[1]", '{"keys": "none"}'])(
    "that can't be read are nobody's fault who calls: %s",
    async (text) => {
      writeFileSync(file, text);
      const token = await provider.token();
      await expect(verifierOfFile().authenticate(token)).rejects.toThrow(AuthUnavailableError);
    },
  );

  test("of a provider are fetched, and fetched again for a key that is new", async () => {
    let fetchCount = 0;
    const server = createServer((_request, response) => {
      fetchCount += 1;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(provider.keySet()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const url = new URL(`http://127.0.0.1:${port}/jwks`);
    const { issuer, audience } = provider;
    const remote = new JwtVerifier({ issuer, audience, keys: { url }, cooldownMs: 0 }, now);
    const old = await provider.token();
    await remote.authenticate(old);
    await remote.authenticate(old);
    expect(fetchCount).toBe(1);
    await provider.rotate();
    await remote.authenticate(await provider.token());
    expect(fetchCount).toBe(2);
    await expect(remote.authenticate(old)).rejects.toThrow(CredentialError);
    server.closeAllConnections();
    server.close();
    // Its keys are known; only for another does it have to be asked.
    await remote.authenticate(await provider.token());
    await provider.rotate();
    await expect(remote.authenticate(await provider.token())).rejects.toThrow(AuthUnavailableError);
  });

  test.each([
    ["a page", "<html>"],
    ["a set of another million keys", `{"keys": [${" ".repeat(1_000_000)}]}`],
  ])("of a provider that answers with %s are none", async (_what, text) => {
    const server = createServer((_request, response) => response.end(text));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const url = new URL(`http://127.0.0.1:${port}/jwks`);
    const { issuer, audience } = provider;
    const remote = new JwtVerifier({ issuer, audience, keys: { url } }, now);
    const token = await provider.token();
    await expect(remote.authenticate(token)).rejects.toThrow(AuthUnavailableError);
    server.closeAllConnections();
    server.close();
  });

  test("without a name are tried one after the other", async () => {
    const [first, second] = [await anIdentityProvider(), await anIdentityProvider()];
    const keys = [...first.keySet().keys, ...second.keySet().keys].map(({ kid: _, ...key }) => key);
    writeFileSync(file, JSON.stringify({ keys }));
    const token = async (from: IdentityProvider) => {
      const verify = verifierOfFile();
      return await verify.authenticate(await from.tokenWithoutKeyId());
    };
    expect((await token(first)).kind).toBe("token");
    expect((await token(second)).kind).toBe("token");
    await expect(token(provider)).rejects.toThrow(CredentialError);
  });
});
