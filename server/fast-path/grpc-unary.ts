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
import { ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { AppContext } from "#server/context.ts";
import { Call, callKey } from "#server/rpc/call.ts";
import { beginRecord, writeLine } from "#server/rpc/call-log.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import { callHandler } from "#server/rpc/connect-handler.ts";
import { apiError, toConnectError } from "#server/rpc/errors.ts";
import { readBinaryMessage } from "#server/rpc/read-message.ts";
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
import { arrivedBody, FRAME_HEADER_BYTES, frameOf, onlyFrame, readBody } from "./grpc-frame.ts";
import { correctGrpcMessage } from "./grpc-message.ts";
import { normaliseHeaders } from "./normal-headers.ts";
import { peerOfSession } from "./peer.ts";

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
    normaliseHeaders(headers);
    const path = headers[":path"] ?? "";
    const unary = methods.get(path);
    if (unary === undefined || !isPlainGrpc(headers)) {
      return false;
    }
    const peer = peerOfSession(stream.session);
    const call = new Call({
      method: unary.method,
      protocol: "grpc",
      headers,
      peer: () => peer,
      record: beginRecord(headers),
      maxTimeoutMs: config.maxTimeoutMs,
    });
    const exchange: Exchange = { stream, headers, path, unary, call, grpcStatus: 0 };
    stream.once("close", () => {
      call.end();
      logCall(exchange);
    });
    // The stream is closed with an error if the client resets it; the log line says that it left.
    stream.on("error", ignore);
    serve(exchange).catch((error: unknown) => {
      call.record.error ??= error;
      endWithStatus(exchange, toConnectError(error));
    });
    return true;
  };

  async function serve(exchange: Exchange): Promise<void> {
    const { unary, stream, headers, path, call } = exchange;
    const admission = pipeline.admit(call);
    if (admission !== undefined) {
      try {
        await admission;
      } catch (error) {
        endWithStatus(exchange, toConnectError(error));
        discardBody(stream, () => stream.close(constants.NGHTTP2_NO_ERROR));
        return;
      }
    }
    const bytesMax = FRAME_HEADER_BYTES + config.maxRequestBytes;
    const body = arrivedBody(stream, bytesMax) ?? (await readBody(stream, bytesMax));
    if (body === undefined) {
      const message = `message size is larger than configured readMaxBytes ${config.maxRequestBytes}`;
      const error = apiError("MESSAGE_TOO_LARGE", message);
      endWithStatus(exchange, pipeline.translate(error, call.record));
      discardBody(stream, () => stream.close(constants.NGHTTP2_NO_ERROR));
      return;
    }
    const frame = call.timeout.error === undefined ? onlyFrame(body) : undefined;
    if (frame === undefined) {
      await serveUnusual(exchange, body, handlers.get(path), pipeline);
      return;
    }
    const context = new UnaryContext(call, "POST", () => `http://${headers[":authority"]}${path}`);
    try {
      if (unary.encoded === undefined) {
        const request = readBinaryMessage(unary.method.input, frame);
        const answer = await callUnary(unary, request, context, pipeline);
        endWithMessage(exchange, toFrame(unary, answer), context.setHeaders(), context);
      } else {
        // What is kept, or refused, is so at once.
        const answer = unary.encoded(call, "proto", frame);
        if (answer instanceof ConnectError) {
          endWithStatus(exchange, pipeline.translate(answer, call.record), context);
          return;
        }
        const { body: message, headers: own } = answer instanceof Promise ? await answer : answer;
        endWithMessage(exchange, frameOf(message), own, context);
      }
    } catch (error) {
      endWithStatus(exchange, pipeline.translate(error, call.record), context);
    } finally {
      call.end();
    }
  }

  function toFrame({ method }: UnaryMethod, answer: MessageLike): Buffer {
    const frame = encodeBinary(method.output, answer, FRAME_HEADER_BYTES);
    const sizeBytes = frame.length - FRAME_HEADER_BYTES;
    if (sizeBytes > config.maxResponseBytes) {
      const message = `message size ${sizeBytes} is larger than configured writeMaxBytes ${config.maxResponseBytes}`;
      throw apiError("MESSAGE_TOO_LARGE", message);
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

function endWithMessage(
  { stream, headers, call }: Exchange,
  frame: Buffer,
  ownHeaders: Readonly<Record<string, string>>,
  context: UnaryContext,
): void {
  if (stream.closed) {
    return;
  }
  stream.respond(
    {
      ":status": 200,
      "content-type": headers["content-type"],
      "x-request-id": call.record.requestId,
      ...call.answerHeaders,
      ...ownHeaders,
    },
    trailersFollow,
  );
  const trailers = { "grpc-status": "0", ...context.setTrailers() };
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
  const trailers = { ...context?.setTrailers(), ...statusTrailers(error) };
  const custom = context?.setHeaders() ?? {};
  const base = {
    ":status": 200,
    "content-type": headers["content-type"],
    "x-request-id": call.record.requestId,
    ...call.answerHeaders,
    ...custom,
  };
  if (Object.keys(custom).length === 0) {
    stream.respond({ ...base, ...trailers }, nothingFollows);
    return;
  }
  stream.respond(base, trailersFollow);
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end();
}

/** Of errors, some of which are made once and answered thousands of times a second. */
const knownTrailers = new WeakMap<ConnectError, Readonly<Record<string, string>>>();

/** The trailers that say the status, with what the error brings along. */
function statusTrailers(error: ConnectError): Readonly<Record<string, string>> {
  const known = knownTrailers.get(error);
  if (known !== undefined) {
    return known;
  }
  const headers = new Headers();
  setTrailerStatus(headers, error);
  correctGrpcMessage(headers);
  const trailers = Object.fromEntries(headers);
  knownTrailers.set(error, trailers);
  return trailers;
}

async function serveUnusual(
  exchange: Exchange,
  body: Buffer,
  handler: UniversalHandler | undefined,
  pipeline: CallPipeline,
): Promise<void> {
  const { stream, headers, path, call } = exchange;
  if (handler === undefined) {
    throw new Error(`${path} has a method but no handler`);
  }
  const controller = new AbortController();
  stream.once("close", () => controller.abort());
  const request = {
    httpVersion: "2.0",
    method: "POST",
    url: `http://localhost${path}`,
    header: toHeaders(headers),
    body: only(body),
    signal: controller.signal,
    contextValues: createContextValues().set(callKey, call),
  };
  const answer = await callHandler(handler, request, call, pipeline);
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
  }
  correctGrpcMessage(answer.trailer ?? new Headers());
  exchange.grpcStatus = Number(answer.trailer?.get("grpc-status") ?? 0);
  if (!stream.closed) {
    respond(stream, answer, Buffer.concat(chunks), {
      "x-request-id": call.record.requestId,
      ...call.answerHeaders,
    });
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

function ignore(): void {
  // Holds nothing, since a stream holds its listeners for long.
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) {
    yield bytes;
  }
}
