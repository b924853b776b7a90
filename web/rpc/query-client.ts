import { Code, ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";

/** The catalogue changes with imports and edits, so minutes-old answers are still right. */
const staleMs = 5 * 60_000;
/** Going back through an evening's searches shows each list at once. */
const keptMs = 30 * 60_000;
/** One more try for what may be a restart or a dropped connection; other errors repeat. */
const retriesMax = 1;
const retryDelayMs = 400;

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
        refetchOnWindowFocus: false,
        // The server may well be this machine: being offline is for the request to find out.
        networkMode: "always",
        refetchOnReconnect: true,
      },
    },
  });
}
