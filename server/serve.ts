/** What the server process does: configuration → catalogue → port, and back in the other order. */
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Logger } from "pino";
import { openAccountDatabase } from "./accounts/account-database.ts";
import { type AccountOptions, Accounts } from "./accounts/accounts.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { catalogueFile } from "./catalog-file/catalogue-file.ts";
import {
  clusterTermsFile,
  openClusterCatalog,
  openImportedOfCluster,
} from "./catalog-file/cluster-catalog.ts";
import { openCatalog, openImported } from "./catalog-file/open-catalog.ts";
import { WrittenIndexes } from "./catalog-file/written-indexes.ts";
import { type Config, parseConfig } from "./config.ts";
import type { AppContext } from "./context.ts";
import { SharedDatabaseError } from "./database/transactions.ts";
import { auditLine } from "./edits/audit-line.ts";
import { editsFile, openEditDatabase } from "./edits/edit-database.ts";
import { EditedCatalog } from "./edits/edited-catalog.ts";
import type { Edits, EditsOptions } from "./edits/edits.ts";
import { isUnwritable, openEdits } from "./edits/open-edits.ts";
import type { NewRevision } from "./edits/record-write.ts";
import { createApp } from "./http/app.ts";
import { type Listener, listen } from "./http/listen.ts";
import type { TlsFiles } from "./http/tls.ts";
import { createLog } from "./log.ts";
import { openAdminPort } from "./metrics/admin-port.ts";
import { Metrics } from "./metrics/metrics.ts";
import { ClusterWorks } from "./opensearch/cluster-works.ts";
import {
  followDatabase,
  type SharedDatabase,
  shareDatabase,
} from "./opensearch/shared-database.ts";
import type { SharedLogName } from "./opensearch/shared-log.ts";
import { callSteps } from "./rpc/call-pipeline.ts";
import { Health } from "./rpc/health.ts";
import { permissions } from "./rpc/permissions.ts";
import { apiServices, servedServices } from "./rpc/routes.ts";
import { ImportedEntries } from "./sqlite/written/imported-entries.ts";
import { explainPort, explainStart, StartError } from "./start-error.ts";
import { type Search, startSearch } from "./workers/start-search.ts";

const pageDir = join(import.meta.dirname, "../web/dist");

/** What those who search refer to before it is open: edits are kept over a catalogue that is open. */
type Late = { edits?: Edits; written?: WrittenIndexes };

/** Runs the server until it is told to stop. */
export async function serve(): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(explainStart(error));
    process.exitCode = 1;
  }
}

async function run(): Promise<void> {
  const config = parseConfig(process.env);
  const { log, flush } = createLog(config, { fd: process.stdout.fd, isTTY: process.stdout.isTTY });
  surviveFaults(log);
  process.once("exit", flush);
  const health = new Health(apiServices.map((service) => service.typeName));
  const metrics = new Metrics();
  const late: Late = {};
  const writtenState = () => late.edits?.state() ?? "";
  using search = startSearch({ config, log, health, metrics, writtenState });
  await using searched = await openSearched(config, log, search, late);
  const { cluster, searchedCluster, dataDir } = config;
  await using imported =
    searchedCluster === undefined
      ? await openImported(dataDir)
      : await openImportedOfCluster(searchedCluster, dataDir);
  await using sharedEdits = await shared(cluster, "edits", () =>
    openEditDatabase(editsFile(dataDir)),
  );
  await using sharedAccounts = await shared(cluster, "accounts", () =>
    openAccountDatabase(dataDir),
  );
  const now = () => new Date();
  const options = { dataDir, imported, now, shared: sharedEdits, ...afterWrites(log, late) };
  using edits = openEdits(options, (error) => {
    // A reader writes nothing, so its folder may well be mounted to be read.
    if (!config.isReadOnly) {
      log.warn({ err: error }, "The data folder can't be written to: books can't, either");
    }
  });
  late.edits = edits;
  await using written = new WrittenIndexes(edits, log, (path) =>
    searchedCluster === undefined
      ? new ImportedEntries(path)
      : new ClusterWorks(path, searchedCluster),
  );
  await written.prepare(
    searchedCluster === undefined
      ? catalogueFile(dataDir)
      : clusterTermsFile(dataDir, searchedCluster),
  );
  await written.retireOthers();
  late.written = written;
  using _following =
    sharedEdits &&
    followDatabase(sharedEdits, {
      onCaughtUp: () => written.update(),
      onProblem: (error) =>
        log.warn({ err: error }, "What other servers write can't be followed just now"),
      onObstacle(obstacle) {
        // A file is searched whatever the cluster does.
        if (searchedCluster !== undefined) {
          health.setObstacle(obstacle, "cluster");
        }
      },
    });
  const catalog = new EditedCatalog(edits, searched);
  const { isPublicRead, jwt } = config;
  const onProblem = (error: unknown) => log.warn({ err: error }, "The use of a key isn't noted");
  const accountOptions = { now, isPublicRead, jwt, onProblem, shared: sharedAccounts };
  using accounts = openAccounts(dataDir, accountOptions);
  const context: AppContext = { config, catalog, log, health, accounts, edits, now };
  const listener = await open(context, search, metrics);
  const { workCount } = await catalog.info();
  // Listens before it says so: whoever reads the line may send the signal at once.
  const stopped = stopSignal();
  console.log(
    `BookFinder is ready: ${urlOf(config, listener.port)} ` +
      `(${workCount.toLocaleString("en")} books). Stop with Ctrl+C.`,
  );
  search.pool.workers.serve();
  log.info({ signal: await stopped }, "Stopping: finishing what has begun");
  health.stopServing();
  const cutCount = await listener.drain(config.drainTimeoutMs);
  if (cutCount > 0) {
    log.warn({ cutCount }, "Connections that were still busy have been cut");
  }
  log.info("Stopped");
}

/** What is written is audited, and found by searches before it is answered. */
function afterWrites(
  log: Logger,
  late: Late,
): Pick<EditsOptions, "onRevision" | "onBatch" | "indexedGeneration"> {
  const audit = (revision: NewRevision) => log.info({ audit: auditLine(revision) }, "Written");
  return {
    async onRevision(revision) {
      audit(revision);
      await late.written?.update();
    },
    async onBatch(revisions) {
      revisions.forEach(audit);
      await late.written?.catchUp();
    },
    indexedGeneration: () => late.written?.generation,
  };
}

/** Opens the catalogue for those who search: the file, with what was written over it, or a cluster. */
function openSearched(
  { searchedCluster, dataDir }: Config,
  log: Logger,
  { opener }: Search,
  late: Late,
): Promise<Catalog> {
  const indexing = {
    ...opener,
    async open(path: string) {
      await late.written?.prepare(path);
      return opener.open(path);
    },
    afterSwap: () => void late.written?.retireOthers(),
  };
  return searchedCluster === undefined
    ? openCatalog(dataDir, log, indexing)
    : openClusterCatalog(searchedCluster, dataDir, log, indexing);
}

/** A database of the data folder as a copy of the cluster's; undefined where there is no cluster. */
async function shared(
  cluster: Config["cluster"],
  kind: SharedLogName,
  open: () => DatabaseSync,
): Promise<SharedDatabase | undefined> {
  try {
    return cluster && (await shareDatabase(open(), cluster, kind));
  } catch (error) {
    throw error instanceof SharedDatabaseError ? new StartError(error.message) : error;
  }
}

/** Opens the accounts of the data folder; none where it can't be written to. */
function openAccounts(dataDir: string, options: Omit<AccountOptions, "dataDir">): Accounts {
  try {
    return new Accounts({ ...options, dataDir });
  } catch (error) {
    if (!isUnwritable(error)) {
      throw error;
    }
    return new Accounts({ ...options, dataDir: undefined });
  }
}

async function open(context: AppContext, search: Search, metrics: Metrics): Promise<Listener> {
  const { config, log } = context;
  const steps = callSteps(context, permissions, [metrics.observe]);
  const services = servedServices(context, search.services(context));
  try {
    const listener = await listen({
      ...createApp(context, pageDir, steps, services),
      limits: { ...config, maxBodyBytes: config.maxRequestBytes },
      tls: tlsFiles(config),
      port: config.port,
      host: config.host,
      onProblem: (problem, error) => log.warn({ err: error }, problem),
    });
    metrics.addGauges({
      connections: () => listener.connections.count,
      heldBytes: () => listener.connections.heldBytes,
      waitingSearches: () => search.pool.waitingCount,
      readyWorkers: () => search.pool.workers.ready().length,
      cachedAnswers: () => search.answers.cachedCount,
      cachedBytes: () => search.answers.cacheBytes,
    });
    if (config.adminPort > 0) {
      await openAdminPort(metrics, config.adminPort, config.adminHost);
    }
    return listener;
  } catch (error) {
    throw explainPort(error, config);
  }
}

function tlsFiles({ tlsCert, tlsKey, tlsClientCa }: AppContext["config"]): TlsFiles | undefined {
  return tlsCert === ""
    ? undefined
    : { certPath: tlsCert, keyPath: tlsKey, clientCaPath: tlsClientCa };
}

/**
 * Keeps one call's fault from being the end of all others: what nobody has caught is logged, and a
 * console that can't be written to is no reason to stop.
 */
function surviveFaults(log: Logger): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {});
  }
  process.on("uncaughtException", (error) => log.fatal({ err: error }, "Nobody caught this error"));
}

/** The first of the signals that ask to stop; a second one kills the process as ever. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      process.once(signal, resolve);
    }
  });
}

function urlOf({ host, tlsCert }: AppContext["config"], port: number): string {
  const name = host === "" || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const scheme = tlsCert === "" ? "http" : "https";
  return `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
