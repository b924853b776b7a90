import { randomUUID } from "node:crypto";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import type { Logger } from "pino";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { isOurFault, toConnectError } from "#server/rpc/errors.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";

/** Ids of callers are kept if they look like ids; anything else could forge log lines. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** Gives the request an id, tells the caller, and writes one log line when it is over. */
export function logRequest(
  request: HttpRequest,
  response: HttpResponse,
  path: string,
  log: Logger,
): CallRecord {
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  const record: CallRecord = { requestId };
  response.setHeader("x-request-id", requestId);
  const startMs = performance.now();
  response.once("close", () => {
    const { level, ...line } = lineOf(request, response, record);
    log[level]({ ...line, path, ms: Math.round((performance.now() - startMs) * 100) / 100 });
  });
  return record;
}

type Line = { level: "debug" | "info" | "warn" | "error" } & Record<string, unknown>;

function lineOf(request: HttpRequest, response: HttpResponse, record: CallRecord): Line {
  const { statusCode } = response;
  const { context, error, query } = record;
  const line = {
    requestId: record.requestId,
    method: request.method,
    protocol: context?.protocolName ?? "http",
    http: request.httpVersion,
    status: statusCode,
    ...(query === undefined ? {} : { query }),
  };
  if (error !== undefined) {
    const { code, rawMessage } = toConnectError(error);
    return isOurFault(code)
      ? { ...line, level: "error", code: codeToString(code), err: error, msg: "Our fault" }
      : { ...line, level: "warn", code: codeToString(code), msg: rawMessage };
  }
  if (!response.writableFinished) {
    return { ...line, level: "info", msg: "The caller left before the answer was complete" };
  }
  const grpcStatus = Number(context?.responseTrailer.get("grpc-status") ?? 0);
  if (grpcStatus !== 0) {
    // The call failed before it reached its method: it could not be read.
    return { ...line, level: "warn", code: codeToString(grpcStatus), msg: "Unreadable call" };
  }
  if (statusCode >= 400) {
    return { ...line, level: statusCode >= 500 ? "error" : "warn", msg: "Refused" };
  }
  return { ...line, level: context === undefined ? "debug" : "info", msg: "Done" };
}
