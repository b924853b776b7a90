/**
 * Streams that tell the connection what passes through them, whoever reads and writes them.
 *
 * HTTP/1.1 lets a server choose the classes of its requests and responses. HTTP/2 doesn't, so the
 * methods are put on the one class of its server streams, once: to wrap the methods of each stream
 * made every call a third dearer.
 */
import { IncomingMessage, ServerResponse } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { OpenRequest } from "./connection.ts";

const openRequest: unique symbol = Symbol("open request");

type RequestStream = { [openRequest]?: OpenRequest | undefined };

/** From now on the stream tells this request, or nobody, of what arrives and what is written. */
export function countFor(stream: object, request: OpenRequest | undefined): void {
  // The property is this module's own.
  (stream as RequestStream)[openRequest] = request;
}

/**
 * Tells the request of what has come of its body already: Node says that there is a stream only when
 * it has read all that arrived in the same piece as its headers, often the whole request.
 */
export function countArrived(stream: object, request: OpenRequest): void {
  // Streams don't tell how many pieces they hold, nor that their last one has come, except here.
  type State = { buffer?: Iterable<unknown>; ended?: boolean };
  const state = (stream as { _readableState?: State })._readableState;
  for (const piece of state?.buffer ?? []) {
    request.onBody(piece);
  }
  if (state?.ended === true) {
    request.onBody(null);
  }
}

/** A request of HTTP/1.1 whose body is counted. */
export class CountedRequest extends IncomingMessage implements RequestStream {
  [openRequest]?: OpenRequest | undefined;

  /** Node pushes what arrives whether anybody reads it or not: all of it passes here. */
  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    this[openRequest]?.onBody(chunk);
    return super.push(chunk, encoding);
  }
}

/** A response of HTTP/1.1 whose bytes are counted. */
export class CountedResponse extends ServerResponse implements RequestStream {
  [openRequest]?: OpenRequest | undefined;

  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's streams, passed on.
  override write(...parameters: any): boolean {
    const isFree = super.write.apply(this, parameters);
    this[openRequest]?.onAnswer(parameters[0]);
    return isFree;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  override end(...parameters: any): this {
    super.end.apply(this, parameters);
    this[openRequest]?.onAnswer(parameters[0]);
    return this;
  }
}

let isCounting = false;

/** Makes all server streams of HTTP/2 count, given the first of them. */
export function countHttp2Streams(first: ServerHttp2Stream): void {
  if (isCounting) {
    return;
  }
  isCounting = true;
  const prototype: Pick<ServerHttp2Stream, "push" | "write" | "end"> = Object.getPrototypeOf(first);
  const { push, write, end } = prototype;
  type This = ServerHttp2Stream & RequestStream;
  Object.assign(prototype, {
    push(this: This, chunk: unknown, encoding?: BufferEncoding) {
      this[openRequest]?.onBody(chunk);
      return push.call(this, chunk, encoding);
    },
    write(this: This, ...parameters: Parameters<typeof write>) {
      const isFree = write.apply(this, parameters);
      this[openRequest]?.onAnswer(parameters[0]);
      return isFree;
    },
    end(this: This, ...parameters: Parameters<typeof end>) {
      end.apply(this, parameters);
      this[openRequest]?.onAnswer(parameters[0]);
      return this;
    },
  });
}
