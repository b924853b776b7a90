import type { ConnectError } from "@connectrpc/connect";

/** The same error, with a status of HTTP that says it better than that of its code. */
export function withHttpStatus(error: ConnectError, httpStatus: number): ConnectError {
  return Object.assign(error, { httpStatus });
}

/** The status that was set; undefined if none was. */
export function httpStatusOf(error: ConnectError): number | undefined {
  return "httpStatus" in error ? Number(error.httpStatus) : undefined;
}
