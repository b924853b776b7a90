/** All that concerns accounts, over one file: the one thing that servers and commands open. */
import type { DatabaseSync } from "node:sqlite";
import { LocalTransactions, type Transactions } from "#server/database/transactions.ts";
import { openAccountDatabase } from "./account-database.ts";
import { CredentialError } from "./account-errors.ts";
import { ApiKeyStore } from "./api-key-store.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";
import { AuditLog } from "./audit-log.ts";
import {
  type Authenticate,
  createAuthenticator,
  createRenewal,
  type Renew,
} from "./authenticator.ts";
import { CertificateStore } from "./certificate-store.ts";
import { type JwtSettings, JwtVerifier } from "./jwt-verifier.ts";
import { Passwords } from "./passwords.ts";
import { type SessionLimits, SessionStore, type SessionTokens } from "./session-store.ts";
import { type SignInRequest, signIn } from "./sign-in.ts";
import { UserStore } from "./user-store.ts";

export type AccountOptions = {
  /** Undefined to keep everything in memory, as tests and servers on read-only folders do. */
  dataDir: string | undefined;
  /** What is opened already, to be closed with the accounts, where other servers write as well. */
  shared?: { database: DatabaseSync; transactions: Transactions } | undefined;
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
  /** Who somebody is now whose stream goes on. */
  readonly renew: Renew;
  readonly #database: DatabaseSync;
  readonly #transactions: Transactions;
  readonly #attempts: AttemptLimiter;

  /** Opens the accounts of a folder, or creates them. */
  constructor(options: AccountOptions) {
    const { now, isPublicRead = true, jwt } = options;
    const { shared } = options;
    const database = shared?.database ?? openAccountDatabase(options.dataDir);
    this.#database = database;
    this.#transactions = shared?.transactions ?? new LocalTransactions(database);
    this.#attempts = new AttemptLimiter(now);
    this.users = new UserStore(database, now);
    this.passwords = new Passwords(options.passwordCost);
    const onProblem = options.onProblem ?? (() => undefined);
    this.keys = new ApiKeyStore(database, now, (note) => {
      // Nobody waits for it: a full disk is no reason to refuse a caller who only reads.
      this.write(note).catch(onProblem);
    });
    this.sessions = new SessionStore(database, now, options.sessionLimits);
    this.certificates = new CertificateStore(database, now);
    this.audit = new AuditLog(database, now);
    const parts = {
      keys: this.keys,
      sessions: this.sessions,
      certificates: this.certificates,
      jwt: jwt === undefined ? undefined : new JwtVerifier(jwt, now),
      isPublicRead,
      ...(shared === undefined ? {} : { catchUp: () => shared.transactions.catchUp() }),
    };
    this.authenticate = createAuthenticator(parts);
    this.renew = createRenewal(parts);
  }

  /**
   * Writes to the stores, all of it or nothing, as it stands when all servers count it. May run again:
   * it does nothing besides.
   */
  write<T>(run: () => T): Promise<T> {
    return this.#transactions.run(run);
  }

  /** Brings in what other servers have written, for whoever reads without being asked for a credential. */
  catchUp(): Promise<void> {
    return this.#transactions.catchUp();
  }

  /** Begins a session; see signIn(). */
  signIn(request: SignInRequest): Promise<SessionTokens> {
    return signIn(this, this.#attempts, request);
  }

  /**
   * Exchanges a refresh token for a new pair.
   *
   * @throws {CredentialError} when it isn't in force; one that was used before ends its session.
   */
  async refresh(refreshToken: string): Promise<SessionTokens> {
    const tokens = await this.write(() => this.sessions.refresh(refreshToken));
    if (tokens instanceof CredentialError) {
      throw tokens;
    }
    return tokens;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
