/**
 * Unary gRPC calls as nearly all of them are: one uncompressed message over HTTP/2. Everything else
 * (other protocols, streams, compression, frames that are cut or doubled, messages that can't be
 * read) is Connect's, who is handed what was read so far.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { fromBinary, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { parseTimeout, setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { AppContext } from "#server/context.ts";
import { type CallRecord, callRecordKey } from "#server/rpc/call-record.ts";
import { encodeBinary } from "#server/rpc/codec/binary-encoder.ts";
import type { MessageLike } from "#server/rpc/codec/compile.ts";
import { toConnectError } from "#server/rpc/errors.ts";
import { callUnary, toHeaders, UnaryCall, type UnaryMethod } from "#server/rpc/unary.ts";
import type { StreamHandler } from "./handler.ts";
import { beginRecord, writeLine } from "./request-log.ts";

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
  record: CallRecord;
  /** Of the answer, for the log. */
  grpcStatus: number;
};

/** Serves these methods; the handlers are those of the same methods and take what is unusual. */
export function createGrpcUnary(
  { config, log }: AppContext,
  methods: ReadonlyMap<string, UnaryMethod>,
  handlers: readonly UniversalHandler[],
): StreamHandler {
  const universal = new Map(handlers.map((handler) => [handler.requestPath, handler]));
  return (stream, headers) => {
    const path = headers[":path"] ?? "";
    const unary = methods.get(path);
    if (unary === undefined || !isPlainGrpc(headers)) {
      return false;
    }
    const record = beginRecord(headers);
    const exchange: Exchange = { stream, headers, path, unary, record, grpcStatus: 0 };
    stream.once("close", () => logCall(exchange));
    // The stream is closed with an error if the client resets it; the log line says that it left.
    stream.on("error", () => {});
    readBody(stream, FRAME_HEADER_BYTES + config.maxRequestBytes, (body) => {
      serve(exchange, body).catch((error: unknown) => {
        record.error ??= error;
        endWithStatus(exchange, new ConnectError("internal error", Code.Internal));
      });
    });
    return true;
  };

  async function serve(exchange: Exchange, body: Buffer | undefined): Promise<void> {
    const { unary, headers, path, record } = exchange;
    if (body === undefined) {
      const message = `message size is larger than configured readMaxBytes ${config.maxRequestBytes}`;
      endWithStatus(exchange, new ConnectError(message, Code.ResourceExhausted));
      return;
    }
    const timeout = parseTimeout(headers["grpc-timeout"]?.toString() ?? null, config.maxTimeoutMs);
    const request = timeout.error === undefined ? readMessage(unary, body) : undefined;
    if (request === undefined) {
      await serveUnusual(exchange, body, universal.get(path));
      return;
    }
    const call = new UnaryCall({
      method: unary.method,
      protocolName: "grpc",
      requestMethod: "POST",
      url: `http://${headers[":authority"]}${path}`,
      headers,
      timeoutMs: timeout.timeoutMs,
      record,
    });
    try {
      const answer = await callUnary(unary, request, call, config.logQueryChars);
      endWithMessage(exchange, toFrame(unary, answer), call);
    } catch (error) {
      record.error ??= error;
      endWithStatus(exchange, toConnectError(error), call);
    } finally {
      call.abort(new ConnectError("the call is over", Code.Canceled));
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

  function logCall({ stream, path, record, grpcStatus }: Exchange): void {
    writeLine(log, record, {
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

/** Collects the body; undefined if it is too large, whose rest is then read and forgotten. */
function readBody(
  stream: ServerHttp2Stream,
  sizeBytesMax: number,
  done: (body: Buffer | undefined) => void,
): void {
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
      done(undefined);
    } else {
      chunks.push(chunk);
    }
  });
  stream.on("end", () => {
    if (!isTooLarge && !stream.aborted) {
      const [only] = chunks;
      done(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    }
  });
}

/** The message, if the body is one frame that has nothing unusual about it. */
function readMessage({ method }: UnaryMethod, body: Buffer): Message | undefined {
  const isPlain =
    body.length >= FRAME_HEADER_BYTES &&
    body[0] === 0 &&
    body.readUInt32BE(1) === body.length - FRAME_HEADER_BYTES;
  if (!isPlain) {
    return undefined;
  }
  try {
    return fromBinary(method.input, body.subarray(FRAME_HEADER_BYTES));
  } catch {
    // Connect will find the same, and answers it.
    return undefined;
  }
}

function endWithMessage(
  { stream, headers, record }: Exchange,
  frame: Buffer,
  call: UnaryCall,
): void {
  if (stream.closed) {
    return;
  }
  stream.respond(
    {
      ":status": 200,
      "content-type": headers["content-type"],
      "x-request-id": record.requestId,
      ...call.setHeaders(),
    },
    trailersFollow,
  );
  const trailers = { "grpc-status": "0", ...call.setTrailers() };
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(frame);
}

/** Answers with an error alone: everything in one frame of headers. */
function endWithStatus(exchange: Exchange, error: ConnectError, call?: UnaryCall): void {
  const { stream, headers, record } = exchange;
  exchange.grpcStatus = error.code;
  record.error ??= error;
  if (stream.closed || stream.headersSent) {
    return;
  }
  const trailer = new Headers(call?.setTrailers());
  setTrailerStatus(trailer, error);
  const custom = call?.setHeaders() ?? {};
  const base = {
    ":status": 200,
    "content-type": headers["content-type"],
    "x-request-id": record.requestId,
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
  const { stream, headers, path, record } = exchange;
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
    contextValues: createContextValues().set(callRecordKey, record),
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
  }
  exchange.grpcStatus = Number(answer.trailer?.get("grpc-status") ?? 0);
  if (!stream.closed) {
    respond(stream, answer, Buffer.concat(chunks), { "x-request-id": record.requestId });
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
