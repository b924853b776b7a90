import type { Logger } from "pino";
import type { Catalog } from "#server/catalog/catalog.ts";
import type { Config } from "#server/config.ts";
import type { Metrics } from "#server/metrics/metrics.ts";
import type { Health } from "#server/rpc/health.ts";
import { type CatalogContext, catalogServices, type ServedService } from "#server/rpc/routes.ts";
import { EncodedAnswers } from "./encoded-answers.ts";
import { forwardedServices } from "./forwarded-services.ts";
import { LocalWorker } from "./local-worker.ts";
import { catalogOpener } from "./open-by-config.ts";
import { RemoteCatalog } from "./remote-catalog.ts";
import { SearchPool } from "./search-pool.ts";
import { SearchProcess } from "./search-process.ts";

/** A worker that asks a cluster waits for most of a call, and answers others meanwhile. */
const CALLS_AT_ONCE = 16;

export type SearchOptions = {
  config: Config;
  log: Logger;
  health: Health;
  metrics: Metrics;
  /** The number of the last write over the catalogue. */
  writtenState: () => string;
};

/** Everything that searches, and those who ask it. */
export type Search = Disposable & {
  pool: SearchPool;
  answers: EncodedAnswers;
  /** Opens catalogue files for those who search. */
  opener: { open(path: string): Promise<Catalog>; onOverwritten(): void };
  /** The methods of the catalogue, answered by those who search. */
  services(context: CatalogContext): ServedService[];
};

/** Starts the search processes, or a worker in this one if there are to be none. */
export function startSearch(options: SearchOptions): Search {
  const { config, log, health, metrics, writtenState } = options;
  const pool = new SearchPool({
    count: Math.max(1, config.workers),
    callsAtOnce: config.searchedCluster === undefined ? 1 : CALLS_AT_ONCE,
    // To start a process takes longer than a caller likes to wait.
    spareCount: config.workers > 0 ? 1 : 0,
    start: (onEnd) =>
      config.workers > 0
        ? new SearchProcess({ onEnd })
        : // What is copied over a file that is mapped into memory ends the process: not in this one.
          new LocalWorker(catalogOpener(config, { mapBytes: 0 })),
    onShed: (reason) => metrics.shed.inc({ reason }),
    onDone: (method, ms, waitedMs) => metrics.onSearch(method, ms, waitedMs),
    onWorkerLost(reason) {
      metrics.lostWorkers.inc();
      log.warn({ reason }, "A search process has ended; another takes its place");
    },
    onObstacle: (obstacle) => health.setObstacle(obstacle),
  });
  const answers = new EncodedAnswers({
    pool,
    cacheBytes: config.answerCacheBytes,
    maxResponseBytes: config.maxResponseBytes,
    logQueryChars: config.logQueryChars,
    ignoreUnknownFields: config.unknownFields === "ignore",
    writtenState,
    onAnswer: (source) => metrics.answers.inc({ source }),
  });
  return {
    pool,
    answers,
    opener: {
      open: (path) => RemoteCatalog.open(pool, path),
      onOverwritten() {
        log.error("The catalogue file is being written over; waiting for it to be whole");
        pool.workers.suspend();
      },
    },
    services: (context) => forwardedServices(catalogServices(context), answers),
    [Symbol.dispose]: () => pool.workers.stop(),
  };
}
