import type { Server as Http1Server } from "node:http";
import { Server as NetServer } from "node:net";
import type { Connections } from "./connections.ts";
import type { Http2Sessions } from "./http2-sessions.ts";

/**
 * A request that is on its way when the drain begins has this long to arrive: also from a client on a
 * machine with too much to do, which hears late that it should send no more.
 */
const GRACE_MS = 1000;

/** What is open on a port. */
export type OpenPort = {
  /** Listens; its connections are those of both versions. */
  http1: Http1Server;
  sessions: Http2Sessions;
  connections: Connections;
};

/**
 * Stops accepting connections, lets every request that has been accepted finish, then closes.
 *
 * @returns How many connections were still busy after `timeoutMs` and have been cut.
 */
export async function drain(
  { http1, sessions, connections }: OpenPort,
  timeoutMs: number,
): Promise<number> {
  let cutCount = 0;
  const deadline = setTimeout(() => {
    cutCount = connections.destroyAll();
  }, timeoutMs);
  // `http.Server.close()` would at once destroy idle connections, on which a request may be coming
  // in just now; so only the listening stops here.
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(http1, () => resolve());
  });
  sessions.announceShutdown();
  const grace = setTimeout(() => sessions.close(), Math.min(GRACE_MS, timeoutMs));
  // Responses say `connection: close` while draining; this is for connections without a request.
  const idle = setInterval(() => {
    http1.closeIdleConnections();
    destroyUndecided(connections);
  }, GRACE_MS);
  await closed;
  clearTimeout(deadline);
  clearTimeout(grace);
  clearInterval(idle);
  // Stops the interval that watches over the timeouts of connections.
  http1.close();
  return cutCount;
}

function destroyUndecided(connections: Connections): void {
  for (const connection of connections) {
    if (connection.protocol === "undecided") {
      connection.destroy();
    }
  }
}
