import type { Call } from "./call.ts";
import { apiError } from "./errors.ts";
import { type PermissionTable, permissionOf } from "./permissions.ts";

/**
 * Refuses what a server that only reads can't keep: books that are written, with what is told of their
 * writing, and sign-ins, which the server beside it would know nothing of.
 *
 * @throws {ConnectError} UNIMPLEMENTED, whoever calls.
 */
export function refuseWrites({ method }: Call, table: PermissionTable): void {
  const isWrite = permissionOf(table, method) === "books.write";
  if (isWrite || method.parent.typeName === "bookfinder.v1.SessionService") {
    throw apiError(
      "WRITES_UNSUPPORTED",
      `This server only reads (BOOKFINDER_READ_ONLY): call ${method.parent.typeName}/${method.name} ` +
        "at the server whose catalogue it shows",
    );
  }
}
