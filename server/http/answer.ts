import type { OutgoingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { COMPRESS_BYTES_MIN, COMPRESS_LEVEL } from "#server/fast-path/accept-encoding.ts";
import type { Call } from "#server/rpc/call.ts";
import type { HttpResponse } from "./handler.ts";
import { httpStatusOf } from "./rest/http-status-error.ts";

const compress = promisify(gzip);

/** Codes of HTTP errors, the same as those of RPC errors. */
export type ErrorCode =
  | "invalid_argument"
  | "not_found"
  | "unimplemented"
  | "unavailable"
  | "internal"
  | "unknown";

/** Answers with JSON, whose body ends with a line break, which terminals like; or with no body. */
export function answerJson(
  response: HttpResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, { ...jsonHeaders(bytes), ...headers });
  response.end(bytes);
}

function jsonHeaders(bytes: Buffer): OutgoingHttpHeaders {
  return {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
  };
}

/** Answers with JSON in gzip, if there is enough of it to be worth that. */
export async function answerCompressed(
  response: HttpResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(body ?? null)}\n`);
  if (body === undefined || bytes.length < COMPRESS_BYTES_MIN) {
    answerJson(response, status, body, headers);
    return;
  }
  const compressed = await compress(bytes, { level: COMPRESS_LEVEL });
  response.writeHead(status, {
    ...jsonHeaders(compressed),
    "content-encoding": "gzip",
    ...headers,
  });
  response.end(compressed);
}

/** Answers with an error, in the same form as an error of an RPC over JSON. */
export function answerError(
  response: HttpResponse,
  status: number,
  code: ErrorCode,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  answerJson(response, status, { code, message }, headers);
}

/** Answers with an error of an RPC, in the form that Connect gives it. */
export function answerConnectError(response: HttpResponse, error: ConnectError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerJson(
    response,
    httpStatusOf(error) ?? codeToHttpStatus(error.code),
    errorToJson(error, undefined),
    Object.fromEntries(error.metadata),
  );
}

/** Puts what the pipeline tells the caller into an answer that is not written yet. */
export function tellCaller(response: HttpResponse, { answerHeaders }: Call): void {
  for (const [name, value] of Object.entries(answerHeaders)) {
    response.setHeader(name, value);
  }
}
