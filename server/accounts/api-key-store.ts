import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { AccountError, CredentialError } from "./account-errors.ts";
import { knownScopes, type Principal, type Scope } from "./principal.ts";
import { hashSecret, isSecret, newId, newSecret } from "./secrets.ts";

/** An API key as it is listed; its secret is known to its owner alone. */
export type ApiKey = {
  /** Part of the key, so that the owner of one that leaked can be found: "bf_<id>_…". */
  id: string;
  /** Who or what uses it. */
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | undefined;
  revokedAt: string | undefined;
  /** The day of its last use, "2026-11-22"; a time would cost every call a write. */
  lastUsedOn: string | undefined;
};

const keyPattern = /^bf_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u;
const idPattern = /^[0-9a-f]{12}$/;
/** For a call without a key of that id, so that looking for one takes as long. */
const nobodysHash = hashSecret("");

/** The API keys: made by a command, shown once, kept as hashes, revoked at once. */
export class ApiKeyStore {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;
  readonly #writeLater: (note: () => void) => void;

  /** @param writeLater - Carries out what is written beside a call, which doesn't wait for it. */
  constructor(database: DatabaseSync, now: () => Date, writeLater: (note: () => void) => void) {
    this.#database = database;
    this.#now = now;
    this.#writeLater = writeLater;
  }

  /**
   * Makes a key. Its text is in the answer and nowhere else.
   *
   * @throws {AccountError} when the name is taken or of no use.
   */
  create(
    name: string,
    scopes: readonly Scope[],
    expiresAt: Date | undefined,
  ): {
    text: string;
    key: ApiKey;
  } {
    if (!namePattern.test(name) || idPattern.test(name)) {
      throw new AccountError(
        "a key's name has 1 to 100 letters, digits, spaces, dots or dashes, e.g. laptop",
      );
    }
    if (this.find(name) !== undefined) {
      throw new AccountError(`there is a key called "${name}" already; choose another name`);
    }
    const id = newId(6);
    const secret = newSecret();
    this.#database
      .prepare(
        `INSERT INTO api_key (id, name, secret_hash, scopes, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        name,
        hashSecret(secret),
        scopes.join(" "),
        this.#now().toISOString(),
        expiresAt?.toISOString() ?? null,
      );
    const key = this.find(id);
    if (key === undefined) {
      throw new Error("The key that was just made is not there");
    }
    return { text: `bf_${id}_${secret}`, key };
  }

  /** All keys, revoked ones too, oldest first. */
  all(): ApiKey[] {
    return this.#database.prepare("SELECT * FROM api_key ORDER BY created_at, id").all().map(toKey);
  }

  /** A key by its id or name. */
  find(idOrName: string): ApiKey | undefined {
    const row = this.#database
      .prepare("SELECT * FROM api_key WHERE id = ?1 OR name = ?1")
      .get(idOrName);
    return row === undefined ? undefined : toKey(row);
  }

  /** Refuses the key from now on; returns whether there is one of that id. */
  revoke(id: string): boolean {
    const { changes } = this.#database
      .prepare("UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?")
      .run(this.#now().toISOString(), id);
    return changes > 0;
  }

  /** Who a key is. @throws {CredentialError} when it isn't in force. */
  authenticate(text: string): Principal {
    const [, id = "", secret = ""] = keyPattern.exec(text) ?? [];
    const row = this.#database.prepare("SELECT * FROM api_key WHERE id = ?").get(id);
    const hash = row?.["secret_hash"];
    const isRight = isSecret(secret, hash instanceof Uint8Array ? hash : nobodysHash);
    if (row === undefined || !isRight) {
      throw new CredentialError("This API key is not known here");
    }
    const key = toKey(row);
    const principal = this.#principalOf(key);
    this.#noteUse(key, this.#now().toISOString().slice(0, 10));
    return principal;
  }

  /** Who a key is that was let in before. @throws {CredentialError} when it isn't in force any more. */
  renew(name: string): Principal {
    const key = this.find(name);
    if (key === undefined) {
      throw new CredentialError("This API key is not known here");
    }
    return this.#principalOf(key);
  }

  #principalOf({ name, scopes, revokedAt, expiresAt }: ApiKey): Principal {
    if (revokedAt !== undefined) {
      throw new CredentialError("This API key has been revoked; ask for a new one");
    }
    if (expiresAt !== undefined && expiresAt <= this.#now().toISOString()) {
      throw new CredentialError("This API key has expired; ask for a new one");
    }
    return { kind: "apiKey", subject: `key:${name}`, scopes: new Set(scopes) };
  }

  #noteUse(key: ApiKey, day: string): void {
    if (key.lastUsedOn === day) {
      return;
    }
    this.#writeLater(() => {
      this.#database
        .prepare("UPDATE api_key SET last_used_on = ?1 WHERE id = ?2 AND last_used_on IS NOT ?1")
        .run(day, key.id);
    });
  }
}

function toKey(row: Record<string, SQLOutputValue>): ApiKey {
  const optional = (name: string) => (row[name] === null ? undefined : String(row[name]));
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    scopes: knownScopes(String(row["scopes"]).split(" ")),
    createdAt: String(row["created_at"]),
    expiresAt: optional("expires_at"),
    revokedAt: optional("revoked_at"),
    lastUsedOn: optional("last_used_on"),
  };
}
