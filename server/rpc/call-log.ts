import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
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

/** Writes the line of a request that is over. */
export function writeLine(log: Logger, record: CallRecord, outcome: Outcome): void {
  const { isComplete, grpcStatus, ...known } = outcome;
  const { requestId, caller, query, startMs, error } = record;
  const ms = Math.round((performance.now() - startMs) * 100) / 100;
  const line = {
    requestId,
    ...known,
    ...(caller === undefined ? {} : { caller }),
    ...(query === undefined ? {} : { query }),
    ms,
  };
  if (error !== undefined) {
    const { code, rawMessage } = toConnectError(error);
    if (isOurFault(code)) {
      log.error({ ...line, code: codeToString(code), err: error }, "Our fault");
    } else {
      log.warn({ ...line, code: codeToString(code) }, rawMessage);
    }
  } else if (!isComplete) {
    log.info(line, "The caller left before the answer was complete");
  } else if (grpcStatus !== 0) {
    // The call failed before it reached its method.
    log.warn({ ...line, code: codeToString(grpcStatus) }, "Unreadable call");
  } else if (outcome.status >= 400) {
    log[outcome.status >= 500 ? "error" : "warn"](line, "Refused");
  } else {
    log[outcome.protocol === "http" ? "debug" : "info"](line, "Done");
  }
}
