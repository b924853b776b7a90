/** Who calls, and what they may do. */
import type { IncomingHttpHeaders } from "node:http";

/** What a caller may be allowed to do. */
export type Scope = "books.read" | "books.write" | "users.read" | "admin";

/** The caller as far as it has proven who it is. */
export type Principal = {
  /** How it has proven that; "anonymous" if it has not tried. */
  kind: "anonymous" | "apiKey" | "token" | "certificate";
  /** Stable name of the caller for logs, limits and audits; empty if anonymous. */
  subject: string;
  scopes: ReadonlySet<Scope>;
};

/** The other end of the connection. */
export type Peer = {
  /** Network address; empty if the connection is already gone or there is none. */
  address: string;
  /** Tells the connections of one address apart. */
  port?: number | undefined;
  /** What a client of mutual TLS has shown; undefined if it has shown nothing. */
  certificate?:
    | {
        /** Whether one of the authorities that are configured has signed it. */
        isTrusted: boolean;
        /** The distinguished name, an attribute per line ("CN=…\nO=…"). */
        subject: string;
      }
    | undefined;
};

/**
 * Finds out who calls, from the headers and the connection alone: the body has not been read yet.
 *
 * @throws {ConnectError} UNAUTHENTICATED if the caller's proof is not valid.
 */
export type Authenticator = (
  headers: IncomingHttpHeaders,
  peer: Peer,
) => Principal | Promise<Principal>;

/** Anybody, who may read. */
export const anonymousReader: Principal = {
  kind: "anonymous",
  subject: "",
  scopes: new Set(["books.read"]),
};

/** Asks nobody for a proof: everybody is anonymous and may read. */
export const authenticateNobody: Authenticator = () => anonymousReader;
