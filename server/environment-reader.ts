/** Reads settings out of environment variables, and says of all of them at once what is wrong. */
import { isIP } from "node:net";
import { type ClusterAddress, parseClusterAddress } from "./opensearch/cluster-address.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment holds something that can't be used; `message` lists all of it. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** An identity provider: the `iss` and `aud` that its tokens must have, and where its keys are. */
export type JwtConfig = { issuer: string; audience: string; keys: { url: URL } | { file: string } };

/** Not settings, but what clients are told by: somebody may start a server where they called one. */
const clientVariables = ["BOOKFINDER_KEY"];

/** Reads variables, collecting what is wrong with them. An empty variable counts as not set. */
export class EnvironmentReader {
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
    return this.automatic(name, max) ?? Math.min(automatic, max);
  }

  /** A whole number, or undefined for "auto". */
  automatic(name: string, max: number): number | undefined {
    return this.text(name, "auto") === "auto" ? undefined : this.integer(name, 0, 0, max);
  }

  /** Addresses ("10.0.0.7") and networks ("10.0.0.0/8"), separated by commas. */
  networks(name: string): string[] {
    const networks = this.text(name, "")
      .split(",")
      .map((network) => network.trim())
      .filter((network) => network !== "");
    for (const network of networks) {
      if (!isNetwork(network)) {
        this.#problems.push(
          `${name} must list addresses or networks such as 10.0.0.7 or 10.0.0.0/8, not "${network}"`,
        );
      }
    }
    return networks;
  }

  choice<T extends string>(name: string, byDefault: T, choices: readonly T[]): T {
    const text = this.text(name, byDefault);
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      this.#problems.push(`${name} must be one of ${choices.join(", ")}, not "${text}"`);
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

  /** The address of a cluster; undefined if there is none. */
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
    for (const name of clientVariables) {
      this.#known.add(name);
    }
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

/** Whoever could change the keys on their way could sign tokens, so only this machine may go without TLS. */
function isKeySource(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const { protocol, hostname } = new URL(text);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return protocol === "https:" || (protocol === "http:" && isLocal);
}

/** True for an address, or a network with the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return isIP(address) !== 0 && isPrefix && more.length === 0;
}

/** True for names that differ in a few letters only. */
function resembles(known: string, name: string): boolean {
  const words = new Set(known.split("_"));
  const shared = name.split("_").filter((word) => words.has(word)).length;
  return shared >= 2 && Math.abs(known.length - name.length) <= 8;
}
