import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { AccountError } from "./account-errors.ts";
import { knownScopes, type Scope } from "./principal.ts";

/** An editor's account. */
export type User = {
  /** 1 to 2^31 - 1; never given twice. */
  id: number;
  name: string;
  email: string;
  scopes: Scope[];
  createdAt: string;
  /** When it was closed; its tokens are refused from then on. */
  disabledAt: string | undefined;
};

export const NAME_CHARS_MAX = 200;
/** The longest address that mail can have (RFC 5321). */
const EMAIL_CHARS_MAX = 254;

type Row = Record<string, SQLOutputValue>;

const columns = "id, name, email, scopes, created_at, disabled_at";

/** The accounts of people. */
export class UserStore {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;

  constructor(database: DatabaseSync, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** @throws {AccountError} when there is such an account, or a field is of no use. */
  add(fields: { name: string; email: string; scopes: Scope[]; passwordHash: string }): User {
    const name = checkedName(fields.name);
    const email = checkedEmail(fields.email);
    if (this.byEmail(email) !== undefined) {
      throw new AccountError(`there is an account for ${email} already`);
    }
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO user (name, email, email_key, scopes, password_hash, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        name,
        email,
        emailKey(email),
        fields.scopes.join(" "),
        fields.passwordHash,
        this.#now().toISOString(),
      );
    const user = this.byId(Number(lastInsertRowid));
    if (user === undefined) {
      throw new Error("The account that was just made is not there");
    }
    return user;
  }

  /** The account; undefined if there is none. */
  byId(id: number): User | undefined {
    const row = this.#database.prepare(`SELECT ${columns} FROM user WHERE id = ?`).get(id);
    return row === undefined ? undefined : toUser(row);
  }

  /** The account of that address, in whatever case it is written; undefined if there is none. */
  byEmail(email: string): User | undefined {
    const row = this.#database
      .prepare(`SELECT ${columns} FROM user WHERE email_key = ?`)
      .get(emailKey(email));
    return row === undefined ? undefined : toUser(row);
  }

  /** All accounts by number. */
  all(): User[] {
    return this.#database.prepare(`SELECT ${columns} FROM user ORDER BY id`).all().map(toUser);
  }

  /** The kept password of an account. */
  passwordHash(id: number): string | undefined {
    const row = this.#database.prepare("SELECT password_hash FROM user WHERE id = ?").get(id);
    return row === undefined ? undefined : String(row["password_hash"]);
  }

  /** Changes the password and ends all sessions: whoever knew the old one is out. */
  setPassword(id: number, passwordHash: string): void {
    this.#database.prepare("UPDATE user SET password_hash = ? WHERE id = ?").run(passwordHash, id);
    this.#endSessions(id);
  }

  /** Changes what an account may do, for its open sessions, too. */
  setScopes(id: number, scopes: readonly Scope[]): void {
    this.#database.prepare("UPDATE user SET scopes = ? WHERE id = ?").run(scopes.join(" "), id);
  }

  /** Closes an account, at once for open sessions, too; or opens it again. */
  setDisabled(id: number, isDisabled: boolean): void {
    this.#database
      .prepare("UPDATE user SET disabled_at = ? WHERE id = ?")
      .run(isDisabled ? this.#now().toISOString() : null, id);
    if (isDisabled) {
      this.#endSessions(id);
    }
  }

  #endSessions(userId: number): void {
    this.#database.prepare("DELETE FROM session WHERE user_id = ?").run(userId);
  }
}

function toUser(row: Row): User {
  return {
    id: Number(row["id"]),
    name: String(row["name"]),
    email: String(row["email"]),
    scopes: knownScopes(String(row["scopes"]).split(" ")),
    createdAt: String(row["created_at"]),
    disabledAt: row["disabled_at"] === null ? undefined : String(row["disabled_at"]),
  };
}

function emailKey(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

function checkedName(text: string): string {
  const name = text.trim();
  if (name === "" || name.length > NAME_CHARS_MAX || /\p{Cc}/u.test(name)) {
    throw new AccountError(`a name has 1 to ${NAME_CHARS_MAX} characters on one line`);
  }
  return name;
}

function checkedEmail(text: string): string {
  const email = text.trim();
  if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) || email.length > EMAIL_CHARS_MAX) {
    throw new AccountError(
      `"${text.slice(0, 80)}" is no e-mail address of at most ${EMAIL_CHARS_MAX} characters`,
    );
  }
  return email;
}
