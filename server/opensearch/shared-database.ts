import type { DatabaseSync } from "node:sqlite";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import { SharedTransactions } from "#server/database/shared-transactions.ts";
import { Cluster } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { SharedLog, type SharedLogName } from "./shared-log.ts";

/** A database of this machine that is a copy of what all servers of a cluster have written. */
export type SharedDatabase = AsyncDisposable & {
  /** Closed by whoever reads it. */
  database: DatabaseSync;
  transactions: SharedTransactions;
};

/**
 * Makes a database a copy, and brings it up to date; it is closed if that fails.
 *
 * @throws {SharedDatabaseError} when what it holds is not the cluster's.
 * @throws {CatalogUnavailableError} when the cluster can't be asked.
 */
export async function shareDatabase(
  database: DatabaseSync,
  address: ClusterAddress,
  kind: SharedLogName,
): Promise<SharedDatabase> {
  const cluster = new Cluster(address);
  try {
    const log = await SharedLog.open(cluster, address, kind);
    const transactions = await SharedTransactions.open(database, log);
    return { database, transactions, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
  } catch (error) {
    database.close();
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

/** How long a copy may be behind what other servers have written. */
const FOLLOW_MS = 100;

/** Brings a copy up to date again and again, and tells each time that it is; a cluster that is away comes back. */
export function followDatabase(
  { transactions }: SharedDatabase,
  onCaughtUp: () => Promise<void>,
  onProblem: (error: unknown) => void,
): Disposable {
  let isOver = false;
  let hasFailed = false;
  const follow = async () => {
    try {
      await transactions.catchUp();
      await onCaughtUp();
      hasFailed = false;
    } catch (error) {
      if (!isOver && (!hasFailed || !(error instanceof CatalogUnavailableError))) {
        onProblem(error);
      }
      hasFailed = true;
    }
    if (!isOver) {
      timer = setTimeout(follow, FOLLOW_MS).unref();
    }
  };
  let timer = setTimeout(follow, FOLLOW_MS).unref();
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
