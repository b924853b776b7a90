import type { Http2Server, Http2Session, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { HttpHandler, HttpResponse, StreamHandler } from "./handler.ts";

/**
 * A GOAWAY frame that refuses nothing yet (RFC 9113 §6.8): no error, and the highest stream id.
 *
 * Node's own `goaway()` can't be used for this: whatever id it is given, the server then ignores
 * every new stream, while its client can't know yet that it should open none.
 */
const SHUTDOWN_NOTICE = Buffer.from("0000080700000000007fffffff00000000", "hex");
/** How long a client may take to answer the ping that asks whether it is still there. */
const PING_TIMEOUT_MS = 10_000;

/**
 * The open HTTP/2 sessions of a server, which itself knows none of them: it has no way to close the
 * idle ones, and by default they stay open for ever.
 */
export class Http2Sessions {
  readonly #server: Http2Server;
  /** Each session with the number of requests it is working on. */
  readonly #busy = new Map<Http2Session, number>();
  readonly #sockets = new Map<Http2Session, Socket>();
  /** The socket whose session is being made. */
  #accepted: Socket | undefined;
  #isDraining = false;

  constructor(
    server: Http2Server,
    options: {
      idleTimeoutMs: number;
      handler: HttpHandler;
      streamHandler?: StreamHandler | undefined;
    },
  ) {
    this.#server = server;
    server.on("session", (session) => {
      this.#busy.set(session, 0);
      if (this.#accepted !== undefined) {
        this.#sockets.set(session, this.#accepted);
      }
      session.on("close", () => {
        this.#busy.delete(session);
        this.#sockets.delete(session);
      });
      // A callback given to `setTimeout` would be called the first time only.
      session.setTimeout(options.idleTimeoutMs);
      session.on("timeout", () => this.#onSilence(session));
      if (this.#isDraining) {
        this.#accepted?.write(SHUTDOWN_NOTICE);
      }
    });
    server.on("request", (request, response) => {
      // Node's own types of the two responses differ in optional properties that nobody uses.
      options.handler(request, response as HttpResponse);
    });
    // Making request and response objects of a stream is a listener of Node's own: it is put behind
    // those who can do without them.
    const [toRequest] = server.listeners("stream");
    server.removeAllListeners("stream");
    server.on("stream", (stream, headers, flags, rawHeaders) => {
      const { session } = stream;
      this.#add(session, 1);
      stream.once("close", () => this.#add(session, -1));
      // Streams of a server are server streams, whatever the type of the event says.
      if (!options.streamHandler?.(stream as ServerHttp2Stream, headers)) {
        toRequest?.call(server, stream, headers, flags, rawHeaders);
      }
    });
  }

  /** Makes a session of a connection whose client speaks HTTP/2. */
  accept(socket: Socket): void {
    // An HTTP/1.1 server accepts half-open sockets; an HTTP/2 session on one would never notice that
    // its client has left.
    socket.allowHalfOpen = false;
    this.#accepted = socket;
    this.#server.emit("connection", socket);
    this.#accepted = undefined;
  }

  /** Asks clients to open no more streams, but still serves those that are on their way. */
  announceShutdown(): void {
    this.#isDraining = true;
    for (const [session, socket] of this.#sockets) {
      if (!session.closed) {
        // Frames are written whole, so one more fits between any two.
        socket.write(SHUTDOWN_NOTICE);
      }
    }
  }

  /** Refuses new streams; each session closes when its last stream ends. */
  close(): void {
    for (const session of this.#busy.keys()) {
      session.close();
    }
  }

  /** Cuts all sessions off. */
  destroy(): void {
    for (const session of this.#busy.keys()) {
      session.destroy();
    }
  }

  #add(session: Http2Session | undefined, change: number): void {
    const count = session && this.#busy.get(session);
    if (session && count !== undefined) {
      this.#busy.set(session, count + change);
    }
  }

  /** Closes an idle session; asks a busy one, which may be watching something, for a sign of life. */
  #onSilence(session: Http2Session): void {
    if (this.#busy.get(session) === 0) {
      session.close();
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
