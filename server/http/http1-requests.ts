import type { IncomingMessage, ServerResponse } from "node:http";
import type { OpenRequest } from "./connection.ts";
import type { Connections } from "./connections.ts";
import { countFor } from "./counted-streams.ts";
import type { HttpHandler } from "./handler.ts";
import type { Turns } from "./turns.ts";

/** Requests sent without waiting for the answers; no honest client sends so many at once. */
const MAX_PIPELINED = 20;

type Exchange = { request: IncomingMessage; response: ServerResponse; open: OpenRequest };

export type Http1RequestsOptions = {
  handler: HttpHandler;
  connections: Connections;
  turns: Turns;
  /** Whether requests of this path are streams of messages. */
  isStream: (path: string) => boolean;
  onProblem: (problem: string) => void;
};

/**
 * Takes the requests of each HTTP/1.1 connection one after the other. Node itself would begin all
 * that were sent at once, also those whose client has left long before their answer is due.
 */
export class Http1Requests {
  readonly #options: Http1RequestsOptions;
  /** What waits behind the request that is being served. */
  readonly #waiting = new WeakMap<IncomingMessage["socket"], Exchange[]>();

  constructor(options: Http1RequestsOptions) {
    this.#options = options;
  }

  accept(request: IncomingMessage, response: ServerResponse): void {
    const { socket, headers } = request;
    const connection = this.#options.connections.of(socket);
    if (connection === undefined || socket.destroyed) {
      // Came in the same piece as what its connection was cut for.
      return;
    }
    const open = connection.begin({
      writable: response,
      hasBody:
        headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0,
      // Whose answer begins when the request is complete: it has the time of any other request.
      isStream: false,
      messages: this.#options.isStream(request.url ?? "")
        ? { readable: request, contentType: headers["content-type"] }
        : undefined,
      cut: () => socket.destroy(),
    });
    countFor(request, open);
    countFor(response, open);
    response.once("close", () => {
      connection.end(open);
      this.#next(socket);
    });
    const waiting = this.#waiting.get(socket);
    if (waiting === undefined) {
      this.#waiting.set(socket, []);
      this.#begin({ request, response, open });
    } else if (waiting.push({ request, response, open }) > MAX_PIPELINED) {
      this.#options.onProblem(`More than ${MAX_PIPELINED} pipelined requests: connection cut`);
      waiting.length = 0;
      socket.destroy();
    }
  }

  #next(socket: IncomingMessage["socket"]): void {
    const exchange = this.#waiting.get(socket)?.shift();
    if (exchange === undefined) {
      this.#waiting.delete(socket);
    } else {
      this.#begin(exchange);
    }
  }

  #begin({ request, response, open }: Exchange): void {
    const { connections, turns, handler } = this.#options;
    const connection = connections.of(request.socket);
    if (connection !== undefined) {
      turns.add(connection, () => {
        if (request.socket.destroyed) {
          return false;
        }
        open.hasBegun = true;
        handler(request, response);
        return true;
      });
    }
  }
}
