/** The server process: configuration → catalogue → port, and back in the other order. */
import { join } from "node:path";
import type { Logger } from "pino";
import { type AccountOptions, Accounts } from "./accounts/accounts.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { catalogueFile } from "./catalog-file/catalogue-file.ts";
import { openClusterCatalog } from "./catalog-file/cluster-catalog.ts";
import { CatalogFolderError, openCatalog, openImported } from "./catalog-file/open-catalog.ts";
import { WrittenIndexes } from "./catalog-file/written-indexes.ts";
import { parseCommandLine, startCommand } from "./command-line.ts";
import { type Config, parseConfig } from "./config.ts";
import type { AppContext } from "./context.ts";
import { auditLine } from "./edits/audit-line.ts";
import { EditedCatalog } from "./edits/edited-catalog.ts";
import { Edits } from "./edits/edits.ts";
import { isUnwritable, openEdits } from "./edits/open-edits.ts";
import type { NewRevision } from "./edits/record-write.ts";
import { ConfigError } from "./environment-reader.ts";
import { createApp } from "./http/app.ts";
import { type Listener, listen } from "./http/listen.ts";
import { TlsError, type TlsFiles } from "./http/tls.ts";
import { createLog } from "./log.ts";
import { openAdminPort } from "./metrics/admin-port.ts";
import { Metrics } from "./metrics/metrics.ts";
import { callSteps } from "./rpc/call-pipeline.ts";
import { Health } from "./rpc/health.ts";
import { permissions } from "./rpc/permissions.ts";
import { apiServices, servedServices } from "./rpc/routes.ts";
import { type Search, startSearch } from "./workers/start-search.ts";

/** Something that the person at the console can put right; shown without a stack. */
class StartError extends Error {
  override name = "StartError";
}

const usage = `Usage: npm start

Serves the page and the API on one port until it is stopped with Ctrl+C or SIGTERM. Configured by
environment variables, all of which .env.example explains: PORT, HOST, BOOKFINDER_DATA …`;

startCommand(process, (args) => parseCommandLine(args, { usage }));

const IN_CLUSTER =
  "Books can't be written here: the catalogue is in a cluster. Write on a server with a catalogue file";

const pageDir = join(import.meta.dirname, "../web/dist");

try {
  await run();
} catch (error) {
  const isExpected = [ConfigError, StartError, CatalogFolderError].some(
    (expected) => error instanceof expected,
  );
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const config = parseConfig(process.env);
  const { log, flush } = createLog(config, { fd: process.stdout.fd, isTTY: process.stdout.isTTY });
  surviveFaults(log);
  process.once("exit", flush);
  const health = new Health(apiServices.map((service) => service.typeName));
  const metrics = new Metrics();
  // Edits are kept over a catalogue that is open, and indexed for those who search it.
  const late: { edits?: Edits; written?: WrittenIndexes } = {};
  const writtenState = () => late.edits?.state() ?? "";
  using search = startSearch({ config, log, health, metrics, writtenState });
  await using searched = await openSearched(config, log, search, late);
  // In a cluster nothing is written over what was imported.
  await using imported =
    config.cluster === undefined ? await openImported(config.dataDir) : undefined;
  const now = () => new Date();
  const audit = (revision: NewRevision) => log.info({ audit: auditLine(revision) }, "Written");
  const onRevision = (revision: NewRevision) => {
    audit(revision);
    late.written?.update();
  };
  const onBatch = async (revisions: readonly NewRevision[]) => {
    revisions.forEach(audit);
    await late.written?.catchUp();
  };
  const indexedGeneration = () => late.written?.generation;
  const indexing = { now, onRevision, onBatch, indexedGeneration };
  using edits =
    imported === undefined
      ? new Edits({ dataDir: undefined, imported: searched, now, readOnlyBecause: IN_CLUSTER })
      : openEdits({ dataDir: config.dataDir, imported, ...indexing }, (error) => {
          // A reader writes nothing, so its folder may well be mounted to be read.
          if (!config.isReadOnly) {
            log.warn({ err: error }, "The data folder can't be written to: books can't, either");
          }
        });
  late.edits = edits;
  using written = new WrittenIndexes(edits, log);
  if (config.cluster === undefined) {
    await written.prepare(catalogueFile(config.dataDir));
    written.retireOthers();
    late.written = written;
  }
  const catalog = new EditedCatalog(edits, searched);
  const { isPublicRead, jwt } = config;
  const onProblem = (error: unknown) => log.warn({ err: error }, "The use of a key isn't noted");
  using accounts = openAccounts(config.dataDir, { now, isPublicRead, jwt, onProblem });
  const context: AppContext = {
    config,
    catalog,
    log,
    health,
    accounts,
    edits,
    now,
  };
  const listener = await open(context, search, metrics);
  const { workCount } = await catalog.info();
  // Listens before it says so: whoever reads the line may send the signal at once.
  const stopped = stopSignal();
  console.log(
    `BookFinder is ready: ${urlOf(config, listener.port)} ` +
      `(${workCount.toLocaleString("en")} books). Stop with Ctrl+C.`,
  );
  const signal = await stopped;
  log.info({ signal }, "Stopping: finishing what has begun");
  health.stopServing();
  const cutCount = await listener.drain(config.drainTimeoutMs);
  if (cutCount > 0) {
    log.warn({ cutCount }, "Connections that were still busy have been cut");
  }
  log.info("Stopped");
}

/** Opens the catalogue for those who search: the file, with what was written over it, or a cluster. */
function openSearched(
  { cluster, dataDir }: Config,
  log: Logger,
  { opener }: Search,
  late: { written?: WrittenIndexes },
): Promise<Catalog> {
  if (cluster !== undefined) {
    return openClusterCatalog(cluster, dataDir, log, opener);
  }
  return openCatalog(dataDir, log, {
    ...opener,
    async open(path) {
      await late.written?.prepare(path);
      return opener.open(path);
    },
    afterSwap: () => late.written?.retireOthers(),
  });
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
    throw explain(error, config);
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

function explain(error: unknown, { port, host }: AppContext["config"]): unknown {
  if (error instanceof TlsError) {
    return new StartError(error.message);
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      );
    case "EACCES":
      return new StartError(
        `Port ${port} is reserved for the system. Choose one from 1024 on: PORT=8080 npm start`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(
        `HOST=${host} is not an address of this machine; leave it empty for all`,
      );
    default:
      return error;
  }
}

function urlOf({ host, tlsCert }: AppContext["config"], port: number): string {
  const name = host === "" || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const scheme = tlsCert === "" ? "http" : "https";
  return `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
