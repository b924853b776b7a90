/**
 * Unary gRPC calls as nearly all of them are: one uncompressed message over HTTP/2. Everything else
 * (other protocols, streams, compression, frames that are cut or doubled, messages that can't be
 * read) is Connect's, who is handed what was read so far.
 */
import {
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { fromBinary, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { AppContext } from "#server/context.ts";
import { Call, callKey } from "#server/rpc/call.ts";
import { beginRecord, writeLine } from "#server/rpc/call-log.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import type { EncodedMethod } from "#server/rpc/encoded-method.ts";
import { toConnectError } from "#server/rpc/errors.ts";
import {
  callUnary,
  type MessageLike,
  toHeaders,
  UnaryContext,
  type UnaryMethod,
} from "#server/rpc/unary.ts";
import { encodeBinary } from "./codec/binary-encoder.ts";
import { discardBody } from "./discard-body.ts";
import type { StreamHandler } from "./exchange.ts";
import { SocketPeer } from "./peer.ts";

/** One byte of flags and four of length. */
const FRAME_HEADER_BYTES = 5;

// Node knows `sendDate`, its types don't; callers of gRPC have no use for a date.
const trailersFollow = { waitForTrailers: true, sendDate: false };
const nothingFollows = { endStream: true, sendDate: false };

type Exchange = {
  stream: ServerHttp2Stream;
  headers: IncomingHttpHeaders;
  path: string;
  unary: UnaryMethod;
  call: Call;
  /** Of the answer, for the log. */
  grpcStatus: number;
};

export type GrpcUnaryOptions = Pick<AppContext, "config" | "log"> & {
  pipeline: CallPipeline;
  methods: ReadonlyMap<string, UnaryMethod>;
  /** Of the same methods; they take what is unusual. */
  handlers: ReadonlyMap<string, UniversalHandler>;
};

/** Serves unary gRPC calls of these methods. */
export function createGrpcUnary(options: GrpcUnaryOptions): StreamHandler {
  const { config, log, pipeline, methods, handlers } = options;
  return (stream, headers) => {
    const path = headers[":path"] ?? "";
    const unary = methods.get(path);
    if (unary === undefined || !isPlainGrpc(headers)) {
      return false;
    }
    const call = new Call({
      method: unary.method,
      protocol: "grpc",
      headers,
      peer: () => new SocketPeer(() => stream.session?.socket),
      record: beginRecord(headers),
      maxTimeoutMs: config.maxTimeoutMs,
    });
    const exchange: Exchange = { stream, headers, path, unary, call, grpcStatus: 0 };
    stream.once("close", () => {
      call.end();
      logCall(exchange);
    });
    // The stream is closed with an error if the client resets it; the log line says that it left.
    stream.on("error", () => {});
    serve(exchange).catch((error: unknown) => {
      call.record.error ??= error;
      endWithStatus(exchange, new ConnectError("internal error", Code.Internal));
    });
    return true;
  };

  async function serve(exchange: Exchange): Promise<void> {
    const { unary, stream, headers, path, call } = exchange;
    try {
      await pipeline.admit(call);
    } catch (error) {
      endWithStatus(exchange, toConnectError(error));
      discardBody(stream, () => stream.close(constants.NGHTTP2_NO_ERROR));
      return;
    }
    const body = await readBody(stream, FRAME_HEADER_BYTES + config.maxRequestBytes);
    if (body === undefined) {
      const message = `message size is larger than configured readMaxBytes ${config.maxRequestBytes}`;
      endWithStatus(exchange, new ConnectError(message, Code.ResourceExhausted));
      discardBody(stream, () => stream.close(constants.NGHTTP2_NO_ERROR));
      return;
    }
    const message = call.timeout.error === undefined ? plainMessage(body) : undefined;
    if (message !== undefined && unary.encoded !== undefined) {
      await serveEncoded(exchange, body, message, unary.encoded);
      return;
    }
    const request = message && parse(unary, message);
    if (request === undefined) {
      await serveUnusual(exchange, body, handlers.get(path));
      return;
    }
    const context = new UnaryContext(call, "POST", () => `http://${headers[":authority"]}${path}`);
    try {
      const answer = await callUnary(unary, request, context, pipeline);
      endWithMessage(exchange, toFrame(unary, answer), context.setHeaders(), context.setTrailers());
    } catch (error) {
      endWithStatus(exchange, pipeline.translate(error, call.record), context);
    } finally {
      call.end();
    }
  }

  /** As bytes, which are neither parsed nor written in this process. */
  async function serveEncoded(
    exchange: Exchange,
    body: Buffer,
    message: Uint8Array,
    encoded: EncodedMethod,
  ): Promise<void> {
    const { call, path } = exchange;
    try {
      const answer = await encoded(call, "proto", message);
      if (answer === undefined) {
        await serveUnusual(exchange, body, handlers.get(path));
      } else {
        endWithMessage(exchange, frameOf(answer.body), answer.headers, {});
      }
    } catch (error) {
      endWithStatus(exchange, pipeline.translate(error, call.record));
    } finally {
      call.end();
    }
  }

  function toFrame({ method }: UnaryMethod, answer: MessageLike): Buffer {
    const frame = encodeBinary(method.output, answer, FRAME_HEADER_BYTES);
    const sizeBytes = frame.length - FRAME_HEADER_BYTES;
    if (sizeBytes > config.maxResponseBytes) {
      throw new ConnectError(
        `message size ${sizeBytes} is larger than configured writeMaxBytes ${config.maxResponseBytes}`,
        Code.ResourceExhausted,
      );
    }
    frame[0] = 0;
    frame.writeUInt32BE(sizeBytes, 1);
    return frame;
  }

  function logCall({ stream, path, call, grpcStatus }: Exchange): void {
    writeLine(log, call.record, {
      method: "POST",
      path,
      protocol: "grpc",
      http: "2.0",
      status: 200,
      grpcStatus,
      isComplete: stream.writableEnded,
    });
  }
}

function isPlainGrpc(headers: IncomingHttpHeaders): boolean {
  const type = headers["content-type"];
  const encoding = headers["grpc-encoding"];
  return (
    headers[":method"] === "POST" &&
    (type === "application/grpc" || type === "application/grpc+proto") &&
    (encoding === undefined || encoding === "identity")
  );
}

/** Collects the body; undefined as soon as it is too large. Never resolves if the client resets. */
function readBody(stream: ServerHttp2Stream, sizeBytesMax: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let isTooLarge = false;
    stream.on("data", (chunk: Buffer) => {
      if (isTooLarge) {
        return;
      }
      // The first bytes say how long the message is going to be.
      const isFirst = chunks.length === 0 && chunk.length >= FRAME_HEADER_BYTES;
      const announcedBytes = isFirst ? FRAME_HEADER_BYTES + chunk.readUInt32BE(1) : 0;
      sizeBytes += chunk.length;
      isTooLarge = Math.max(sizeBytes, announcedBytes) > sizeBytesMax;
      if (isTooLarge) {
        chunks.length = 0;
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    stream.on("end", () => {
      if (!isTooLarge && !stream.aborted) {
        const [only] = chunks;
        resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
      }
    });
  });
}

/** The encoded message, if the body is one frame that has nothing unusual about it. */
function plainMessage(body: Buffer): Uint8Array | undefined {
  const isPlain =
    body.length >= FRAME_HEADER_BYTES &&
    body[0] === 0 &&
    body.readUInt32BE(1) === body.length - FRAME_HEADER_BYTES;
  return isPlain ? body.subarray(FRAME_HEADER_BYTES) : undefined;
}

function parse({ method }: UnaryMethod, message: Uint8Array): Message | undefined {
  try {
    return fromBinary(method.input, message);
  } catch {
    // Connect will find the same, and answers it.
    return undefined;
  }
}

function frameOf(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, FRAME_HEADER_BYTES);
  return frame;
}

function endWithMessage(
  { stream, headers, call }: Exchange,
  frame: Buffer,
  more: Readonly<Record<string, string>>,
  moreTrailers: Readonly<Record<string, string>>,
): void {
  if (stream.closed) {
    return;
  }
  stream.respond(
    {
      ":status": 200,
      "content-type": headers["content-type"],
      "x-request-id": call.record.requestId,
      ...more,
    },
    trailersFollow,
  );
  const trailers = { "grpc-status": "0", ...moreTrailers };
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(frame);
}

/** Answers with an error alone: everything in one frame of headers. */
function endWithStatus(exchange: Exchange, error: ConnectError, context?: UnaryContext): void {
  const { stream, headers, call } = exchange;
  exchange.grpcStatus = error.code;
  call.record.error ??= error;
  if (stream.closed || stream.headersSent) {
    return;
  }
  const trailer = new Headers(context?.setTrailers());
  setTrailerStatus(trailer, error);
  const custom = context?.setHeaders() ?? {};
  const base = {
    ":status": 200,
    "content-type": headers["content-type"],
    "x-request-id": call.record.requestId,
    ...custom,
  };
  if (Object.keys(custom).length === 0) {
    stream.respond({ ...base, ...Object.fromEntries(trailer) }, nothingFollows);
    return;
  }
  stream.respond(base, trailersFollow);
  stream.once("wantTrailers", () => stream.sendTrailers(Object.fromEntries(trailer)));
  stream.end();
}

async function serveUnusual(
  exchange: Exchange,
  body: Buffer,
  handler: UniversalHandler | undefined,
): Promise<void> {
  const { stream, headers, path, call } = exchange;
  if (handler === undefined) {
    throw new Error(`${path} has a method but no handler`);
  }
  const controller = new AbortController();
  stream.once("close", () => controller.abort());
  const answer = await handler({
    httpVersion: "2.0",
    method: "POST",
    url: `http://localhost${path}`,
    header: toHeaders(headers),
    body: only(body),
    signal: controller.signal,
    contextValues: createContextValues().set(callKey, call),
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
  }
  exchange.grpcStatus = Number(answer.trailer?.get("grpc-status") ?? 0);
  if (!stream.closed) {
    respond(stream, answer, Buffer.concat(chunks), { "x-request-id": call.record.requestId });
  }
}

function respond(
  stream: ServerHttp2Stream,
  { status, header, trailer }: UniversalServerResponse,
  bytes: Buffer,
  more: OutgoingHttpHeaders,
): void {
  const headers = { ":status": status, ...Object.fromEntries(header ?? []), ...more };
  stream.respond(headers, trailersFollow);
  stream.once("wantTrailers", () => stream.sendTrailers(Object.fromEntries(trailer ?? [])));
  stream.end(bytes);
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) {
    yield bytes;
  }
}
