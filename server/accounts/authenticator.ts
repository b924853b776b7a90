/**
 * From a request's headers and connection to who is calling. What is sent must be right: a caller
 * with a bad credential is refused, never taken for nobody, even where everybody may read.
 */
import { CredentialError } from "./account-errors.ts";
import type { ApiKeyStore } from "./api-key-store.ts";
import type { CertificateStore, ClientCertificate } from "./certificate-store.ts";
import type { JwtVerifier } from "./jwt-verifier.ts";
import { type Principal, type Scope, scopes } from "./principal.ts";
import type { SessionStore } from "./session-store.ts";

/** Header fields by lower-case name, as Node has them. */
export type CredentialHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The other end of the connection. */
export type Peer = {
  /** Empty if the connection is already gone or there is none. */
  address: string;
  /** Tells the connections of one address apart. */
  port?: number | undefined;
  /** What a client of mutual TLS has shown; undefined if it has shown nothing. */
  certificate?: ClientCertificate | undefined;
};

export type AuthenticatorParts = {
  keys: ApiKeyStore;
  sessions: SessionStore;
  certificates: CertificateStore;
  /** Absent where no identity provider is configured. */
  jwt: JwtVerifier | undefined;
  /** Whether everybody may read books. */
  isPublicRead: boolean;
  /** Brings in what other servers have written: what one has revoked, no other lets in. */
  catchUp?: () => Promise<void>;
};

export type Authenticate = (
  headers: CredentialHeaders,
  peer: Peer,
) => Principal | Promise<Principal>;

/** Who somebody is now who was let in before; throws, or rejects with, CredentialError if nobody. */
export type Renew = (principal: Principal) => Principal | Promise<Principal>;

/**
 * Makes the function that tells who calls. It answers at once where it can (a promise costs every
 * call) and throws, or rejects with, CredentialError or AuthUnavailableError.
 */
export function createAuthenticator(parts: AuthenticatorParts): Authenticate {
  const { catchUp, isPublicRead } = parts;
  const anonymous: Principal = {
    kind: "anonymous",
    subject: "",
    scopes: new Set(publicScopes(isPublicRead)),
  };
  const withPublic = (principal: Principal) => withPublicScopes(principal, isPublicRead);
  const authenticate: Authenticate = (headers, { certificate }) => {
    const credential = credentialOf(headers);
    if (certificate !== undefined && !certificate.isTrusted) {
      // Whatever else is sent: somebody is at the other end who isn't what they claim.
      return parts.certificates.authenticate(certificate);
    }
    if (credential === undefined) {
      return certificate === undefined
        ? anonymous
        : withPublic(parts.certificates.authenticate(certificate));
    }
    const principal = authenticateText(credential, parts);
    return principal instanceof Promise ? principal.then(withPublic) : withPublic(principal);
  };
  if (catchUp === undefined) {
    return authenticate;
  }
  return (headers, peer) =>
    // Nobody is told by nothing.
    credentialOf(headers) === undefined && peer.certificate === undefined
      ? anonymous
      : catchUp().then(() => authenticate(headers, peer));
}

/**
 * Makes the function that is asked while a stream goes on. What was taken back counts: a key, a session,
 * an account, the trust in a subject. What ends by itself after minutes, as tokens do, was in force when
 * the stream began.
 */
export function createRenewal(parts: AuthenticatorParts): Renew {
  const { keys, sessions, certificates, catchUp, isPublicRead } = parts;
  const renewed = (principal: Principal): Principal => {
    const { kind, subject, session } = principal;
    if (kind === "apiKey") {
      return keys.renew(subject.slice("key:".length));
    }
    if (kind === "certificate") {
      const name = subject.slice("certificate:".length);
      return certificates.authenticate({ isTrusted: true, subject: name });
    }
    // What a provider has vouched for, only the provider could take back.
    return session === undefined ? principal : sessions.renew(session.id);
  };
  const renew = (principal: Principal) => withPublicScopes(renewed(principal), isPublicRead);
  return catchUp === undefined ? renew : (principal) => catchUp().then(() => renew(principal));
}

function publicScopes(isPublicRead: boolean): readonly Scope[] {
  return isPublicRead ? ["books.read"] : [];
}

/** What everybody may do is also open to those who say who they are. */
function withPublicScopes(principal: Principal, isPublicRead: boolean): Principal {
  const all = principal.scopes.has("admin")
    ? scopes
    : [...principal.scopes, ...publicScopes(isPublicRead)];
  return { ...principal, scopes: new Set(all) };
}

type Credential = { text: string; isApiKey: boolean };

function authenticateText(
  { text, isApiKey }: Credential,
  { keys, sessions, jwt }: AuthenticatorParts,
): Principal | Promise<Principal> {
  if (isApiKey || text.startsWith("bf_")) {
    return keys.authenticate(text);
  }
  if (text.startsWith("bfs_")) {
    return sessions.authenticate(text);
  }
  if (text.startsWith("bfr_")) {
    throw new CredentialError("This is a refresh token; send the access token of its session");
  }
  if (jwt === undefined) {
    throw new CredentialError("This token is not of a kind known here");
  }
  return jwt.authenticate(text);
}

/** The one credential that a request carries; undefined if it has none. */
function credentialOf(headers: CredentialHeaders): Credential | undefined {
  const authorization = only(headers["authorization"], "authorization");
  const apiKey = only(headers["x-api-key"], "x-api-key");
  if (authorization !== undefined && apiKey !== undefined) {
    throw new CredentialError("Send one credential: either authorization or x-api-key");
  }
  if (apiKey !== undefined) {
    return { text: apiKey.trim(), isApiKey: true };
  }
  if (authorization === undefined) {
    return undefined;
  }
  const [, text] = /^bearer +([\x21-\x7e]+) *$/i.exec(authorization) ?? [];
  if (text === undefined) {
    throw new CredentialError("Send the credential as: authorization: Bearer <key or token>");
  }
  return { text, isApiKey: false };
}

function only(value: string | string[] | undefined, name: string): string | undefined {
  if (!Array.isArray(value)) {
    return value;
  }
  if (value.length > 1) {
    throw new CredentialError(`Send the header ${name} once`);
  }
  return value[0];
}
