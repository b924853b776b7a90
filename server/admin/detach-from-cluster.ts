import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { accountsFile } from "#server/accounts/account-database.ts";
import { detach, isShared } from "#server/database/transactions.ts";
import { editsFile } from "#server/edits/edit-database.ts";

/** Makes edits and accounts, as this folder has them, its own: what the cluster gets from now on it does not. */
export function detachFromCluster(dataDir: string): string[] {
  const files = [editsFile(dataDir), accountsFile(dataDir)].filter((path) => isCopyOfCluster(path));
  for (const path of files) {
    using database = new DatabaseSync(path);
    detach(database);
  }
  return files.length === 0
    ? ["Nothing here belongs to a cluster."]
    : files.map((path) => `${path} is this folder's own now; unset BOOKFINDER_CATALOG`);
}

/** True for a file that is a copy of what the servers of a cluster write. */
export function isCopyOfCluster(path: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  using database = new DatabaseSync(path, { readOnly: true });
  return isShared(database);
}
