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
  if (principal.scopes.has(permission)) {
    return;
  }
  if (principal.kind === "anonymous") {
    throw apiError(
      "CREDENTIALS_MISSING",
      `${name} needs the scope "${permission}": send a key or token as "authorization: Bearer …"`,
      { headers: { "www-authenticate": `Bearer realm="BookFinder", scope="${permission}"` } },
    );
  }
  throw apiError(
    "PERMISSION_MISSING",
    `${name} needs the scope "${permission}", which ${principal.subject} does not have`,
    { metadata: { scope: permission } },
  );
}
