/**
 * One cleartext port for HTTP/1.1 and HTTP/2 with prior knowledge.
 *
 *     socket ── first bytes ──┬─ "PRI * HTTP/2.0…" ─→ http2 server ─┐
 *                             └─ anything else ────→ http server ──┴─→ handler(request, response)
 *
 * The `http.Server` itself listens and only its connection listener is put behind the peek, so that
 * it keeps tracking its connections: header and request timeouts and the closing of idle ones work.
 * TLS on the same port would be one more branch of the peek (first byte 0x16).
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttp1Server, type Server as Http1Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { answerClientError } from "./client-error.ts";
import { drain } from "./drain.ts";
import type { HttpHandler, StreamHandler } from "./handler.ts";
import { Http2Sessions } from "./http2-sessions.ts";
import { peekProtocol } from "./peek-protocol.ts";

/** What the port allows; see .env.example for the reasons of the defaults. */
export type ListenLimits = {
  maxConnections: number;
  /** Of one HTTP/2 connection. */
  maxStreams: number;
  /** Of the request line and headers together. */
  maxHeaderBytes: number;
  /** Bodies announced with `expect: 100-continue` beyond this are refused before they are sent. */
  maxBodyBytes: number;
  /** From the opening of a connection until its first request's headers are complete. */
  headersTimeoutMs: number;
  /** Until an HTTP/1.1 request is complete, body included. */
  requestTimeoutMs: number;
  /** How long a connection may stay open without a request. */
  idleTimeoutMs: number;
};

export type ListenOptions = {
  handler: HttpHandler;
  /** Is asked first about requests of HTTP/2. */
  streamHandler?: StreamHandler | undefined;
  limits: ListenLimits;
  port: number;
  /** All addresses of the machine if empty. */
  host: string;
  /** Hears of what goes wrong outside any request. */
  onProblem: (problem: string, error?: unknown) => void;
};

/** The open port. */
export type Listener = {
  port: number;
  /**
   * Stops accepting connections, lets every request that has been accepted finish, then closes.
   * Connections that are still busy after `timeoutMs` are cut; resolves to how many.
   */
  drain(timeoutMs: number): Promise<number>;
};

/**
 * Opens the port.
 *
 * @throws The system's error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …) if it can't be opened.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { handler, limits, onProblem } = options;
  const http1 = createHttp1(handler, limits, onProblem);
  const http2 = createHttp2(limits);
  const { streamHandler } = options;
  const { idleTimeoutMs } = limits;
  const sessions = new Http2Sessions(http2, { idleTimeoutMs, handler, streamHandler });
  http2.on("sessionError", (error) => onProblem("HTTP/2 connection failed", error));

  const [toHttp1] = http1.listeners("connection");
  http1.removeAllListeners("connection");
  /** Sockets whose protocol is not known yet; no server tracks them. */
  const undecided = new Set<Socket>();
  http1.on("connection", (socket: Socket) => {
    undecided.add(socket);
    peekProtocol(socket, limits.headersTimeoutMs, (protocol) => {
      undecided.delete(socket);
      if (protocol === "http2") {
        sessions.accept(socket);
      } else if (protocol === "http1") {
        toHttp1?.call(http1, socket);
      }
    });
  });
  http1.maxConnections = limits.maxConnections;
  http1.on("drop", () => onProblem(`More than ${limits.maxConnections} connections: one refused`));

  await new Promise<void>((resolve, reject) => {
    http1.once("error", reject);
    http1.listen({ port: options.port, host: options.host || undefined }, () => {
      http1.off("error", reject);
      resolve();
    });
  });
  http1.on("error", (error) => onProblem("The port failed", error));
  // `address()` is only null or a string for servers that don't listen or listen on a pipe.
  const { port } = http1.address() as AddressInfo;
  return { port, drain: (timeoutMs) => drain({ http1, sessions, undecided }, timeoutMs) };
}

function createHttp1(
  handler: HttpHandler,
  limits: ListenLimits,
  onProblem: ListenOptions["onProblem"],
): Http1Server {
  const server = createHttp1Server(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.idleTimeoutMs,
      // How often the three timeouts above are looked at.
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
    },
    handler,
  );
  server.on("clientError", (error, socket) => {
    onProblem("Not an HTTP/1.1 request", error);
    answerClientError(error, socket);
  });
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!(Number(request.headers["content-length"]) > limits.maxBodyBytes)) {
      response.writeContinue();
    }
    handler(request, response);
  });
  return server;
}

function createHttp2(limits: ListenLimits): Http2Server {
  return createHttp2Server({
    settings: {
      maxConcurrentStreams: limits.maxStreams,
      maxHeaderListSize: limits.maxHeaderBytes,
      // Larger than the default of 64 KiB, so that a message of 1 MiB isn't held up by round trips.
      initialWindowSize: 1 << 20,
      enablePush: false,
    },
    // A client that opens and resets streams without end ("rapid reset") is cut off.
    streamResetBurst: 1000,
    streamResetRate: 33,
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 100,
    unknownProtocolTimeout: limits.headersTimeoutMs,
  });
}
