import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Code } from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import type { Logger } from "pino";
import type { CallRecord } from "./call-record.ts";
import { isOurFault, toConnectError } from "./errors.ts";

/** Ids of callers are kept if they look like ids; anything else could forge log lines. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** Begins the record of a request: with its caller's id, or with a new one. */
export function beginRecord(headers: IncomingHttpHeaders): CallRecord {
  const given = headers["x-request-id"];
  return {
    requestId: typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID(),
    startMs: performance.now(),
  };
}

/** What a line says of a request, besides what its record knows. */
export type Outcome = {
  method: string | undefined;
  path: string;
  protocol: string;
  http: string;
  status: number;
  /** 0 if the call succeeded or is not gRPC. */
  grpcStatus: number;
  /** False if the caller left before the answer was out. */
  isComplete: boolean;
};

type Verdict = {
  level: "debug" | "info" | "warn" | "error";
  message: string;
  /** Of the error, if there is one. */
  code?: Code;
  /** Whose trace helps us. */
  fault?: unknown;
};

/** Writes the line of a request that is over. */
export function writeLine(log: Logger, record: CallRecord, outcome: Outcome): void {
  const { level, message, code, fault } = verdictOf(record, outcome);
  if (!log.isLevelEnabled(level)) {
    // Under overload most calls are refused, and nothing is to be made for them that nobody reads.
    return;
  }
  const { isComplete, grpcStatus, ...known } = outcome;
  const { requestId, caller, query, startMs } = record;
  const line = {
    requestId,
    ...known,
    ...(caller === undefined ? {} : { caller }),
    ...(query === undefined ? {} : { query }),
    ms: Math.round((performance.now() - startMs) * 100) / 100,
    ...(code === undefined ? {} : { code: codeToString(code) }),
    ...(fault === undefined ? {} : { err: fault }),
  };
  log[level](line, message);
}

function verdictOf({ error }: CallRecord, outcome: Outcome): Verdict {
  const { isComplete, grpcStatus, status, protocol } = outcome;
  if (error !== undefined) {
    const { code, rawMessage } = toConnectError(error);
    return isOurFault(code)
      ? { level: "error", message: "Our fault", code, fault: error }
      : { level: "warn", message: rawMessage, code };
  }
  if (!isComplete) {
    return { level: "info", message: "The caller left before the answer was complete" };
  }
  if (grpcStatus !== 0) {
    // The call failed before it reached its method.
    return { level: "warn", message: "Unreadable call", code: grpcStatus };
  }
  if (status >= 400) {
    return { level: status >= 500 ? "error" : "warn", message: "Refused" };
  }
  return { level: protocol === "http" ? "debug" : "info", message: "Done" };
}
