/**
 * The configuration: every environment variable with its unit, default and limits in one table.
 * `.env.example` explains each of them; a test keeps the two in step.
 */

import { availableParallelism } from "node:os";
import { type Environment, EnvironmentReader, type JwtConfig } from "./environment-reader.ts";
import type { ClusterAddress } from "./opensearch/cluster-address.ts";

/** The server's settings, checked. */
export type Config = {
  port: number;
  /** Address to listen on; empty for all of the machine's. */
  host: string;
  /** Folder of everything the server keeps. */
  dataDir: string;
  /** The cluster that holds the catalogue and what is written; undefined for files in `dataDir`. */
  cluster: ClusterAddress | undefined;
  /** The same if it is searched; undefined if the file in `dataDir` is. */
  searchedCluster: ClusterAddress | undefined;
  /** Paths of PEM files; empty for a port in clear. */
  tlsCert: string;
  tlsKey: string;
  tlsClientCa: string;
  logLevel: LogLevel;
  logFormat: LogFormat;
  /** How many characters of a query a log line may show; 0 for none. */
  logQueryChars: number;
  /** Origins whose pages may call; `["*"]` for all. */
  corsOrigins: string[];
  /** "off" has every call served by Connect, which is slower and does the same. */
  fastPath: "on" | "off";
  /** What is done with fields of JSON that the schema does not have. */
  unknownFields: "ignore" | "refuse";
  /** How long browsers and caches may keep an answer without asking again; 0 turns caching off. */
  cacheSeconds: number;
  /** Whether everybody may read books. */
  isPublicRead: boolean;
  /** Whether it refuses what it would have to keep: writes and sign-ins. */
  isReadOnly: boolean;
  /** Whose tokens are accepted; undefined where no identity provider is set. */
  jwt: JwtConfig | undefined;
  /** Calls a minute of one client; 0 for any number, undefined for what suits most. */
  callsPerMinute: number | undefined;
  /** Addresses and networks of proxies that are believed for whom they ask. */
  trustedProxies: string[];
  /** Search processes; 0 searches in the server's own. */
  workers: number;
  /** What answers that were given before may take, to be given again. */
  answerCacheBytes: number;
  /** Port of the metrics; 0 for none. */
  adminPort: number;
  adminHost: string;
  maxConnections: number;
  maxStreams: number;
  maxHeaderBytes: number;
  maxRequestBytes: number;
  maxResponseBytes: number;
  /** Of unfinished requests and unread answers: of one connection, of one client, of all. */
  maxHeldBytesPerConnection: number;
  maxHeldBytesPerClient: number;
  maxHeldBytes: number;
  maxTimeoutMs: number;
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  writeTimeoutMs: number;
  idleTimeoutMs: number;
  drainTimeoutMs: number;
};

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const logFormats = ["auto", "json", "text"] as const;
export type LogLevel = (typeof logLevels)[number];
export type LogFormat = (typeof logFormats)[number];

const minute = 60_000;
const mebibyte = 1 << 20;

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} listing every variable that is wrong, with what it may be.
 */
export function parseConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  const config: Config = {
    port: reader.integer("PORT", 8080, 0, 65_535),
    host: reader.text("HOST", ""),
    dataDir: reader.text("BOOKFINDER_DATA", "data"),
    ...readCluster(reader),
    tlsCert: reader.text("BOOKFINDER_TLS_CERT", ""),
    tlsKey: reader.text("BOOKFINDER_TLS_KEY", ""),
    tlsClientCa: reader.text("BOOKFINDER_TLS_CLIENT_CA", ""),
    logLevel: reader.choice("BOOKFINDER_LOG_LEVEL", "info", logLevels),
    logFormat: reader.choice("BOOKFINDER_LOG_FORMAT", "auto", logFormats),
    logQueryChars: reader.integer("BOOKFINDER_LOG_QUERY_CHARS", 0, 0, 2000),
    corsOrigins: reader.origins("BOOKFINDER_CORS_ORIGINS", "*"),
    fastPath: reader.choice("BOOKFINDER_FAST_PATH", "on", ["on", "off"]),
    unknownFields: reader.choice("BOOKFINDER_UNKNOWN_FIELDS", "ignore", ["ignore", "refuse"]),
    cacheSeconds: reader.integer("BOOKFINDER_CACHE_SECONDS", 60, 0, 86_400),
    isPublicRead: reader.choice("BOOKFINDER_PUBLIC_READ", "true", ["true", "false"]) === "true",
    isReadOnly: reader.choice("BOOKFINDER_READ_ONLY", "false", ["true", "false"]) === "true",
    jwt: reader.jwt("BOOKFINDER_JWT"),
    callsPerMinute: reader.automatic("BOOKFINDER_CALLS_PER_MINUTE", 1_000_000_000),
    trustedProxies: reader.networks("BOOKFINDER_TRUSTED_PROXIES"),
    workers: reader.count("BOOKFINDER_WORKERS", availableParallelism(), 64),
    answerCacheBytes: reader.integer(
      "BOOKFINDER_ANSWER_CACHE_BYTES",
      32 * mebibyte,
      0,
      4096 * mebibyte,
    ),
    adminPort: reader.integer("BOOKFINDER_ADMIN_PORT", 0, 0, 65_535),
    adminHost: reader.text("BOOKFINDER_ADMIN_HOST", "127.0.0.1"),
    maxConnections: reader.integer("BOOKFINDER_MAX_CONNECTIONS", 10_000, 1, 1_000_000),
    maxStreams: reader.integer("BOOKFINDER_MAX_STREAMS", 128, 1, 10_000),
    maxHeaderBytes: reader.integer("BOOKFINDER_MAX_HEADER_BYTES", 32_768, 4096, 65_536),
    maxRequestBytes: reader.integer("BOOKFINDER_MAX_REQUEST_BYTES", mebibyte, 1024, 64 * mebibyte),
    maxResponseBytes: reader.integer(
      "BOOKFINDER_MAX_RESPONSE_BYTES",
      4 * mebibyte,
      65_536,
      256 * mebibyte,
    ),
    maxHeldBytesPerConnection: reader.integer(
      "BOOKFINDER_MAX_CONNECTION_MEMORY_BYTES",
      16 * mebibyte,
      mebibyte,
      1024 * mebibyte,
    ),
    maxHeldBytesPerClient: reader.integer(
      "BOOKFINDER_MAX_CLIENT_MEMORY_BYTES",
      64 * mebibyte,
      mebibyte,
      4096 * mebibyte,
    ),
    maxHeldBytes: reader.integer(
      "BOOKFINDER_MAX_MEMORY_BYTES",
      128 * mebibyte,
      mebibyte,
      16_384 * mebibyte,
    ),
    maxTimeoutMs: reader.integer("BOOKFINDER_MAX_TIMEOUT_MS", 60 * minute, 1000, 1440 * minute),
    headersTimeoutMs: reader.integer("BOOKFINDER_HEADERS_TIMEOUT_MS", 10_000, 100, 10 * minute),
    requestTimeoutMs: reader.integer("BOOKFINDER_REQUEST_TIMEOUT_MS", minute, 100, 60 * minute),
    writeTimeoutMs: reader.integer("BOOKFINDER_WRITE_TIMEOUT_MS", minute, 100, 60 * minute),
    idleTimeoutMs: reader.integer("BOOKFINDER_IDLE_TIMEOUT_MS", 75_000, 100, 60 * minute),
    drainTimeoutMs: reader.integer("BOOKFINDER_DRAIN_TIMEOUT_MS", 10_000, 0, 60 * minute),
  };
  const isHalf = (config.tlsCert === "") !== (config.tlsKey === "");
  if (isHalf || (config.tlsClientCa !== "" && config.tlsCert === "")) {
    reader.complain("BOOKFINDER_TLS_CERT and BOOKFINDER_TLS_KEY are needed together");
  }
  if (config.headersTimeoutMs > config.requestTimeoutMs) {
    reader.complain("BOOKFINDER_HEADERS_TIMEOUT_MS must not exceed BOOKFINDER_REQUEST_TIMEOUT_MS");
  }
  reader.finish();
  return config;
}

function readCluster(reader: EnvironmentReader): Pick<Config, "cluster" | "searchedCluster"> {
  const cluster = reader.cluster("BOOKFINDER_CATALOG");
  const searched = reader.choice("BOOKFINDER_SEARCH", "catalog", ["catalog", "file"]);
  return { cluster, searchedCluster: searched === "file" ? undefined : cluster };
}

/** The names of all variables, in the order in which they are read. */
export function configVariables(): string[] {
  const names: string[] = [];
  const recorder: Environment = new Proxy(
    {},
    {
      get(_target, name) {
        names.push(String(name));
        return undefined;
      },
      ownKeys: () => [],
    },
  );
  parseConfig(recorder);
  return names;
}
