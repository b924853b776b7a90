import type { DatabaseSync } from "node:sqlite";
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

/** A cluster that has not answered for so long is an obstacle to everything; balancers are told. */
const AWAY_MS = 5_000;

/** Who is told of a copy that follows its cluster. */
export type Followers = {
  /** Told each time that the copy is up to date. */
  onCaughtUp: () => Promise<void>;
  /** Told once of each time that the cluster does not answer, or can't be followed. */
  onProblem: (error: unknown) => void;
  /** Told what keeps the cluster from being asked; empty when nothing does. */
  onObstacle: (obstacle: string) => void;
};

/** Brings a copy up to date again and again; a cluster that is away comes back. */
export function followDatabase(
  { transactions }: SharedDatabase,
  { onCaughtUp, onProblem, onObstacle }: Followers,
): Disposable {
  let isOver = false;
  let hasFailed = false;
  let answeredMs = performance.now();
  const follow = async () => {
    try {
      await transactions.catchUp();
      answeredMs = performance.now();
      onObstacle("");
      await onCaughtUp();
      hasFailed = false;
    } catch (error) {
      if (!isOver && !hasFailed) {
        onProblem(error);
      }
      hasFailed = true;
      if (performance.now() - answeredMs > AWAY_MS) {
        onObstacle("the cluster does not answer");
      }
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
