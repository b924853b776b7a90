import type { Logger } from "pino";
import { beginRecord, writeLine } from "#server/rpc/call-log.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";

/** Gives the request an id, tells the caller, and writes one log line when it is over. */
export function logRequest(
  request: HttpRequest,
  response: HttpResponse,
  path: string,
  log: Logger,
): CallRecord {
  const record = beginRecord(request.headers);
  response.setHeader("x-request-id", record.requestId);
  response.once("close", () => {
    writeLine(log, record, {
      method: request.method,
      path,
      protocol: record.context?.protocolName ?? record.protocol ?? "http",
      http: request.httpVersion,
      status: response.statusCode,
      grpcStatus: Number(record.context?.responseTrailer.get("grpc-status") ?? 0),
      // The stream of an HTTP/2 response may have been written to directly.
      isComplete: "stream" in response ? response.stream.writableEnded : response.writableFinished,
    });
  });
  return record;
}
