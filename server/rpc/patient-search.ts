import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";

/** What a stream asks of a catalogue. */
export type Searcher = Pick<Catalog, "search" | "match">;

/** A server that is busy for as long as this has no time for lists. */
const ATTEMPTS_MAX = 60;
const WAIT_MS = 1000;

/**
 * Searches for streams: where there is no room now, it waits and asks again instead of ending a list
 * of thousands of rows at its hundredth. Readers, who wait for one answer, come first that way.
 *
 * @param waitMs - How long it waits each time.
 */
export function patientSearcher(catalog: Searcher, waitMs: number = WAIT_MS): Searcher {
  return {
    search: (request, call) => patiently(() => catalog.search(request, call), call, waitMs),
    match: (row, call) => patiently(() => catalog.match(row, call), call, waitMs),
  };
}

async function patiently<T>(
  ask: () => Promise<T>,
  call: CallOptions | undefined,
  waitMs: number,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const isBusy = error instanceof ConnectError && error.code === Code.Unavailable;
      if (!isBusy || attempt === ATTEMPTS_MAX) {
        throw error;
      }
    }
    await sleep(waitMs, undefined, call?.signal === undefined ? {} : { signal: call.signal });
  }
}
