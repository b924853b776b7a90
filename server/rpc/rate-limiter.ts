/**
 * How many calls a client may make in a minute: a window per client that opens with its first call.
 * What is left is told with every answer, in the fields of the IETF draft "RateLimit header fields for
 * HTTP" (draft-ietf-httpapi-ratelimit-headers), whatever the protocol.
 */
import type { Call } from "./call.ts";
import { retryLater } from "./errors.ts";

/** Half a dozen readers who type without a pause make 2,000 calls a minute from one address. */
const CALLS_PER_MINUTE = 6000;
/** What runs on this machine is the operator's: benches, scripts, a proxy that was not made known. */
const LOCAL_FACTOR = 1000;

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;
/** Beyond so many clients in a minute, who was not seen lately is forgotten, and so forgiven. */
const CLIENTS_MAX = 100_000;

type Window = { startMs: number; callCount: number };

/** How much a kind of client may call, and how it is told so; made once, since every call needs it. */
type Policy = { quota: number; header: string; fieldStart: string };

function policy(name: string, quota: number): Policy {
  return {
    quota,
    header: `"${name}";q=${quota};w=${WINDOW_SECONDS}`,
    fieldStart: `"${name}";r=`,
  };
}

/** Counts calls by client. */
export class RateLimiter {
  readonly #isOff: boolean;
  readonly #ofAddress: Policy;
  readonly #ofCaller: Policy;
  readonly #local: Policy | undefined;
  /** Windows that were opened since the last turn of the generations, and in the one before. */
  #recent = new Map<string, Window>();
  #older = new Map<string, Window>();
  #turnedMs = 0;

  /** @param callsPerMinute - 0 counts nothing; undefined is what suits most. */
  constructor(callsPerMinute: number | undefined) {
    const quota = callsPerMinute ?? CALLS_PER_MINUTE;
    this.#isOff = callsPerMinute === 0;
    this.#ofAddress = policy("address", quota);
    this.#ofCaller = policy("caller", quota);
    this.#local = callsPerMinute === undefined ? policy("local", quota * LOCAL_FACTOR) : undefined;
  }

  /**
   * Counts a call of this client, and tells its caller what is left.
   *
   * @throws {ConnectError} RATE_EXCEEDED, saying when to come back.
   */
  count(call: Call): void {
    // Load balancers ask how the server is before they know anybody.
    if (this.#isOff || call.method.parent.typeName.startsWith("grpc.")) {
      return;
    }
    const { quota, header, fieldStart } = this.#policyOf(call);
    const nowMs = call.record.startMs;
    const window = this.#windowOf(call.client, nowMs);
    window.callCount += 1;
    const left = Math.max(0, quota - window.callCount);
    const resetMs = Math.ceil(WINDOW_MS - (nowMs - window.startMs));
    call.answerHeaders = {
      ...call.answerHeaders,
      "ratelimit-policy": header,
      ratelimit: `${fieldStart}${left};t=${Math.ceil(resetMs / 1000)}`,
    };
    if (window.callCount > quota) {
      throw retryLater("RATE_EXCEEDED", explain(call, quota, resetMs), resetMs);
    }
  }

  #policyOf({ principal, clientAddress }: Call): Policy {
    if (this.#local !== undefined && isLocal(clientAddress)) {
      return this.#local;
    }
    return principal.subject === "" ? this.#ofAddress : this.#ofCaller;
  }

  #windowOf(client: string, nowMs: number): Window {
    if (nowMs - this.#turnedMs >= WINDOW_MS || this.#recent.size >= CLIENTS_MAX) {
      // Each window that is dropped here has been over for at least a turn.
      this.#older = nowMs - this.#turnedMs >= 2 * WINDOW_MS ? new Map() : this.#recent;
      this.#recent = new Map();
      this.#turnedMs = nowMs;
    }
    const known = this.#recent.get(client) ?? this.#older.get(client);
    if (known !== undefined && nowMs - known.startMs < WINDOW_MS) {
      return known;
    }
    const window = { startMs: nowMs, callCount: 0 };
    this.#recent.set(client, window);
    return window;
  }
}

function explain({ principal }: Call, quota: number, resetMs: number): string {
  const whose = principal.subject === "" ? "from your address" : `by ${principal.subject}`;
  const seconds = Math.ceil(resetMs / 1000);
  return `More than ${quota} calls a minute ${whose}; try again in ${seconds} seconds, and ask less often`;
}

/** True for programs on this machine, and for calls that come through no port. */
function isLocal(address: string): boolean {
  return (
    address === "" ||
    address === "::1" ||
    address.startsWith("127.") ||
    address.startsWith("::ffff:127.")
  );
}
