/** Conditions of HTTP on writes: RFC 9110, 13.1.1, and RFC 6585, 3. */
import type { IncomingHttpHeaders } from "node:http";
import { Code, type ConnectError } from "@connectrpc/connect";
import { apiError } from "#server/rpc/errors.ts";
import { withHttpStatus } from "./http-status-error.ts";

/**
 * The etags that a write is bound to, from If-Match, with commas between them; empty for `*`, which
 * binds it to nothing but that there is something.
 *
 * @throws {ConnectError} with the status 428 where a write is bound to nothing.
 */
export function etagToMatch(headers: IncomingHttpHeaders): string {
  const text = headers["if-match"]?.trim() ?? "";
  if (text === "") {
    const message =
      'Send the ETag that you read as If-Match, so that nobody\'s change is overwritten, or "If-Match: *" to write in any case';
    throw withHttpStatus(apiError("CONDITION_MISSING", message), 428);
  }
  if (text === "*") {
    return "";
  }
  // A weak tag never matches (RFC 9110, 13.1.1), and what has another form is none of ours.
  const etags = text.split(",").flatMap((tag) => /^"([\w-]{1,100})"$/.exec(tag.trim())?.[1] ?? []);
  return etags.join(",") || "none";
}

/** The error of a write whose etag was not the present one: 412 is what HTTP calls it. */
export function toPreconditionFailed(error: ConnectError): ConnectError {
  return error.code === Code.Aborted ? withHttpStatus(error, 412) : error;
}

/** An etag of ours as the header has it. */
export function etagHeader(etag: unknown): string {
  return `"${String(etag)}"`;
}
