/** Who calls, as the pipeline sees it. How a caller proves who it is: server/accounts. */
import type { Principal } from "#server/accounts/principal.ts";

export type { Authenticate as Authenticator, Peer, Renew } from "#server/accounts/authenticator.ts";
export type { Principal, Scope } from "#server/accounts/principal.ts";

/** Anybody, who may read. */
export const anonymousReader: Principal = {
  kind: "anonymous",
  subject: "",
  scopes: new Set(["books.read"]),
};
