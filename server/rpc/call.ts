import type { IncomingHttpHeaders } from "node:http";
import type { DescMethod } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextKey,
  createContextKey,
  type HandlerContext,
} from "@connectrpc/connect";
import { networkOf } from "#server/accounts/network-of.ts";
import type { CallOptions } from "#server/catalog/catalog.ts";
import type { CallRecord } from "./call-record.ts";
import { apiError } from "./errors.ts";
import { anonymousReader, type Peer, type Principal } from "./principal.ts";
import { type Timeout, timeoutOf } from "./timeout.ts";

export type CallStart = {
  /** What is called; for REST the method that the route stands for. */
  method: DescMethod;
  protocol: "grpc" | "grpc-web" | "connect" | "rest";
  /** Of the request; names are in lower case. */
  headers: IncomingHttpHeaders;
  /** Reads the other end of the connection; most calls never ask. */
  peer: () => Peer;
  record: CallRecord;
  /** Longer deadlines of callers are shortened to this. */
  maxTimeoutMs: number;
};

/** One call from its headers on, before anything of its body is read, whatever its protocol. */
export class Call {
  readonly method: DescMethod;
  readonly protocol: CallStart["protocol"];
  readonly headers: IncomingHttpHeaders;
  readonly record: CallRecord;
  /** How long the caller waits, from the beginning of the call. */
  readonly timeout: Timeout;
  /** Who calls; nobody in particular until the call is authenticated. */
  principal: Principal = anonymousReader;
  /** Whether the call was let in; the pipeline asks its steps once. */
  admission: Promise<void> | undefined;
  isAdmitted = false;
  /** When it was last made sure that the caller may do this, by the clock of `performance`. */
  renewedMs = 0;
  /** What to answer although it was let in: the request can't be read. */
  refusal: ConnectError | undefined;
  /** A request message was read. */
  hasMessage = false;
  /** Paths of fields in its messages that the schema does not have. */
  readonly unknownFields: string[] = [];
  /** What steps of the pipeline tell the caller beside the answer, whether it is one or an error. */
  answerHeaders: Readonly<Record<string, string>> = {};
  readonly #peer: () => Peer;
  #controller: AbortController | undefined;
  #endListeners: (() => void)[] | undefined;
  #isOver = false;
  #clientAddress: string | undefined;

  constructor(options: CallStart) {
    this.method = options.method;
    this.protocol = options.protocol;
    this.headers = options.headers;
    this.record = options.record;
    this.timeout = timeoutOf(options.protocol, options.headers, options.maxTimeoutMs);
    this.#peer = options.peer;
  }

  get peer(): Peer {
    return this.#peer();
  }

  /** Where the caller is: the peer, unless that is a trusted proxy that says for whom it asks. */
  get clientAddress(): string {
    this.#clientAddress ??= this.peer.address;
    return this.#clientAddress;
  }

  set clientAddress(address: string) {
    this.#clientAddress = address;
  }

  /** Who is counted together: one caller who is known, or all of one address. */
  get client(): string {
    const { subject } = this.principal;
    return subject === "" ? networkOf(this.clientAddress) : subject;
  }

  /** How much time the caller leaves, in milliseconds; undefined if it does not say. */
  remainingMs(): number | undefined {
    const { timeoutMs } = this.timeout;
    return timeoutMs === undefined
      ? undefined
      : this.record.startMs + timeoutMs - performance.now();
  }

  /** @throws {ConnectError} DEADLINE_EXCEEDED if nobody waits for the answer any more. */
  throwIfLate(): void {
    const remainingMs = this.remainingMs();
    if (remainingMs !== undefined && remainingMs <= 0) {
      throw timedOut();
    }
  }

  /** Aborted when the caller leaves, when its deadline has passed, and when the call is over. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isOver) {
        this.#controller.abort(isOver);
      }
    }
    return this.#controller.signal;
  }

  /** Tells whoever listens to the signal that nobody waits for an answer any more. */
  abort(reason: unknown): void {
    this.#controller?.abort(reason);
  }

  /** Calls back when the call is over, however it ends: here a step gives back what it has taken. */
  whenOver(listener: () => void): void {
    if (this.#isOver) {
      listener();
      return;
    }
    this.#endListeners ??= [];
    this.#endListeners.push(listener);
  }

  /** Says that the call is over: it was answered, or its caller has left. */
  end(): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.abort(isOver);
    for (const listener of this.#endListeners ?? []) {
      listener();
    }
  }
}

/** For a caller whose deadline has passed. */
export function timedOut(): ConnectError {
  return apiError("DEADLINE_EXCEEDED", "the operation timed out");
}

/** Made once: making an error costs more than a small call may. */
export const isOver: ConnectError = new ConnectError("the call is over", Code.Canceled);

/** Where a method finds its call among the context values. */
export const callKey: ContextKey<Call | undefined> = createContextKey<Call | undefined>(undefined, {
  description: "the call as the pipeline sees it",
});

/** Until when the caller of the method that has this context waits, for the catalogue. */
export function callOptions(context: Pick<HandlerContext, "signal" | "timeoutMs">): CallOptions {
  return new CallerPatience(context);
}

/**
 * The signal is made only if somebody listens to it. A class, since a literal object with a getter has
 * a form of its own each time, which the engine keeps, and with it the whole call, until it clears
 * away what is old: a third of a small call's processor time.
 */
class CallerPatience implements CallOptions {
  readonly deadlineMs: number | undefined;
  readonly #context: Pick<HandlerContext, "signal">;

  constructor(context: Pick<HandlerContext, "signal" | "timeoutMs">) {
    const timeoutMs = context.timeoutMs();
    this.deadlineMs = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
    this.#context = context;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }
}

/** Who calls the method that has this context. */
export function principalOf(context: Pick<HandlerContext, "values">): Principal {
  return context.values.get(callKey)?.principal ?? anonymousReader;
}

/** Where the caller of the method that has this context is; tests without a port have no address. */
export function addressOf(context: Pick<HandlerContext, "values">): string {
  return context.values.get(callKey)?.clientAddress ?? "";
}

/** Who is counted together with the caller of the method that has this context. */
export function clientOf(context: Pick<HandlerContext, "values">): string {
  return context.values.get(callKey)?.client ?? "";
}
