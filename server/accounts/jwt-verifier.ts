/** Access tokens of an identity provider: JWTs signed by one of its published keys. */
import { readFile, stat } from "node:fs/promises";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { AuthUnavailableError, CredentialError } from "./account-errors.ts";
import { fetchKeys } from "./fetch-keys.ts";
import { knownScopes, type Principal } from "./principal.ts";

/** Whose tokens are accepted, and where the keys are. */
export type JwtSettings = {
  /** The `iss` that a token must have. */
  issuer: string;
  /** One of the `aud` that a token must have. */
  audience: string;
  /** Where the provider publishes its keys; or a file with them. */
  keys: { url: URL } | { file: string };
  /** How soon the provider may be asked again for a key that it didn't have. */
  cooldownMs?: number;
};

/** Only signatures that need a private key: with an HMAC, the published key could sign. */
const algorithms = [
  ..."RS256 RS384 RS512 PS256 PS384 PS512".split(" "),
  ..."ES256 ES384 ES512 EdDSA Ed25519".split(" "),
];

/** How far the clocks of provider and server may be apart. */
const CLOCK_SKEW_SECONDS = 30;
/** A long token is a large header, never a better proof. */
const TOKEN_CHARS_MAX = 8192;
const KEYS_TIMEOUT_MS = 5000;
/** A token with an unknown key makes us look for new ones, but not more often than this. */
const KEYS_COOLDOWN_MS = 30_000;
/** Withdrawn keys are still trusted for as long as this. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
const FILE_CHECK_MS = 1000;
/** A provider has one key in use and one coming or going. */
const KEYS_TRIED_MAX = 4;

type KeyFinder = (
  header: JWSHeaderParameters,
  token: FlattenedJWSInput,
) => ReturnType<ReturnType<typeof createLocalJWKSet>>;

/** Checks tokens of one issuer for one audience. */
export class JwtVerifier {
  readonly #settings: JwtSettings;
  readonly #now: () => Date;
  readonly #findKey: KeyFinder;

  constructor(settings: JwtSettings, now: () => Date) {
    this.#settings = settings;
    this.#now = now;
    this.#findKey =
      "url" in settings.keys
        ? createRemoteJWKSet(settings.keys.url, {
            timeoutDuration: KEYS_TIMEOUT_MS,
            cooldownDuration: settings.cooldownMs ?? KEYS_COOLDOWN_MS,
            cacheMaxAge: KEYS_MAX_AGE_MS,
            [customFetch]: fetchKeys,
          })
        : keysOfFile(settings.keys.file, now);
  }

  /**
   * Who a token is.
   *
   * @throws {CredentialError} when it is forged, expired, of another issuer or for another audience.
   * @throws {AuthUnavailableError} when the provider's keys can't be read.
   */
  async authenticate(token: string): Promise<Principal> {
    if (token.length > TOKEN_CHARS_MAX) {
      throw new CredentialError(`A token has at most ${TOKEN_CHARS_MAX} characters`);
    }
    try {
      return this.#principalOf(await this.#verify(token));
    } catch (error) {
      throw explain(error);
    }
  }

  async #verify(token: string): Promise<JWTPayload> {
    const options = {
      issuer: this.#settings.issuer,
      audience: this.#settings.audience,
      algorithms,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: this.#now(),
      requiredClaims: ["exp", "sub"],
    };
    try {
      return (await jwtVerify(token, this.#findKey, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) {
        throw error;
      }
      // The token does not say which key signed it; the few that may have are tried.
      let triedCount = 0;
      for await (const key of error) {
        triedCount += 1;
        if (triedCount > KEYS_TRIED_MAX) {
          break;
        }
        try {
          return (await jwtVerify(token, key, options)).payload;
        } catch (failure) {
          if (!(failure instanceof errors.JWSSignatureVerificationFailed)) {
            throw failure;
          }
        }
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  }

  #principalOf(payload: JWTPayload): Principal {
    // The library does not look at what it is. Names go into logs and lists, a line each.
    const sub: unknown = payload.sub;
    if (typeof sub !== "string" || !/^[^\p{Cc}]{1,255}$/u.test(sub)) {
      throw new CredentialError(
        "The token's subject must have 1 to 255 characters that can be seen",
      );
    }
    return {
      kind: "token",
      subject: `token:${this.#settings.issuer} ${sub}`,
      scopes: new Set(knownScopes([...wordsOf(payload["scope"]), ...wordsOf(payload["scp"])])),
    };
  }
}

/** "a b" and ["a", "b"]: providers write scopes in either way. */
function wordsOf(claim: unknown): string[] {
  if (typeof claim === "string") {
    return claim.split(" ");
  }
  return Array.isArray(claim) ? claim.filter((word) => typeof word === "string") : [];
}

/** The keys of a file, which is read again when it changes. */
function keysOfFile(path: string, now: () => Date): KeyFinder {
  let state: { find: ReturnType<typeof createLocalJWKSet>; identity: string } | undefined;
  let checkedMs = Number.NEGATIVE_INFINITY;
  return async (header, token) => {
    const nowMs = now().getTime();
    if (Math.abs(nowMs - checkedMs) >= FILE_CHECK_MS) {
      const { mtimeMs, size, ino } = await stat(path);
      const identity = `${mtimeMs} ${size} ${ino}`;
      if (state?.identity !== identity) {
        // Checked by createLocalJWKSet(), which throws where it is no set of keys.
        const set = JSON.parse(await readFile(path, "utf8")) as JSONWebKeySet;
        state = { find: createLocalJWKSet(set), identity };
      }
      checkedMs = nowMs;
    }
    if (state === undefined) {
      throw new Error(`The keys in ${path} are not read yet`);
    }
    return state.find(header, token);
  };
}

/** Problems with the token are the caller's; problems with the keys are ours or the provider's. */
function explain(error: unknown): Error {
  if (error instanceof CredentialError) {
    return error;
  }
  if (error instanceof errors.JWTExpired) {
    return new CredentialError("This token has expired; ask your provider for a new one");
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new CredentialError(`The token's claim ${error.claim} is not one that is accepted here`);
  }
  const isOfKeys =
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error instanceof errors.JWKInvalid;
  // jose reports an answer without keys as a plain JOSEError.
  const isPlain = error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC";
  if (error instanceof errors.JOSEError && !isOfKeys && !isPlain) {
    return new CredentialError("This token is not signed by a provider that is trusted here");
  }
  return new AuthUnavailableError("The keys to check tokens with can't be read now; try again", {
    cause: error,
  });
}
