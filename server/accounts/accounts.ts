/** All that concerns accounts, over one file: the one thing that servers and commands open. */
import type { DatabaseSync } from "node:sqlite";
import { openAccountDatabase } from "./account-database.ts";
import { ApiKeyStore } from "./api-key-store.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";
import { AuditLog } from "./audit-log.ts";
import { type Authenticate, createAuthenticator } from "./authenticator.ts";
import { CertificateStore } from "./certificate-store.ts";
import { type JwtSettings, JwtVerifier } from "./jwt-verifier.ts";
import { Passwords } from "./passwords.ts";
import { type SessionLimits, SessionStore, type SessionTokens } from "./session-store.ts";
import { type SignInRequest, signIn } from "./sign-in.ts";
import { UserStore } from "./user-store.ts";

export type AccountOptions = {
  /** Undefined to keep everything in memory, as tests and servers on read-only folders do. */
  dataDir: string | undefined;
  now: () => Date;
  /** Whether everybody may read books; true where it isn't said. */
  isPublicRead?: boolean;
  /** Whose JWTs are accepted; none where it isn't said. */
  jwt?: JwtSettings | undefined;
  sessionLimits?: SessionLimits;
  /** scrypt's N; only tests take another than the default. */
  passwordCost?: number;
  /** Hears of what goes wrong without failing a call. */
  onProblem?: (error: unknown) => void;
};

/** The accounts of one data folder. */
export class Accounts {
  readonly users: UserStore;
  readonly passwords: Passwords;
  readonly keys: ApiKeyStore;
  readonly sessions: SessionStore;
  readonly certificates: CertificateStore;
  readonly audit: AuditLog;
  /** Who calls, by headers and connection. */
  readonly authenticate: Authenticate;
  readonly #database: DatabaseSync;
  readonly #attempts: AttemptLimiter;

  /** Opens the accounts of a folder, or creates them. */
  constructor(options: AccountOptions) {
    const { now, isPublicRead = true, jwt } = options;
    const database = openAccountDatabase(options.dataDir);
    this.#database = database;
    this.#attempts = new AttemptLimiter(now);
    this.users = new UserStore(database, now);
    this.passwords = new Passwords(options.passwordCost);
    this.keys = new ApiKeyStore(database, now, options.onProblem ?? (() => undefined));
    this.sessions = new SessionStore(database, now, options.sessionLimits);
    this.certificates = new CertificateStore(database, now);
    this.audit = new AuditLog(database, now);
    this.authenticate = createAuthenticator({
      keys: this.keys,
      sessions: this.sessions,
      certificates: this.certificates,
      jwt: jwt === undefined ? undefined : new JwtVerifier(jwt, now),
      isPublicRead,
    });
  }

  /** Begins a session; see signIn(). */
  signIn(request: SignInRequest): Promise<SessionTokens> {
    const { users, passwords, sessions, audit } = this;
    return signIn({ users, passwords, sessions, audit, attempts: this.#attempts }, request);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
