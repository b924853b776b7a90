import { type OutgoingHttpHeaders, STATUS_CODES } from "node:http";
import type { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { BadRequestSchema, ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { answerJson, type ErrorCode } from "../answer.ts";
import type { HttpResponse } from "../handler.ts";
import { httpStatusOf } from "./http-status-error.ts";

/**
 * An error as problem details (RFC 9457), with what an error of an RPC over JSON has as well: a client
 * that knows either form can read it.
 */
export function problemDetails(error: ConnectError, status: number): Record<string, unknown> {
  const [info] = error.findDetails(ErrorInfoSchema);
  const [badRequest] = error.findDetails(BadRequestSchema);
  // What Connect writes is an object with these fields.
  const { code, message, details } = errorToJson(error, undefined) as Record<string, unknown>;
  return {
    type: info === undefined ? "about:blank" : `/docs#${info.reason}`,
    title: String(code).replaceAll("_", " "),
    status,
    detail: message,
    ...(info === undefined ? {} : { reason: info.reason }),
    ...(badRequest === undefined
      ? {}
      : {
          errors: badRequest.fieldViolations.map(({ field, description }) => ({
            field,
            detail: description,
          })),
        }),
    code,
    message,
    ...(details === undefined ? {} : { details }),
  };
}

/** Answers with a status that needs no more than a sentence as problem details. */
export function answerStatusProblem(
  response: HttpResponse,
  status: number,
  code: ErrorCode,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const title = STATUS_CODES[status] ?? "";
  const body = { type: "about:blank", title, status, detail: message, code, message };
  answerJson(response, status, body, { ...headers, "content-type": problemType });
}

const problemType = "application/problem+json; charset=utf-8";

/** Answers with an error of an RPC as problem details. */
export function answerProblem(
  response: HttpResponse,
  error: ConnectError,
  status: number = httpStatusOf(error) ?? codeToHttpStatus(error.code),
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerJson(response, status, problemDetails(error, status), {
    ...Object.fromEntries(error.metadata),
    "content-type": problemType,
  });
}
