/** One connection: what its requests hold in memory, and whether they keep their deadlines. */
import type { Socket } from "node:net";
import { BodyMemory, type MessageBody } from "./body-memory.ts";

export type ConnectionLimits = {
  /** From the opening of a connection until its first request's headers are complete. */
  headersTimeoutMs: number;
  /** Until a request is complete, body included. */
  requestTimeoutMs: number;
  /** Until a part of an answer has been read by the client. */
  writeTimeoutMs: number;
  /** How long a connection may stay open without a request. */
  idleTimeoutMs: number;
  /** A body beyond this is read and forgotten, so that it holds no more than this. */
  maxBodyBytes: number;
};

/** An answer that is not read for so long is a client's that does something else. */
const READING_MS = 1000;
/** A socket that has ended its side and waits for the client to do the same has this long. */
const CLOSE_GRACE_MS = 2000;

/** What answers are written to: a response of HTTP/1.1 or a stream of HTTP/2. */
export type AnswerWritable = { readonly writableLength: number };

export type OpenRequestOptions = {
  writable: AnswerWritable;
  hasBody: boolean;
  /** Its messages may come at long intervals: a stream of requests. */
  isStream: boolean;
  /** The body, if it is a stream of messages. */
  messages: MessageBody | undefined;
  /** Ends the request at once; on HTTP/1.1 that is the end of the connection. */
  cut: () => void;
};

/** A request from its headers on until its answer is out. */
export class OpenRequest {
  readonly startMs: number = performance.now();
  readonly connection: Connection;
  readonly #options: OpenRequestOptions;
  isBodyComplete: boolean;
  /** False until its turn has come. */
  hasBegun = false;
  /** What is read or written afterwards is no longer counted. */
  isOver = false;
  readonly #body: BodyMemory;
  #lastMessageMs = this.startMs;
  /** Handed over to be written, and perhaps written by now. */
  #answerBytes = 0;
  #unwrittenBytes = 0;
  #unwrittenSinceMs = 0;

  constructor(connection: Connection, options: OpenRequestOptions) {
    this.connection = connection;
    this.#options = options;
    const { maxBodyBytes } = connection.limits;
    this.#body = new BodyMemory({ maxBodyBytes, messages: options.messages });
    this.isBodyComplete = !options.hasBody;
  }

  /** True if the server has not begun it, or has done all it can until the client goes on. */
  isWaiting(nowMs: number): boolean {
    return (
      !this.hasBegun ||
      !this.isBodyComplete ||
      (this.#unwrittenBytes > 0 && nowMs - this.#unwrittenSinceMs > READING_MS)
    );
  }

  /** True if nothing of its answer waits to be written. */
  get isFlushed(): boolean {
    return this.#options.writable.writableLength === 0;
  }

  /** At most what the request holds in memory; exact after `recount`. */
  get heldBytes(): number {
    return this.#body.heldBytes + this.#answerBytes;
  }

  /** Counts anew what has not been read yet of a stream, and not been written of the answer. */
  recount(): void {
    this.#body.recount();
    this.#answerBytes = this.#options.writable.writableLength;
  }

  cut(): void {
    this.#options.cut();
  }

  /** What is wrong if the client has not kept a deadline. */
  overdue(nowMs: number, limits: ConnectionLimits): string | undefined {
    if (!this.isBodyComplete && nowMs > this.#bodyDeadlineMs(limits)) {
      return "A request was not complete in time";
    }
    const unwrittenBytes = this.#options.writable.writableLength;
    if (unwrittenBytes === 0 || unwrittenBytes !== this.#unwrittenBytes) {
      this.#unwrittenBytes = unwrittenBytes;
      this.#unwrittenSinceMs = nowMs;
      return undefined;
    }
    return nowMs - this.#unwrittenSinceMs > limits.writeTimeoutMs
      ? "An answer was not read in time"
      : undefined;
  }

  #bodyDeadlineMs({ requestTimeoutMs, idleTimeoutMs }: ConnectionLimits): number {
    return this.#options.isStream
      ? this.#lastMessageMs + idleTimeoutMs
      : this.startMs + requestTimeoutMs;
  }

  /** Hears of a part of the body, and with null of its end. */
  onBody(chunk: unknown): void {
    if (chunk === null) {
      this.isBodyComplete = true;
    } else if (chunk instanceof Uint8Array) {
      const changeBytes = this.#body.add(chunk);
      if (this.#options.isStream) {
        this.#lastMessageMs = performance.now();
      }
      this.#hold(changeBytes);
    }
  }

  /** Hears of a part of the answer, when it is among what is unwritten and a recount finds it there. */
  onAnswer(chunk: unknown): void {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) {
      this.#answerBytes += chunk.length;
      // Who is answered is waiting for us, while we read on as far as we have come.
      this.#lastMessageMs = performance.now();
      this.#hold(chunk.length);
    }
  }

  #hold(changeBytes: number): void {
    if (!this.isOver) {
      this.connection.hold(changeBytes);
    }
  }
}

/** What a connection tells the registry of all connections. */
export type ConnectionOwner = {
  limits: ConnectionLimits;
  /** Hears that a connection holds so many bytes more, or less. */
  onHeld: (connection: Connection, changeBytes: number) => void;
  onProblem: (problem: string) => void;
};

export class Connection {
  /** The one that requests come from: with TLS not the socket that was accepted. */
  socket: Socket;
  /** Who is counted together: one address, or one network of IPv6. */
  readonly client: string;
  protocol: "undecided" | "http1" | "http2" = "undecided";
  /** A client that has had an answer is worth more than one that never asked. */
  hasServed = false;
  /** When its last request was over, or when it was opened. */
  lastActiveMs: number = performance.now();
  /** Asks an HTTP/2 client to leave. */
  closePolitely: (() => void) | undefined;
  /** Upper bound of what its requests hold. */
  heldBytes = 0;
  readonly requests: Set<OpenRequest> = new Set();
  readonly #owner: ConnectionOwner;
  #endedMs: number | undefined;

  constructor(socket: Socket, client: string, owner: ConnectionOwner) {
    this.socket = socket;
    this.client = client;
    this.#owner = owner;
  }

  get limits(): ConnectionLimits {
    return this.#owner.limits;
  }

  /** True if the server is doing nothing for it. */
  isWaiting(nowMs: number): boolean {
    for (const request of this.requests) {
      if (!request.isWaiting(nowMs)) {
        return false;
      }
    }
    return true;
  }

  /** True once one of its requests has been begun. */
  get hasBegun(): boolean {
    if (this.hasServed) {
      return true;
    }
    for (const { hasBegun } of this.requests) {
      if (hasBegun) {
        return true;
      }
    }
    return false;
  }

  /** Notes a request whose headers have arrived; `end` must follow. */
  begin(options: OpenRequestOptions): OpenRequest {
    const request = new OpenRequest(this, options);
    this.requests.add(request);
    return request;
  }

  /** Notes that a request is over, however it ended. */
  end(request: OpenRequest): void {
    if (this.requests.delete(request)) {
      request.isOver = true;
      this.hold(-request.heldBytes);
      this.hasServed = true;
      this.lastActiveMs = performance.now();
    }
  }

  hold(changeBytes: number): void {
    if (changeBytes !== 0) {
      this.heldBytes += changeBytes;
      this.#owner.onHeld(this, changeBytes);
    }
  }

  /** Makes `heldBytes` exact. */
  recount(): void {
    let heldBytes = 0;
    for (const request of this.requests) {
      request.recount();
      heldBytes += request.heldBytes;
    }
    this.hold(heldBytes - this.heldBytes);
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** Ends what has not kept its deadlines. */
  sweep(nowMs: number): void {
    for (const request of this.requests) {
      const problem = request.overdue(nowMs, this.limits);
      if (problem !== undefined) {
        this.#owner.onProblem(problem);
        request.cut();
      }
    }
    if (this.socket.writableEnded) {
      this.#endedMs ??= nowMs;
      if (nowMs - this.#endedMs > CLOSE_GRACE_MS) {
        this.destroy();
      }
    }
    // On HTTP/1.1 Node itself minds the headers, the requests and the pauses between them.
    if (this.requests.size === 0 && this.protocol !== "http1") {
      this.#sweepIdle(nowMs - this.lastActiveMs);
    }
  }

  #sweepIdle(idleMs: number): void {
    const { idleTimeoutMs, headersTimeoutMs } = this.limits;
    const limitMs = this.hasServed ? idleTimeoutMs : headersTimeoutMs;
    if (idleMs <= limitMs) {
      return;
    }
    // Half a block of headers keeps a session from closing, for ever: politeness has an end.
    if (this.closePolitely === undefined || idleMs > limitMs + CLOSE_GRACE_MS) {
      this.destroy();
    } else {
      this.closePolitely();
    }
  }
}
