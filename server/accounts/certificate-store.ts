import type { DatabaseSync } from "node:sqlite";
import { AccountError, CredentialError } from "./account-errors.ts";
import { knownScopes, type Principal, type Scope } from "./principal.ts";

/** The client certificate of a connection. */
export type ClientCertificate = {
  /** Whether one of the authorities that we trust signed it and it is in force. */
  isTrusted: boolean;
  /** The distinguished name, as Node's X509Certificate has it: "C=DE\nO=Library\nCN=importer". */
  subject: string;
};

export type TrustedSubject = { subject: string; scopes: Scope[]; createdAt: string };

/** Far more than any name in use. */
const SUBJECT_CHARS_MAX = 1000;

/** Which subjects of client certificates may do what. */
export class CertificateStore {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;

  constructor(database: DatabaseSync, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Lets a subject in, or changes what it may do; returns the name as it is compared.
   *
   * @throws {AccountError} when the name is none.
   */
  trust(subject: string, scopes: readonly Scope[]): string {
    const name = distinguishedName(subject);
    if (name === undefined) {
      throw new AccountError(
        `"${subject.slice(0, 80)}" is no subject; write it as openssl prints it, e.g. "C=DE, O=Library, CN=importer"`,
      );
    }
    this.#database
      .prepare(
        `INSERT INTO certificate (subject, scopes, created_at) VALUES (?, ?, ?)
         ON CONFLICT (subject) DO UPDATE SET scopes = excluded.scopes`,
      )
      .run(name, scopes.join(" "), this.#now().toISOString());
    return name;
  }

  /** Lets a subject in no more; returns whether it was. */
  distrust(subject: string): boolean {
    const name = distinguishedName(subject) ?? subject;
    return (
      this.#database.prepare("DELETE FROM certificate WHERE subject = ?").run(name).changes > 0
    );
  }

  all(): TrustedSubject[] {
    return this.#database
      .prepare("SELECT subject, scopes, created_at FROM certificate ORDER BY subject")
      .all()
      .map((row) => ({
        subject: String(row["subject"]),
        scopes: knownScopes(String(row["scopes"]).split(" ")),
        createdAt: String(row["created_at"]),
      }));
  }

  /** Who a certificate is. @throws {CredentialError} when we don't know it or its authority. */
  authenticate(certificate: ClientCertificate): Principal {
    const name = distinguishedName(certificate.subject);
    if (!certificate.isTrusted) {
      throw new CredentialError(
        "This client certificate is not of an authority that is trusted here",
      );
    }
    const row =
      name === undefined
        ? undefined
        : this.#database.prepare("SELECT scopes FROM certificate WHERE subject = ?").get(name);
    if (name === undefined || row === undefined) {
      throw new CredentialError("The subject of this client certificate is not known here");
    }
    return {
      kind: "certificate",
      subject: `certificate:${name}`,
      scopes: new Set(knownScopes(String(row["scopes"]).split(" "))),
    };
  }
}

/**
 * A distinguished name in one form: "C=DE, O=Library, CN=importer", from what Node (a part a line)
 * or openssl (parts by commas, perhaps "subject=" in front) prints. A comma within a part is
 * escaped in both ("\,"), so that no part can pass for two.
 */
function distinguishedName(text: string): string | undefined {
  if (text.length > SUBJECT_CHARS_MAX) {
    return undefined;
  }
  const separator = text.includes("\n") ? /\n/ : /(?<!\\),/;
  const parts = text
    .replace(/^subject\s*=\s*/i, "")
    .split(separator)
    .map((part) => part.trim().replace(/^([\w.]+)\s*=\s*/, "$1="));
  return parts.every((part) => /^[\w.]+=./.test(part)) ? parts.join(", ") : undefined;
}
