/**
 * The configuration: every environment variable with its unit, default and limits in one table.
 * `.env.example` explains each of them; a test keeps the two in step.
 */

import { availableParallelism } from "node:os";
import { isKeySource } from "./key-source.ts";
import { type ClusterAddress, parseClusterAddress } from "./opensearch/cluster-address.ts";

/** The server's settings, checked. */
export type Config = {
  port: number;
  /** Address to listen on; empty for all of the machine's. */
  host: string;
  /** Folder of everything the server keeps. */
  dataDir: string;
  /** The cluster that holds the catalogue; undefined for the file in `dataDir`. */
  cluster: ClusterAddress | undefined;
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
  /** Whose tokens are accepted; undefined where no identity provider is set. */
  jwt: JwtConfig | undefined;
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

/** An identity provider: the `iss` and `aud` that its tokens must have, and where its keys are. */
export type JwtConfig = { issuer: string; audience: string; keys: { url: URL } | { file: string } };

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const logFormats = ["auto", "json", "text"] as const;
export type LogLevel = (typeof logLevels)[number];
export type LogFormat = (typeof logFormats)[number];

/** The environment holds something that can't be used; `message` lists all of it. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

const minute = 60_000;
const mebibyte = 1 << 20;

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} listing every variable that is wrong, with what it may be.
 */
export function parseConfig(environment: Environment): Config {
  const reader = new Reader(environment);
  const config: Config = {
    port: reader.integer("PORT", 8080, 0, 65_535),
    host: reader.text("HOST", ""),
    dataDir: reader.text("BOOKFINDER_DATA", "data"),
    cluster: reader.cluster("BOOKFINDER_CATALOG"),
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
    jwt: reader.jwt("BOOKFINDER_JWT"),
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

/** The names of all variables, as they are read. */
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

/** Reads variables, collecting what is wrong with them. An empty variable counts as not set. */
class Reader {
  readonly #environment: Environment;
  readonly #problems: string[] = [];
  readonly #known = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string, byDefault: string): string {
    this.#known.add(name);
    return this.#environment[name]?.trim() || byDefault;
  }

  integer(name: string, byDefault: number, min: number, max: number): number {
    const text = this.text(name, String(byDefault));
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      this.#problems.push(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  }

  /** A whole number, or "auto" for what suits the machine. */
  count(name: string, automatic: number, max: number): number {
    return this.text(name, "auto") === "auto"
      ? Math.min(automatic, max)
      : this.integer(name, automatic, 0, max);
  }

  choice<T extends string>(name: string, byDefault: T, choices: readonly T[]): T {
    const text = this.text(name, byDefault);
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      this.complain(`${name} must be one of ${choices.join(", ")}, not "${text}"`);
    }
    return found ?? byDefault;
  }

  /** "*", "none", or origins as browsers send them, separated by commas. */
  origins(name: string, byDefault: string): string[] {
    const text = this.text(name, byDefault);
    if (text === "none") {
      return [];
    }
    const origins = text.split(",").map((origin) => origin.trim());
    for (const origin of origins) {
      if (origin !== "*" && !(URL.canParse(origin) && new URL(origin).origin === origin)) {
        this.#problems.push(
          `${name} must be "*", "none" or origins such as https://books.example, not "${origin}"`,
        );
      }
    }
    return origins;
  }

  /** The variables `…_ISSUER`, `…_AUDIENCE` and one of `…_JWKS_URL` and `…_JWKS_FILE`; or none. */
  jwt(prefix: string): JwtConfig | undefined {
    const names = ["ISSUER", "AUDIENCE", "JWKS_URL", "JWKS_FILE"].map((end) => `${prefix}_${end}`);
    const [issuer = "", audience = "", url = "", file = ""] = names.map((each) =>
      this.text(each, ""),
    );
    if (issuer + audience + url + file === "") {
      return undefined;
    }
    if (issuer === "" || audience === "" || (url === "") === (file === "")) {
      this.#problems.push(
        `${names[0]} and ${names[1]} need each other and either ${names[2]} or ${names[3]}`,
      );
      return undefined;
    }
    if (file !== "") {
      return { issuer, audience, keys: { file } };
    }
    if (!isKeySource(url)) {
      this.#problems.push(`${names[2]} must be an https URL, not "${url}"`);
      return undefined;
    }
    return { issuer, audience, keys: { url: new URL(url) } };
  }

  cluster(name: string): ClusterAddress | undefined {
    const text = this.text(name, "");
    try {
      return text === "" ? undefined : parseClusterAddress(text);
    } catch (error) {
      this.complain(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  complain(problem: string): void {
    this.#problems.push(problem);
  }

  finish(): void {
    for (const name of Object.keys(this.#environment)) {
      if (name.startsWith("BOOKFINDER_") && !this.#known.has(name)) {
        const near = [...this.#known].find((known) => resembles(known, name));
        if (near !== undefined) {
          this.#problems.push(`${name} is not a setting; did you mean ${near}?`);
        }
      }
    }
    if (this.#problems.length > 0) {
      const list = this.#problems.map((problem) => `  - ${problem}`).join("\n");
      throw new ConfigError(`The configuration can't be used:\n${list}`);
    }
  }
}

/** True for names that differ in a few letters only. */
function resembles(known: string, name: string): boolean {
  const words = new Set(known.split("_"));
  const shared = name.split("_").filter((word) => words.has(word)).length;
  return shared >= 2 && Math.abs(known.length - name.length) <= 8;
}
