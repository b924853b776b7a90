import type { Server as Http1Server } from "node:http";
import { Server as NetServer } from "node:net";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Http2Sessions } from "./http2-sessions.ts";

/**
 * A connection on which nothing has happened for so long since the drain began, and since its last
 * answer, has no request on its way: also that of a client on a machine with too much to do.
 */
const QUIET_MS = 1000;
const TICK_MS = 100;
/** A client of HTTP/2 that does not say that it has heard of the end has this long. */
const UNHEARD_MS = 5000;

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
  const unheard = setTimeout(() => sessions.close(), Math.min(UNHEARD_MS, timeoutMs));
  // Responses say `connection: close` while draining; this is for connections without a request.
  const quiet = new QuietConnections(connections);
  const ticking = setInterval(() => quiet.destroy(), TICK_MS);
  await closed;
  clearTimeout(deadline);
  clearTimeout(unheard);
  clearInterval(ticking);
  // Stops the interval that watches over the timeouts of connections.
  http1.close();
  return cutCount;
}

/**
 * Ends connections of HTTP/1.1, and those that have not said what they are, once they are quiet. Node's
 * own `closeIdleConnections` would also end one that was answered a moment ago, before its client can
 * know that it should ask no more.
 */
class QuietConnections {
  readonly #connections: Connections;
  /** What was read from each, and since when it is no more than that. */
  readonly #read = new Map<Connection, { bytes: number; sinceMs: number }>();

  constructor(connections: Connections) {
    this.#connections = connections;
    this.destroy();
  }

  destroy(): void {
    const nowMs = performance.now();
    for (const connection of this.#connections) {
      const { socket, protocol, requests, lastActiveMs } = connection;
      const known = this.#read.get(connection);
      if (known?.bytes !== socket.bytesRead) {
        this.#read.set(connection, { bytes: socket.bytesRead, sinceMs: nowMs });
        continue;
      }
      const isQuiet = nowMs - Math.max(known.sinceMs, lastActiveMs) > QUIET_MS;
      if (isQuiet && requests.size === 0 && protocol !== "http2") {
        connection.destroy();
      }
    }
  }
}
