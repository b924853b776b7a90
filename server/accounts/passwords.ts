/** Passwords, kept by scrypt: slow and large in memory, so that a stolen file gives little away. */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { TooManyAttemptsError } from "./account-errors.ts";

/** OWASP's advice of 2025 for 32 MiB: N = 2^15, r = 8, p = 3. */
const COST = 2 ** 15;
const BLOCK_SIZE = 8;
const PARALLELISM = 3;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** Each one holds 32 MiB and a thread of four; the file system needs the others. */
const RUNNING_MAX = 2;
/** More would wait longer than a person does. */
const WAITING_MAX = 20;

export const PASSWORD_CHARS_MIN = 12;
/** Long enough for any sentence; a bound to what is hashed. */
export const PASSWORD_CHARS_MAX = 256;

type Parameters = { cost: number; blockSize: number; parallelism: number };

/** Hashes passwords and checks them, a few at a time. */
export class Passwords {
  readonly #parameters: Parameters;
  #runningCount = 0;
  readonly #waiting: (() => void)[] = [];
  #decoy: Promise<string> | undefined;

  /** @param cost - scrypt's N; only tests take another than the default. */
  constructor(cost: number = COST) {
    this.#parameters = { cost, blockSize: BLOCK_SIZE, parallelism: PARALLELISM };
  }

  /** The form in which a password is kept: "scrypt$N$r$p$salt$hash". */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.#parameters);
    const { cost, blockSize, parallelism } = this.#parameters;
    const parts = [salt, hash].map((bytes) => bytes.toString("base64url"));
    return ["scrypt", cost, blockSize, parallelism, ...parts].join("$");
  }

  /**
   * Whether it is the kept password. Without one (there is no such account) it takes as long and
   * says no.
   *
   * @throws {TooManyAttemptsError} when too many wait already.
   */
  async verify(password: string, kept: string | undefined): Promise<boolean> {
    this.#decoy ??= this.hash(randomBytes(SALT_BYTES).toString("hex"));
    const { parameters, salt, hash } = parse(kept ?? (await this.#decoy));
    const found = await this.#derive(password, salt, parameters);
    return timingSafeEqual(found, hash) && kept !== undefined;
  }

  async #derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
    await this.#admit();
    try {
      return await deriveKey(password, salt, parameters);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#runningCount -= 1;
      } else {
        next();
      }
    }
  }

  async #admit(): Promise<void> {
    if (this.#runningCount < RUNNING_MAX) {
      this.#runningCount += 1;
      return;
    }
    if (this.#waiting.length >= WAITING_MAX) {
      throw new TooManyAttemptsError("Too many sign-ins at once; try again in a second", 1000);
    }
    // The one that ends hands its place over.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

function deriveKey(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  const { cost, blockSize, parallelism } = parameters;
  const options = {
    N: cost,
    r: blockSize,
    p: parallelism,
    // What scrypt needs, and room for its own accounts.
    maxmem: 128 * cost * blockSize * 2,
  };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // The same password, typed on two keyboards, may come in two forms of Unicode.
  scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, key) => {
    if (error === null) {
      resolve(key);
    } else {
      reject(error);
    }
  });
  return promise;
}

function parse(kept: string): { parameters: Parameters; salt: Buffer; hash: Buffer } {
  const [name, cost, blockSize, parallelism, salt = "", hash = ""] = kept.split("$");
  if (name !== "scrypt") {
    throw new Error("A kept password is of no known form");
  }
  return {
    parameters: {
      cost: Number(cost),
      blockSize: Number(blockSize),
      parallelism: Number(parallelism),
    },
    salt: Buffer.from(salt, "base64url"),
    hash: Buffer.from(hash, "base64url"),
  };
}
