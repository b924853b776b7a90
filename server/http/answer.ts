import type { OutgoingHttpHeaders } from "node:http";
import type { HttpResponse } from "./handler.ts";

/** Codes of HTTP errors, the same as those of RPC errors. */
export type ErrorCode =
  | "invalid_argument"
  | "not_found"
  | "unimplemented"
  | "unavailable"
  | "internal"
  | "unknown";

/** Answers with JSON; the body ends with a line break, which terminals like. */
export function answerJson(
  response: HttpResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(bytes);
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

/** True if an Accept-Encoding header lists the encoding without forbidding it. */
export function acceptsEncoding(
  acceptEncoding: string | string[] | undefined,
  encoding: "br" | "gzip",
): boolean {
  const accepted = String(acceptEncoding ?? "");
  return accepted.split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
  });
}
