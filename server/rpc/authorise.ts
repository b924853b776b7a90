import type { ConnectError } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { apiError } from "./errors.ts";
import { type PermissionTable, permissionOf } from "./permissions.ts";

/**
 * Lets a caller in who may call this method.
 *
 * @throws {ConnectError} UNAUTHENTICATED if the caller has not said who it is and should;
 * PERMISSION_DENIED if it has, and may not.
 */
export function authorise({ method, principal }: Call, table: PermissionTable): void {
  const permission = permissionOf(table, method);
  if (permission === "public") {
    return;
  }
  const name = `${method.parent.typeName}/${method.name}`;
  if (permission === undefined) {
    throw apiError("PERMISSION_MISSING", `${name} is open to nobody`);
  }
  if (permission === "authenticated") {
    if (principal.kind === "anonymous") {
      throw unauthenticated(`${name} needs to know who calls`, "");
    }
    return;
  }
  if (principal.scopes.has(permission)) {
    return;
  }
  if (principal.kind === "anonymous") {
    throw unauthenticated(`${name} needs the scope "${permission}"`, `, scope="${permission}"`);
  }
  throw apiError(
    "PERMISSION_MISSING",
    `${name} needs the scope "${permission}", which ${principal.subject} does not have`,
    { metadata: { scope: permission } },
  );
}

/** The refusal of a caller who has sent no credential, by RFC 6750. */
function unauthenticated(problem: string, challenge: string): ConnectError {
  return apiError(
    "CREDENTIALS_MISSING",
    `${problem}: send a key or token as "authorization: Bearer …"`,
    { headers: { "www-authenticate": `Bearer realm="BookFinder"${challenge}` } },
  );
}
