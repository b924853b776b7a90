/**
 * The one door: what is done around every call, whatever its protocol (gRPC, gRPC-web, Connect,
 * REST, the fast paths) and its kind (unary, streams).
 *
 *     headers ─→ admit: authenticate → authorise → … ─→ body is read
 *     each message ─→ check: note the query → rules of the schema ─→ method
 *     while a stream goes on ─→ renew: may it still?
 *     what fails ─→ translate: noted for the log, said in words of the API
 *
 * A step that refuses throws a `ConnectError`; nothing of the body was read, nothing of the method has
 * run, and the caller is told in its own protocol. Steps are plain functions in the lists below; a
 * step for one service asks `call.method.parent`.
 */
import type { DescMessage, Message, MessageShape } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { ConnectError } from "@connectrpc/connect";
import type { AppContext } from "#server/context.ts";
import { authorise } from "./authorise.ts";
import type { Call } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import { isOurFault, toConnectError } from "./errors.ts";
import type { Health } from "./health.ts";
import { type PermissionTable, permissionOf, permissions } from "./permissions.ts";
import type { Authenticator, Principal, Renew } from "./principal.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { refuseWrites } from "./read-only.ts";
import { TrustedProxies } from "./trusted-proxies.ts";
import { validateRequest } from "./validation.ts";

/** A stream that reads may go on for so long with what was revoked. */
const RENEW_AFTER_MS = 1000;

/** Lets a call in or throws, before its body is read. `call.whenOver` gives back what it has taken. */
export type AdmissionStep = (call: Call) => void | Promise<void>;

/** Looks at a request message before its method does, or throws. */
export type MessageStep = (schema: DescMessage, message: Message, record: CallRecord) => void;

/** The steps in the order in which they are taken. */
export type CallSteps = {
  admission: readonly AdmissionStep[];
  message: readonly MessageStep[];
  /** Taken again while a stream goes on, which refuse who lost what it was let in with. */
  renewal?: readonly AdmissionStep[];
  /** Makes the error to answer with of whatever was thrown. */
  translate: (error: unknown) => ConnectError;
};

/**
 * The steps of this server.
 *
 * @param table - Permissions of their own are for servers of other services.
 * @param observers - Steps that see every call first, also those that are refused.
 */
export function callSteps(
  {
    config,
    accounts,
    health,
  }: Pick<AppContext, "config" | "health"> & {
    accounts: { authenticate: Authenticator; renew?: Renew };
  },
  table: PermissionTable = permissions,
  observers: readonly AdmissionStep[] = [],
): CallSteps {
  const proxies = new TrustedProxies(config.trustedProxies);
  const rates = new RateLimiter(config.callsPerMinute);
  return {
    admission: [
      ...observers,
      (call) => noteOutcome(call, health, table),
      (call) => proxies.note(call),
      ...(config.isReadOnly ? [(call: Call) => refuseWrites(call, table)] : []),
      (call) =>
        // Who asks for a fresh token may still send the one that has expired.
        permissionOf(table, call.method) === "public"
          ? undefined
          : authenticate(call, accounts, rates),
      (call) => rates.count(call),
      (call) => authorise(call, table),
      // The queue for the search is behind all of this, at the method (server/workers): nobody waits
      // in it who would be refused.
    ],
    message: messageSteps(config),
    renewal: [(call) => renew(call, accounts.renew), (call) => authorise(call, table)],
    translate: toConnectError,
  };
}

/** What every message goes through, wherever its method runs. */
export function messageSteps({
  logQueryChars,
}: Pick<AppContext["config"], "logQueryChars">): readonly MessageStep[] {
  return [(_schema, message, record) => noteQuery(message, record, logQueryChars), validateRequest];
}

export type CallPipeline = {
  /**
   * Takes a call through the steps that come before its body; once, however often it is asked. Undefined
   * if it is let in already: most steps wait for nothing.
   *
   * Rejects with the `ConnectError` to answer with if the call is refused.
   */
  admit(call: Call): Promise<void> | undefined;
  /**
   * Takes one message of a call through the steps that come before its method.
   *
   * @throws {ConnectError} what to answer if the message is refused.
   */
  check<T extends DescMessage>(schema: T, message: MessageShape<T>, record: CallRecord): void;
  /**
   * Looks again whether a caller may do what it does, between two messages of its stream: before each
   * that writes, and of those that read before the first after a second.
   *
   * @throws {ConnectError} what to end the stream with if it may not any more.
   */
  renew(call: Call): void | Promise<void>;
  /** The error to answer with; its cause is noted for the log. */
  translate(error: unknown, record: CallRecord): ConnectError;
};

/** The pipeline of these steps. */
export function createCallPipeline(steps: CallSteps): CallPipeline {
  /** Takes steps at once as far as they wait for nothing, the others when they can be. */
  function takeSteps(
    call: Call,
    taken: readonly AdmissionStep[],
    from = 0,
  ): Promise<void> | undefined {
    const refuse = (error: unknown): never => {
      throw translate(error, call.record);
    };
    try {
      for (let index = from; index < taken.length; index += 1) {
        const waiting = taken[index]?.(call);
        if (waiting !== undefined) {
          return waiting.then(() => takeSteps(call, taken, index + 1), refuse);
        }
      }
    } catch (error) {
      return Promise.reject(translate(error, call.record));
    }
    call.isAdmitted = true;
    call.renewedMs = performance.now();
    return undefined;
  }

  function translate(error: unknown, record: CallRecord): ConnectError {
    // The first cause: what follows from it on the way out tells less.
    record.error ??= error;
    return steps.translate(error);
  }

  return {
    admit(call) {
      if (!call.isAdmitted) {
        call.admission ??= takeSteps(call, steps.admission);
      }
      return call.admission;
    },
    check(schema, message, record) {
      for (const step of steps.message) {
        step(schema, message, record);
      }
    },
    renew(call) {
      const isRead = call.method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
      const isDue = !isRead || performance.now() - call.renewedMs >= RENEW_AFTER_MS;
      return isDue && steps.renewal !== undefined && call.principal.kind !== "anonymous"
        ? takeSteps(call, steps.renewal)
        : undefined;
    },
    translate,
  };
}

function renew(call: Call, renewed: Renew | undefined): void | Promise<void> {
  const principal = renewed?.(call.principal) ?? call.principal;
  if (principal instanceof Promise) {
    return principal.then((known) => noteCaller(call, known));
  }
  noteCaller(call, principal);
}

/**
 * Finds out who calls; who tries credentials that are none is counted as an address. Answers at once
 * where it can, since every call goes through here.
 */
function authenticate(
  call: Call,
  accounts: { authenticate: Authenticator },
  rates: RateLimiter,
): void | Promise<void> {
  const refuse = (error: unknown): never => {
    rates.count(call);
    throw error;
  };
  try {
    const principal = accounts.authenticate(call.headers, call.peer);
    if (principal instanceof Promise) {
      return principal.then((known) => noteCaller(call, known), refuse);
    }
    noteCaller(call, principal);
  } catch (error) {
    refuse(error);
  }
}

function noteCaller(call: Call, principal: Principal): void {
  call.principal = principal;
  if (principal.kind !== "anonymous") {
    call.record.caller = principal.subject;
  }
}

/** Lets the server know how its calls end; those who only ask how it is tell nothing about it. */
function noteOutcome(call: Call, health: Health, table: PermissionTable): void {
  if (permissionOf(table, call.method) !== "public") {
    call.whenOver(() => {
      const { error } = call.record;
      health.note(error !== undefined && isOurFault(toConnectError(error).code));
    });
  }
}

function noteQuery(message: Message, record: CallRecord, charCount: number): void {
  if (charCount === 0) {
    return;
  }
  // Every request is looked at, whether its message has such a field or not.
  const { query, searchQuery } = message as { query?: unknown; searchQuery?: unknown };
  const text = query ?? searchQuery;
  if (typeof text === "string") {
    record.query = text.length > charCount ? `${text.slice(0, charCount)}…` : text;
  }
}
