import { Code, ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";
import { canRetry } from "./error-message.ts";

/** The catalogue changes with imports and edits, so minutes-old answers are still right. */
const staleMs = 5 * 60_000;
/** Going back through an evening's searches shows each list at once. */
const keptMs = 30 * 60_000;
/** One more try for what may be a restart or a dropped connection; other errors repeat. */
const retriesMax = 1;
const retryDelayMs = 400;
/** After a failure the server is asked again by itself: at first soon, then ever less often. */
const recoveryMs = { first: 1000, longest: 5000 } as const;

/**
 * When to ask again after a failure, for `refetchInterval`; false if that would fail again, or nothing
 * has failed.
 */
export function recoveryDelayMs({ status, error, errorUpdateCount }: FailedState): number | false {
  if (status !== "error" || !canRetry(error)) {
    return false;
  }
  return Math.min(recoveryMs.first * 2 ** (errorUpdateCount - 1), recoveryMs.longest);
}

type FailedState = { status: string; error: unknown; errorUpdateCount: number };

/** Creates the cache of everything the server answered. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        gcTime: keptMs,
        retry: (failures, error) =>
          failures < retriesMax && ConnectError.from(error).code === Code.Unavailable,
        retryDelay: retryDelayMs,
        refetchInterval: ({ state }) => recoveryDelayMs(state),
        refetchOnWindowFocus: false,
        // The server may well be this machine: being offline is for the request to find out.
        networkMode: "always",
        refetchOnReconnect: true,
      },
    },
  });
}
