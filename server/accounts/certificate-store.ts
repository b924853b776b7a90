import type { DatabaseSync } from "node:sqlite";
import { AccountError, CredentialError } from "./account-errors.ts";
import { normalName } from "./distinguished-name.ts";
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
    // As it is listed, too: names were once kept in other forms.
    return (
      this.#database
        .prepare("DELETE FROM certificate WHERE subject IN (?, ?)")
        .run(distinguishedName(subject) ?? subject, subject).changes > 0
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
    if (!certificate.isTrusted) {
      throw new CredentialError(
        "This client certificate is not of an authority that is trusted here",
      );
    }
    const name = distinguishedName(certificate.subject);
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

/** The name in the form in which names are compared; undefined for what is none. */
function distinguishedName(text: string): string | undefined {
  return text.length > SUBJECT_CHARS_MAX ? undefined : normalName(text);
}
