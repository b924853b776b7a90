import { cors as connectCors } from "@connectrpc/connect";
import type { HttpRequest, HttpResponse } from "./handler.ts";

/** How long a browser may remember what it was allowed; browsers keep it for two hours at most. */
const MAX_AGE_SECONDS = 7200;

// The star stands for callers' own metadata; it does not cover authorization, which must be named.
const allowedHeaders = [...connectCors.allowedHeaders, "Authorization", "*"].join(", ");
const exposedHeaders = [
  ...connectCors.exposedHeaders,
  "X-Request-Id",
  "ETag",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "*",
].join(", ");

/**
 * Lets pages of other origins call the API.
 *
 * All origins may by default: whoever calls brings their own authorization or none, since the API
 * knows no cookies, so a page gains nothing from a visitor's browser that it can't get by itself.
 *
 * @param allow - The methods that the path takes.
 * @returns True if the request was a preflight, which is then answered.
 */
export function applyCors(
  request: HttpRequest,
  response: HttpResponse,
  origins: readonly string[],
  allow: string,
): boolean {
  const { origin } = request.headers;
  const isOpen = origins.includes("*");
  if (isOpen) {
    response.setHeader("access-control-allow-origin", "*");
  } else if (origins.length > 0) {
    response.setHeader("vary", "origin");
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader("access-control-allow-origin", origin);
    }
  }
  if (origin !== undefined) {
    response.setHeader("access-control-expose-headers", exposedHeaders);
  }
  const isPreflight =
    request.method === "OPTIONS" && "access-control-request-method" in request.headers;
  if (isPreflight) {
    response.setHeader("access-control-allow-methods", allow);
    response.setHeader("access-control-allow-headers", allowedHeaders);
    response.setHeader("access-control-max-age", String(MAX_AGE_SECONDS));
    response.writeHead(204);
    response.end();
  }
  return isPreflight;
}
