/** Who calls, and what they may do. */

/** What somebody may be allowed to do. `admin` allows everything. */
export const scopes = ["books.read", "books.write", "users.read", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** The caller of one request, as its credential proves. */
export type Principal = {
  kind: "anonymous" | "apiKey" | "token" | "certificate";
  /** Stable name for the audit: "key:laptop", "user:7", "token:<issuer> <sub>", "certificate:<DN>"; empty if anonymous. */
  subject: string;
  /** All that it may do: with "admin", every scope. */
  scopes: ReadonlySet<Scope>;
  /** Set where the token is one of a session that began here. */
  session?: { id: string; userId: number };
};

/** The scopes among these words; unknown words are left out, since other services have scopes too. */
export function knownScopes(words: readonly string[]): Scope[] {
  return scopes.filter((scope) => words.includes(scope));
}
