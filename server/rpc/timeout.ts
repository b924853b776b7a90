import type { IncomingHttpHeaders } from "node:http";
import type { ConnectError } from "@connectrpc/connect";
import { parseTimeout as parseConnectTimeout } from "@connectrpc/connect/protocol-connect";
import { parseTimeout as parseGrpcTimeout } from "@connectrpc/connect/protocol-grpc";

/** How long a caller waits; an error if it says so in a way that can't be understood. */
export type Timeout = {
  timeoutMs?: number | undefined;
  error?: ConnectError | undefined;
  isCapped?: boolean;
};

const none: Timeout = {};

/** The name of the header that carries the deadline of that protocol. */
export function timeoutHeader(protocol: string): "grpc-timeout" | "connect-timeout-ms" {
  return protocol.startsWith("grpc") ? "grpc-timeout" : "connect-timeout-ms";
}

/** The deadline of a request; one that is longer than we allow is shortened, not refused. */
export function timeoutOf(
  protocol: string,
  headers: IncomingHttpHeaders,
  maxTimeoutMs: number,
): Timeout {
  const name = timeoutHeader(protocol);
  const value = headers[name]?.toString();
  if (value === undefined) {
    return none;
  }
  const parse = name === "grpc-timeout" ? parseGrpcTimeout : parseConnectTimeout;
  const { timeoutMs, error } = parse(value, Number.MAX_SAFE_INTEGER);
  return timeoutMs !== undefined && timeoutMs > maxTimeoutMs
    ? { timeoutMs: maxTimeoutMs, isCapped: true }
    : { timeoutMs, error };
}
