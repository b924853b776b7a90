/**
 * Bounds how often a password may be guessed: per account and per address. An account's own bound
 * is kept however many addresses take part, so somebody can lock an editor's sign-in for a while by
 * failing on purpose; what is open already, keys and sessions, goes on working.
 */
import { TooManyAttemptsError } from "./account-errors.ts";
import { networkOf } from "./network-of.ts";

const WINDOW_MS = 15 * 60_000;
const FAILURES_PER_ACCOUNT_MAX = 10;
/** A school or library may sit behind one address. */
const FAILURES_PER_ADDRESS_MAX = 50;
/** Accounts and addresses remembered at a time; the least recently failed are forgotten. */
const REMEMBERED_MAX = 20_000;

type Failures = { count: number; startMs: number };

/** Counts failed sign-ins of the last quarter of an hour. */
export class AttemptLimiter {
  readonly #failures = new Map<string, Failures>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Counts an attempt as failed until it is known to have succeeded, so that many at once are
   * counted, too. Attempts on accounts that don't exist count the same.
   *
   * @throws {TooManyAttemptsError} saying when to come back.
   */
  begin(account: string, address: string): void {
    const counted: [string, number][] = [
      [`account ${account}`, FAILURES_PER_ACCOUNT_MAX],
      [`address ${networkOf(address)}`, FAILURES_PER_ADDRESS_MAX],
    ];
    const nowMs = this.#now().getTime();
    for (const [key, max] of counted) {
      const { count, startMs } = this.#recent(key, nowMs);
      if (count >= max) {
        const seconds = Math.ceil((startMs + WINDOW_MS - nowMs) / 1000);
        throw new TooManyAttemptsError(
          `Too many sign-ins failed; try again in ${seconds} seconds`,
          seconds * 1000,
        );
      }
    }
    for (const [key] of counted) {
      const { count, startMs } = this.#recent(key, nowMs);
      this.#remember(key, { count: count + 1, startMs });
    }
  }

  /** The attempt succeeded: forgets what the account failed before, and this one of the address. */
  succeed(account: string, address: string): void {
    this.#failures.delete(`account ${account}`);
    const key = `address ${networkOf(address)}`;
    const known = this.#failures.get(key);
    if (known !== undefined) {
      known.count = Math.max(0, known.count - 1);
    }
  }

  #recent(key: string, nowMs: number): Failures {
    const known = this.#failures.get(key);
    return known === undefined || known.startMs + WINDOW_MS <= nowMs
      ? { count: 0, startMs: nowMs }
      : known;
  }

  #remember(key: string, failures: Failures): void {
    // Deleted first, so that it becomes the youngest.
    this.#failures.delete(key);
    this.#failures.set(key, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > REMEMBERED_MAX && oldest !== undefined) {
      this.#failures.delete(oldest);
    }
  }
}
