import {
  constants,
  type Http2Server,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";
import { joinCredentials } from "#server/fast-path/normal-headers.ts";
import { refuseLongHeaders } from "./client-error.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import { countArrived, countFor, countHttp2Streams } from "./counted-streams.ts";
import type { HttpHandler, HttpResponse, StreamHandler } from "./handler.ts";
import { ResetGuard } from "./reset-guard.ts";
import type { Turns } from "./turns.ts";

/**
 * A GOAWAY frame that refuses nothing yet (RFC 9113 §6.8): no error, and the highest stream id.
 *
 * Node's own `goaway()` can't be used for this: whatever id it is given, the server then ignores
 * every new stream, while its client can't know yet that it should open none.
 */
const SHUTDOWN_NOTICE = Buffer.from("0000080700000000007fffffff00000000", "hex");
/** Between two answers there is a moment when nothing is being written. */
const NOTICE_RETRY_MS = 2;
/** How long a client may take to answer the ping that asks whether it is still there. */
const PING_TIMEOUT_MS = 10_000;
/** Requests that are on their way over TLS when the server begins to stop have this long. */
const UNTOLD_MS = 1000;
/** Between a name and its value, and at the end of a line of HTTP/1.1: ": " and a line break. */
const LINE_EXTRA_BYTES = 4;

export type Http2SessionsOptions = {
  idleTimeoutMs: number;
  /** The same as on HTTP/1.1; Node's own limit for HTTP/2 can't be changed. */
  maxHeaderBytes: number;
  handler: HttpHandler;
  streamHandler?: StreamHandler | undefined;
  /** Whether requests of this path are streams, which may go on for as long as they like. */
  isStream: (path: string) => boolean;
  connections: Connections;
  turns: Turns;
  onProblem: (problem: string) => void;
};

/**
 * The open HTTP/2 sessions of a server, which itself knows none of them: it has no way to close the
 * idle ones, and by default they stay open for ever.
 */
export class Http2Sessions {
  readonly #server: Http2Server;
  readonly #options: Http2SessionsOptions;
  readonly #connections = new Map<Http2Session, Connection>();
  /** Hear of streams that fail. One for each session: streams hold their listeners for long. */
  readonly #cutNoters = new WeakMap<Http2Session, () => void>();
  readonly #resets: ResetGuard;
  readonly #cut = new WeakSet<Http2Session>();
  /** The connection whose session is being made. */
  #accepted: Connection | undefined;
  #isDraining = false;

  constructor(server: Http2Server, options: Http2SessionsOptions) {
    this.#server = server;
    this.#options = options;
    this.#resets = new ResetGuard(options.onProblem);
    server.on("session", (session) => this.#onSession(session));
    server.on("request", (request, response) => {
      // Node's own types of the two responses differ in optional properties that nobody uses.
      options.handler(request, response as HttpResponse);
    });
    // Making request and response objects of a stream is a listener of Node's own: it is put behind
    // those who can do without them.
    const [toRequest] = server.listeners("stream");
    server.removeAllListeners("stream");
    server.on("stream", (stream, headers, flags, rawHeaders) => {
      // Streams of a server are server streams, whatever the type of the event says.
      const serverStream = stream as ServerHttp2Stream;
      this.#onStream(serverStream, headers, flags, rawHeaders, () => {
        joinCredentials(headers, rawHeaders);
        if (!options.streamHandler?.(serverStream, headers)) {
          toRequest?.call(server, stream, headers, flags, rawHeaders);
        }
      });
    });
  }

  /** Makes a session of a connection whose client speaks HTTP/2. */
  accept(socket: Socket, connection: Connection): void {
    // An HTTP/1.1 server accepts half-open sockets; an HTTP/2 session on one would never notice that
    // its client has left.
    socket.allowHalfOpen = false;
    this.#accepted = connection;
    this.#server.emit("connection", socket);
    this.#accepted = undefined;
  }

  /**
   * Asks clients to open no more streams, but still serves those that are on their way: what a client
   * has sent before it answers the ping behind the notice (RFC 9113 §6.8).
   */
  announceShutdown(): void {
    this.#isDraining = true;
    const untold = new Map(this.#connections);
    const tell = () => {
      for (const [session, connection] of untold) {
        if (session.closed || writeShutdownNotice(connection)) {
          untold.delete(session);
          closeWhenHeard(session, connection);
        }
      }
      if (untold.size === 0) {
        clearInterval(telling);
      }
    };
    const telling = setInterval(tell, NOTICE_RETRY_MS).unref();
    tell();
  }

  /** Whether a session that has failed took streams with it. */
  hasCutStreams(session: Http2Session): boolean {
    return this.#cut.has(session);
  }

  /** Refuses new streams; each session closes when its last stream ends. */
  close(): void {
    for (const session of this.#connections.keys()) {
      session.close();
    }
  }

  #onSession(session: Http2Session): void {
    const connection = this.#accepted;
    if (connection === undefined) {
      session.destroy();
      return;
    }
    this.#connections.set(session, connection);
    this.#cutNoters.set(session, () => {
      if (session.destroyed) {
        this.#cut.add(session);
      }
    });
    session.on("close", () => this.#connections.delete(session));
    connection.closePolitely = () => {
      if (!session.closed) {
        session.close();
      }
    };
    // A callback given to `setTimeout` would be called the first time only.
    session.setTimeout(this.#options.idleTimeoutMs);
    session.on("timeout", () => this.#onSilence(session, connection));
    if (this.#isDraining) {
      writeShutdownNotice(connection);
      closeWhenHeard(session, connection);
    }
  }

  #onStream(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    flags: number,
    rawHeaders: readonly string[],
    serve: () => void,
  ): void {
    const { session } = stream;
    const connection = session && this.#connections.get(session);
    // A stream that is reset before its turn fails with nobody else listening.
    stream.on("error", (session && this.#cutNoters.get(session)) ?? ignore);
    if (connection === undefined) {
      stream.destroy();
      return;
    }
    const isStream = this.#options.isStream(headers[":path"] ?? "");
    const request = connection.begin({
      writable: stream,
      hasBody: (flags & constants.NGHTTP2_FLAG_END_STREAM) === 0,
      isStream,
      messages: isStream ? { readable: stream, contentType: headers["content-type"] } : undefined,
      cut: () => stream.close(constants.NGHTTP2_CANCEL),
    });
    countHttp2Streams(stream);
    countFor(stream, request);
    countArrived(stream, request);
    const arrival = this.#resets.arrival();
    stream.once("close", () => {
      connection.end(request);
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) {
        this.#resets.onReset(connection, arrival);
      }
      process.nextTick(forgetCall, stream);
    });
    this.#options.turns.add(connection, () => {
      if (stream.destroyed || stream.closed) {
        return false;
      }
      request.hasBegun = true;
      if (bytesOf(rawHeaders) > this.#options.maxHeaderBytes) {
        refuseLongHeaders(stream, headers);
      } else {
        // Node says at once that an empty body has ended, and nobody has listened yet.
        const hasEnded = stream.readableEnded;
        serve();
        if (hasEnded) {
          stream.emit("end");
        }
      }
      return true;
    });
  }

  /** Asks a session that is busy, perhaps with watching something, for a sign of life. */
  #onSilence(session: Http2Session, connection: Connection): void {
    if (connection.requests.size === 0) {
      return;
    }
    const timer = setTimeout(() => session.destroy(), PING_TIMEOUT_MS);
    const isSent = session.ping(() => clearTimeout(timer));
    if (!isSent) {
      clearTimeout(timer);
      session.destroy();
    }
  }
}

/**
 * Writes the notice past the session, whose frames are written whole, so that one more fits between.
 *
 * Only where the system takes it at once: Node ends the process if a write that the session did not
 * make is completed later. Over TLS that is always so, and there clients hear of the shutdown only
 * when the session closes; what they have sent too late, they know to be unprocessed.
 *
 * @returns False if it has to be tried again.
 */
function writeShutdownNotice({ socket, requests }: Connection): boolean {
  if ("encrypted" in socket) {
    return true;
  }
  const isFlushed = [...requests].every((request) => request.isFlushed);
  if (isFlushed) {
    socket.write(SHUTDOWN_NOTICE);
  }
  return isFlushed;
}

/** Refuses streams that the client opens although it has heard that it should not. */
function closeWhenHeard(session: Http2Session, { socket }: Connection): void {
  const close = () => session.closed || session.close();
  if ("encrypted" in socket) {
    // It was told nothing; what is on its way has this long.
    setTimeout(close, UNTOLD_MS).unref();
  } else if (!session.closed && !session.destroyed && !session.ping(close)) {
    close();
  }
}

/**
 * Lets go of all that a call has left on its stream, when everybody has heard that it is over. Node frees
 * streams only in its slow collections; what they hold would be kept, and copied, until then.
 */
function forgetCall(stream: ServerHttp2Stream): void {
  stream.removeAllListeners();
  stream.on("error", ignore);
  countFor(stream, undefined);
}

function ignore(): void {
  // What a client does to its own stream is nobody's problem.
}

/** What headers would be long as lines of HTTP/1.1. */
function bytesOf(rawHeaders: readonly string[]): number {
  let sizeBytes = 0;
  for (const text of rawHeaders) {
    sizeBytes += text.length + LINE_EXTRA_BYTES / 2;
  }
  return sizeBytes;
}
