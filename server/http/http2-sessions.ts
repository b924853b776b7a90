import type { Http2Server, Http2Session } from "node:http2";
import type { HttpHandler, HttpResponse } from "./handler.ts";

/** Stream ids are 31 bits; the highest stands for "no stream is refused yet" (RFC 9113 §6.8). */
const LAST_STREAM_ID = 2 ** 31 - 1;
/** How long a client may take to answer the ping that asks whether it is still there. */
const PING_TIMEOUT_MS = 10_000;

/**
 * The open HTTP/2 sessions of a server, which itself knows none of them: it has no way to close the
 * idle ones, and by default they stay open for ever.
 */
export class Http2Sessions {
  /** Each session with the number of requests it is working on. */
  readonly #busy = new Map<Http2Session, number>();
  #isDraining = false;

  constructor(
    server: Http2Server,
    options: {
      idleTimeoutMs: number;
      handler: HttpHandler;
    },
  ) {
    server.on("session", (session) => {
      this.#busy.set(session, 0);
      session.on("close", () => this.#busy.delete(session));
      // A callback given to `setTimeout` would be called the first time only.
      session.setTimeout(options.idleTimeoutMs);
      session.on("timeout", () => this.#onSilence(session));
      if (this.#isDraining) {
        session.goaway(0, LAST_STREAM_ID);
      }
    });
    server.on("request", (request, response) => {
      const { session } = request.stream;
      this.#add(session, 1);
      response.once("close", () => this.#add(session, -1));
      // Node's own types of the two responses differ in optional properties that nobody uses.
      options.handler(request, response as HttpResponse);
    });
  }

  /** Asks clients to open no more streams, but still serves those that are on their way. */
  announceShutdown(): void {
    this.#isDraining = true;
    for (const session of this.#busy.keys()) {
      if (!session.closed) {
        session.goaway(0, LAST_STREAM_ID);
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
