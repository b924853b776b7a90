import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from "jose";

/** An identity provider with keys of its own, as far as a verifier meets one. */
export type IdentityProvider = {
  readonly issuer: string;
  readonly audience: string;
  /** What it publishes. */
  keySet(): JSONWebKeySet;
  /** Signs from now on with a new key; the old one is published no more. */
  rotate(): Promise<void>;
  /** A token; claims given replace the usual ones, `undefined` leaves one out. */
  token(claims?: Record<string, unknown>, nowMs?: number): Promise<string>;
  /** A token that does not say which key signed it. */
  tokenWithoutKeyId(): Promise<string>;
  /** The parts that forgers work with. */
  publicKey(): CryptoKey;
};

/** The time of tests. */
const NOW_MS = Date.parse("2026-11-22T12:00:00Z");

export async function anIdentityProvider(algorithm = "ES256"): Promise<IdentityProvider> {
  const issuer = "https://login.example";
  const audience = "bookfinder";
  let keyCount = 0;
  let keyId = "";
  let pair = await generateKeyPair(algorithm, { extractable: true });
  let published: JSONWebKeySet = { keys: [] };
  const publish = async () => {
    keyCount += 1;
    keyId = `key-${keyCount}`;
    const jwk = await exportJWK(pair.publicKey);
    published = { keys: [{ ...jwk, kid: keyId, alg: algorithm, use: "sig" }] };
  };
  await publish();
  const sign = (claims: Record<string, unknown>, nowMs: number, kid: string | undefined) => {
    const now = Math.floor(nowMs / 1000);
    const payload = {
      iss: issuer,
      aud: audience,
      sub: "anna",
      iat: now,
      exp: now + 600,
      scope: "books.write openid",
      ...claims,
    };
    const header = { alg: algorithm, ...(kid === undefined ? {} : { kid }) };
    return new SignJWT(payload).setProtectedHeader(header).sign(pair.privateKey);
  };
  return {
    issuer,
    audience,
    keySet: () => published,
    async rotate() {
      pair = await generateKeyPair(algorithm, { extractable: true });
      await publish();
    },
    token: (claims = {}, nowMs = NOW_MS) => sign(claims, nowMs, keyId),
    tokenWithoutKeyId: () => sign({}, NOW_MS, undefined),
    publicKey: () => pair.publicKey,
  };
}
