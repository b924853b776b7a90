import type { HandlerContext } from "@connectrpc/connect";

/** What the log line of one call needs to know; filled in while the call is served. */
export type CallRecord = {
  /** Ties the caller's report to the log line. */
  requestId: string;
  /** When it began, by `performance.now()`. */
  startMs: number;
  /** Who called, where it was proven: a principal's subject. */
  caller?: string;
  /** What was searched for, as far as the configuration lets the log show it. */
  query?: string | undefined;
  /** Why the call failed, with its cause. */
  error?: unknown;
  /** The protocol of RPC that it speaks, where Connect is not asked. */
  protocol?: string;
  /** The call as Connect sees it, from its headers on; its trailers have the gRPC status. */
  context?: HandlerContext;
};
