/**
 * One port for HTTP/1.1 and HTTP/2, in clear or, if there is a certificate, over TLS.
 *
 *     socket ── first bytes ──┬─ TLS handshake ── ALPN ──┬─ "h2" ─→ http2 server ─┐
 *                             ├─ "PRI * HTTP/2.0…" ──────┘    ┌───────────────────┴─→ a turn of its own
 *                             └─ anything else ─────→ http server                      └─→ handler
 *
 * The `http.Server` itself listens and only its connection listener is put behind the peek, so that
 * it keeps tracking its connections: header and request timeouts and the closing of idle ones work.
 * All else that a client can hold on to is limited in `connections.ts`, the same on both versions.
 */
import { createServer as createHttp1Server, type Server as Http1Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { answerClientError, cleartextGoaway, refuseCleartext } from "./client-error.ts";
import type { Connection } from "./connection.ts";
import { Connections, type ConnectionsLimits } from "./connections.ts";
import { CountedRequest, CountedResponse } from "./counted-streams.ts";
import { drain } from "./drain.ts";
import type { HttpHandler, StreamHandler } from "./handler.ts";
import { Http1Requests } from "./http1-requests.ts";
import { Http2Sessions } from "./http2-sessions.ts";
import { type PeekedProtocol, peekProtocol } from "./peek-protocol.ts";
import { seldom } from "./seldom.ts";
import { Tls, type TlsFiles } from "./tls.ts";
import { Turns } from "./turns.ts";

/** What the port allows; see .env.example for the reasons of the defaults. */
export type ListenLimits = ConnectionsLimits & {
  /** Of one HTTP/2 connection. */
  maxStreams: number;
  /** Of the request line and headers together. */
  maxHeaderBytes: number;
};

export type ListenOptions = {
  handler: HttpHandler;
  /** Is asked first about requests of HTTP/2. */
  streamHandler?: StreamHandler | undefined;
  /** Whether requests of this path are streams of messages, which may come at long intervals. */
  isStream?: ((path: string) => boolean) | undefined;
  limits: ListenLimits;
  /** Without it the port speaks in clear. */
  tls?: TlsFiles | undefined;
  port: number;
  /** All addresses of the machine if empty. */
  host: string;
  /** Hears of what goes wrong outside any request; of each kind at most once a second. */
  onProblem: (problem: string, error?: unknown) => void;
};

/** The open port. */
export type Listener = {
  port: number;
  connections: Connections;
  /**
   * Stops accepting connections, lets every request that has been accepted finish, then closes.
   * Connections that are still busy after `timeoutMs` are cut; resolves to how many.
   */
  drain(timeoutMs: number): Promise<number>;
};

/**
 * Opens the port.
 *
 * @throws {TlsError} when the certificate can't be used.
 * @throws The system's error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …) if it can't be opened.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { limits } = options;
  const onProblem = seldom(options.onProblem);
  const connections = new Connections(limits, onProblem);
  const turns = new Turns();
  const hasTls = options.tls !== undefined;
  const { handler, isStream = () => false } = options;
  const requests1 = new Http1Requests({ handler, connections, turns, isStream, onProblem });
  const http1 = createHttp1(requests1, limits, hasTls, onProblem);
  const http2 = createHttp2(limits);
  const sessions = new Http2Sessions(http2, {
    ...limits,
    handler,
    streamHandler: options.streamHandler,
    isStream,
    connections,
    turns,
    onProblem,
  });
  http2.on("sessionError", (error, session) => {
    // grpc-go takes its leave with a GOAWAY that breaks the rules; nobody waits for anything then.
    if (!isGone(error) && sessions.hasCutStreams(session)) {
      onProblem("HTTP/2 connection failed", error);
    }
  });

  const [toHttp1] = http1.listeners("connection");
  http1.removeAllListeners("connection");
  const hand = (socket: Socket, connection: Connection, protocol: PeekedProtocol) => {
    if (protocol === "http2") {
      connection.protocol = "http2";
      sessions.accept(socket, connection);
    } else {
      connection.protocol = "http1";
      withoutStacks(socket, () => toHttp1?.call(http1, socket));
      keepParsing(socket);
    }
  };
  const tls =
    options.tls &&
    new Tls({
      files: options.tls,
      handshakeTimeoutMs: limits.headersTimeoutMs,
      onSecure: (socket, connection) => {
        connections.adopt(connection, socket);
        hand(socket, connection, socket.alpnProtocol === "h2" ? "http2" : "http1");
      },
      onProblem,
    });
  http1.on("connection", (socket: Socket) => {
    const connection = connections.add(socket);
    if (connection === undefined) {
      return;
    }
    peekProtocol(socket, (protocol) => {
      if (protocol === "tls" && tls !== undefined) {
        tls.accept(socket, connection);
      } else if (protocol === "http2" && hasTls) {
        socket.end(cleartextGoaway());
      } else {
        hand(socket, connection, protocol);
      }
    });
  });
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
  return {
    port,
    connections,
    async drain(timeoutMs) {
      const cutCount = await drain({ http1, sessions, connections }, timeoutMs);
      connections.stop();
      tls?.stop();
      return cutCount;
    },
  };
}

function createHttp1(
  requests: Http1Requests,
  limits: ListenLimits,
  hasTls: boolean,
  onProblem: ListenOptions["onProblem"],
): Http1Server {
  const server = createHttp1Server({
    IncomingMessage: CountedRequest,
    ServerResponse: CountedResponse,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.idleTimeoutMs,
    // How often the three timeouts above are looked at.
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
  });
  server.on("request", (request, response) => {
    if (hasTls && !("encrypted" in request.socket)) {
      refuseCleartext(request, response);
    } else {
      requests.accept(request, response);
    }
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!isGone(error)) {
      onProblem("Not an HTTP/1.1 request", error);
    }
    answerClientError(error, socket, { hasTls });
  });
  server.on("checkContinue", (request, response) => {
    if (!(Number(request.headers["content-length"]) > limits.maxBodyBytes)) {
      response.writeContinue();
    }
    server.emit("request", request, response);
  });
  return server;
}

const { stackTraceLimit } = Error;

/**
 * When a connection closes, Node makes an error for each request that is left, and writes its stack down,
 * which is always the same: two thirds of what it cost to be rid of a client who sends ninety requests and goes.
 * @param accept adds Node's own listener.
 */
function withoutStacks(socket: Socket, accept: () => void): void {
  socket.once("close", () => {
    Error.stackTraceLimit = 0;
  });
  accept();
  socket.once("close", () => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}

/**
 * While a client doesn't read its answers, Node stops to read from its socket and tells the parser to
 * refuse what comes. But TLS hands over all that it has decrypted, which is the rest of a request that came
 * in one piece: it was answered with 400 (HPE_PAUSED). How many requests wait is bounded in any case.
 */
function keepParsing(socket: Socket): void {
  // Node's parser of HTTP/1.1, which it lets be seen but does not describe.
  const { parser } = socket as { parser?: { pause?: () => void } };
  if (parser !== undefined) {
    parser.pause = () => {};
  }
}

/** A client who has gone, as browsers do between two keys, is no problem. */
function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === "ECONNRESET" || code === "EPIPE";
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
    // Off: it cuts proxies whose many readers call searches off as they type (see reset-guard.ts).
    streamResetBurst: 1_000_000_000,
    streamResetRate: 1_000_000_000,
    // Off, too: the process ended itself ("Assertion failed: current_nghttp2_memory_ == 0") three times
    // in some hundreds of sessions that Node had ended for second HEADERS without an end, and in none of
    // a thousand since. nghttp2 ends those with too many invalid frames, and the guard those with resets.
    maxSessionInvalidFrames: 1_000_000_000,
    maxSessionRejectedStreams: 100,
    unknownProtocolTimeout: limits.headersTimeoutMs,
  });
}
