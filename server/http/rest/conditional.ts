/** Conditions of HTTP: RFC 9110, 13.1 and 13.2, and RFC 6585, 3. */
import type { IncomingHttpHeaders } from "node:http";
import { Code, type ConnectError } from "@connectrpc/connect";
import { apiError } from "#server/rpc/errors.ts";
import { matches } from "../cache.ts";
import { withHttpStatus } from "./http-status-error.ts";
import type { RestRequest } from "./rest-route.ts";

/** Etags of ours are longer. */
const NO_ETAG = "none";

/**
 * Whether an answer to a GET is what its caller has already, by the answer's tag.
 *
 * @throws {ConnectError} with the status 412 where the caller wants it only with another tag.
 */
export function isUnchanged(headers: IncomingHttpHeaders, etag: string): boolean {
  const wanted = headers["if-match"]?.trim() ?? "*";
  // Weak tags never match here.
  if (wanted !== "*" && !wanted.split(",").some((tag) => tag.trim() === etag && tag[0] !== "W")) {
    const message = `If-Match asks for ${wanted.slice(0, 100)}, and here is ${etag}: read it without If-Match`;
    throw withHttpStatus(apiError("ETAG_STALE", message), 412);
  }
  return matches(headers["if-none-match"], etag);
}

/**
 * The etags that a write is bound to, from If-Match, with commas between them; empty for `*`, which
 * binds it to nothing but that there is something. If-None-Match takes those away that it lists; with
 * `*` it lets nothing through that is there.
 *
 * @throws {ConnectError} with the status 428 where a write is bound to nothing.
 */
export function etagToMatch(headers: IncomingHttpHeaders): string {
  if (headers["if-none-match"]?.trim() === "*") {
    return NO_ETAG;
  }
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
  const left = etags.filter((etag) => !matches(headers["if-none-match"], etagHeader(etag)));
  return left.join(",") || NO_ETAG;
}

/** The error of a write whose etag was not the present one: 412 is what HTTP calls it. */
export function toPreconditionFailed(
  error: ConnectError,
  { headers }: Pick<RestRequest, "headers">,
): ConnectError {
  if (error.code !== Code.Aborted) {
    return error;
  }
  const said =
    headers["if-none-match"] === undefined
      ? error
      : apiError("ETAG_STALE", "It is there, with a tag that If-None-Match says it must not have");
  return withHttpStatus(said, 412);
}

/** An etag of ours as the header has it. */
export function etagHeader(etag: unknown): string {
  return `"${String(etag)}"`;
}
