/**
 * Sessions: what a person has after signing in. A session hands out two kinds of secret:
 *
 *   access token   bfs_…   sent with every call; lives for minutes
 *   refresh token  bfr_…   exchanged, once, for a new pair; lives for weeks
 *
 * A refresh token that comes a second time has been copied; nobody can tell which of the two holders
 * is the thief, so the session ends for both (RFC 9700, 4.14.2). Both are kept as hashes and looked
 * up at every call, so that signing out counts at once.
 */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { inTransaction } from "#server/database/open-database.ts";
import { CredentialError } from "./account-errors.ts";
import { knownScopes, type Principal, type Scope } from "./principal.ts";
import { hashSecret, newId, newSecret } from "./secrets.ts";

/** How long things live. */
export type SessionLimits = { accessMs: number; refreshMs: number; sessionMs: number };

const minute = 60_000;
const day = 1440 * minute;

const defaultSessionLimits: SessionLimits = {
  accessMs: 15 * minute,
  refreshMs: 30 * day,
  // Whoever keeps refreshing signs in again after this.
  sessionMs: 90 * day,
};

/** Sessions at a time of one account; a further sign-in ends the oldest. */
const SESSIONS_MAX = 50;

/** A session and a fresh pair of tokens, which are nowhere else. */
export type SessionTokens = {
  sessionId: string;
  userId: number;
  scopes: Scope[];
  accessToken: string;
  accessExpiresAt: Date;
  refreshToken: string;
  refreshExpiresAt: Date;
};

const accessPattern = /^bfs_[A-Za-z0-9_-]{43}$/;
const refreshPattern = /^bfr_[A-Za-z0-9_-]{43}$/;

type Row = Record<string, SQLOutputValue>;

/** The sessions of all accounts. */
export class SessionStore {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;
  readonly #limits: SessionLimits;

  constructor(
    database: DatabaseSync,
    now: () => Date,
    limits: SessionLimits = defaultSessionLimits,
  ) {
    this.#database = database;
    this.#now = now;
    this.#limits = limits;
  }

  /** Begins a session of an account whose password was right. */
  begin(userId: number, scopes: readonly Scope[]): SessionTokens {
    const now = this.#now();
    const id = newId(8);
    return inTransaction(this.#database, () => {
      this.#forgetEnded(now, userId);
      this.#database
        .prepare(
          "INSERT INTO session (id, user_id, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        )
        .run(id, userId, scopes.join(" "), now.toISOString(), after(now, this.#limits.sessionMs));
      return this.#issue(this.#session(id));
    });
  }

  /**
   * Exchanges a refresh token for a new pair; why that can't be, if it isn't in force. One that was used
   * before ends its session, which is kept although the caller is refused.
   */
  refresh(refreshToken: string): SessionTokens | CredentialError {
    const now = this.#now().toISOString();
    const result = inTransaction(this.#database, () => {
      const token = refreshPattern.test(refreshToken)
        ? this.#token(refreshToken, "refresh")
        : undefined;
      if (token === undefined || String(token["expires_at"]) <= now) {
        return "unknown";
      }
      const sessionId = String(token["session_id"]);
      if (token["used_at"] !== null) {
        this.end(sessionId);
        return "reused";
      }
      const session = this.#session(sessionId);
      if (String(session["expires_at"]) <= now || session["disabled_at"] !== null) {
        return "unknown";
      }
      this.#database
        .prepare("UPDATE session_token SET used_at = ? WHERE hash = ?")
        .run(now, hashSecret(refreshToken));
      return this.#issue(session);
    });
    if (result === "unknown") {
      return new CredentialError("This refresh token is not in force; sign in again");
    }
    if (result === "reused") {
      return new CredentialError(
        "This refresh token was used before, so its session has been ended; sign in again",
      );
    }
    return result;
  }

  /** Ends a session; returns whether there was one. */
  end(id: string): boolean {
    return this.#database.prepare("DELETE FROM session WHERE id = ?").run(id).changes > 0;
  }

  /** Whose session it is; undefined if there is none of that id. */
  ownerOf(id: string): number | undefined {
    const row = this.#database.prepare("SELECT user_id FROM session WHERE id = ?").get(id);
    return row === undefined ? undefined : Number(row["user_id"]);
  }

  /** Who an access token is. @throws {CredentialError} when it isn't in force. */
  authenticate(accessToken: string): Principal {
    const row = accessPattern.test(accessToken) ? this.#token(accessToken, "access") : undefined;
    if (row === undefined) {
      throw new CredentialError("This access token is not in force; sign in again");
    }
    if (String(row["expires_at"]) <= this.#now().toISOString()) {
      throw new CredentialError("This access token has expired; refresh the session");
    }
    return this.renew(String(row["session_id"]));
  }

  /** Who has a session. @throws {CredentialError} when it has ended, or its account is closed. */
  renew(id: string): Principal {
    const session = this.#session(id);
    if (session["disabled_at"] !== null) {
      throw new CredentialError("This account is closed");
    }
    const userId = Number(session["user_id"]);
    return {
      kind: "token",
      subject: `user:${userId}`,
      scopes: new Set(scopesOf(session)),
      session: { id: String(session["id"]), userId },
    };
  }

  #issue(session: Row): SessionTokens {
    const now = this.#now();
    const sessionId = String(session["id"]);
    const sessionEnd = new Date(String(session["expires_at"]));
    const issue = (kind: "access" | "refresh", prefix: string, lifeMs: number) => {
      const text = `${prefix}_${newSecret()}`;
      const expiresAt = new Date(Math.min(now.getTime() + lifeMs, sessionEnd.getTime()));
      this.#database
        .prepare(
          "INSERT INTO session_token (hash, session_id, kind, expires_at) VALUES (?, ?, ?, ?)",
        )
        .run(hashSecret(text), sessionId, kind, expiresAt.toISOString());
      return { text, expiresAt };
    };
    this.#database
      .prepare("DELETE FROM session_token WHERE session_id = ? AND expires_at <= ?")
      .run(sessionId, now.toISOString());
    const access = issue("access", "bfs", this.#limits.accessMs);
    const refresh = issue("refresh", "bfr", this.#limits.refreshMs);
    return {
      sessionId,
      userId: Number(session["user_id"]),
      scopes: scopesOf(session),
      accessToken: access.text,
      accessExpiresAt: access.expiresAt,
      refreshToken: refresh.text,
      refreshExpiresAt: refresh.expiresAt,
    };
  }

  /** A session with what its account says now. */
  #session(id: string): Row {
    const row = this.#database
      .prepare(
        `SELECT session.id, session.user_id, session.scopes, session.expires_at,
                user.scopes AS user_scopes, user.disabled_at
         FROM session JOIN user ON user.id = session.user_id WHERE session.id = ?`,
      )
      .get(id);
    if (row === undefined) {
      throw new CredentialError("This session has ended; sign in again");
    }
    return row;
  }

  #token(text: string, kind: "access" | "refresh"): Row | undefined {
    // Found by its hash: how long that takes tells nothing of the token.
    return this.#database
      .prepare(
        "SELECT session_id, expires_at, used_at FROM session_token WHERE hash = ? AND kind = ?",
      )
      .get(hashSecret(text), kind);
  }

  /** Keeps the tables as small as what is in force. */
  #forgetEnded(now: Date, userId: number): void {
    this.#database.prepare("DELETE FROM session WHERE expires_at <= ?").run(now.toISOString());
    this.#database
      .prepare(
        `DELETE FROM session WHERE id IN (
           SELECT id FROM session WHERE user_id = ? ORDER BY created_at DESC, id LIMIT -1 OFFSET ?)`,
      )
      .run(userId, SESSIONS_MAX - 1);
  }
}

/** What the session was begun for, as far as the account may still do it. */
function scopesOf(session: Row): Scope[] {
  const ofUser = knownScopes(String(session["user_scopes"]).split(" "));
  const wanted = knownScopes(String(session["scopes"]).split(" "));
  return wanted.filter((scope) => ofUser.includes(scope) || ofUser.includes("admin"));
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
