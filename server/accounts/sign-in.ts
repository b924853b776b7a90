import { CredentialError } from "./account-errors.ts";
import type { AttemptLimiter } from "./attempt-limiter.ts";
import type { AuditLog } from "./audit-log.ts";
import { PASSWORD_CHARS_MAX, type Passwords } from "./passwords.ts";
import type { Scope } from "./principal.ts";
import { hashSecret } from "./secrets.ts";
import type { SessionStore, SessionTokens } from "./session-store.ts";
import type { UserStore } from "./user-store.ts";

/** What signing in needs. */
export type SignInParts = {
  users: UserStore;
  passwords: Passwords;
  sessions: SessionStore;
  audit: AuditLog;
  catchUp(): Promise<void>;
  write<T>(run: () => T): Promise<T>;
};

export type SignInRequest = {
  email: string;
  password: string;
  /** What the session is for; empty for all that the account may do. */
  scopes: readonly Scope[];
  address: string;
};

/**
 * Begins a session for an e-mail address and its password. Every refusal reads and lasts the same,
 * so that nobody learns which addresses have accounts.
 *
 * @throws {CredentialError} when they don't belong together or the account is closed.
 * @throws {TooManyAttemptsError} when too many attempts failed.
 */
export async function signIn(
  accounts: SignInParts,
  attempts: AttemptLimiter,
  request: SignInRequest,
): Promise<SessionTokens> {
  const { users, passwords, sessions, audit } = accounts;
  const { email, password, address } = request;
  // Also for addresses without an account; hashed, since people type passwords into this field.
  const account = hashSecret(email.trim().normalize("NFKC").toLowerCase()).toString("base64url");
  attempts.begin(account, address);
  await accounts.catchUp();
  const user = users.byEmail(email);
  const kept = user === undefined ? undefined : users.passwordHash(user.id);
  const isRight = password.length <= PASSWORD_CHARS_MAX && (await passwords.verify(password, kept));
  // Read again: it may have been closed, or its password changed, while this one was checked.
  const present = user === undefined ? undefined : users.byId(user.id);
  const isOpen = present !== undefined && present.disabledAt === undefined;
  if (!isRight || !isOpen || users.passwordHash(present.id) !== kept) {
    // Not in the audit: a write for known accounts alone would take longer. The log has the call.
    throw new CredentialError("The e-mail address and the password don't belong together");
  }
  attempts.succeed(account, address);
  const allowed = (scope: Scope) =>
    present.scopes.includes(scope) || present.scopes.includes("admin");
  const scopes = request.scopes.length === 0 ? present.scopes : request.scopes.filter(allowed);
  return accounts.write(() => {
    const tokens = sessions.begin(present.id, scopes);
    audit.add({
      actor: `user:${present.id}`,
      action: "session.create",
      target: `session:${tokens.sessionId}`,
      address,
    });
    return tokens;
  });
}
