/** What can go wrong between a caller and the accounts; messages are fit for the caller. */

/**
 * The caller's credential proves nothing. One message for everything that is wrong with a secret:
 * which part of it was right is nobody's business.
 */
export class CredentialError extends Error {
  override name = "CredentialError";

  /** The value of `WWW-Authenticate`, by RFC 6750. */
  get wwwAuthenticate(): string {
    // Quoted strings hold no quotes; the messages have none, this keeps it so.
    const description = this.message.replaceAll(/["\\]/g, "'");
    return `Bearer realm="BookFinder", error="invalid_token", error_description="${description}"`;
  }
}

/** The caller may be right, but it can't be told now; trying again makes sense. */
export class AuthUnavailableError extends Error {
  override name = "AuthUnavailableError";
}

/** Too many sign-ins failed, or too many run at once. */
export class TooManyAttemptsError extends Error {
  override name = "TooManyAttemptsError";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** An account, key or subject can't be made or changed as asked; `message` says what to do. */
export class AccountError extends Error {
  override name = "AccountError";
}
