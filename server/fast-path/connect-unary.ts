/**
 * Unary calls of the Connect protocol as nearly all of them are: JSON or binary, by POST or GET,
 * uncompressed. What is unusual, or can't be read, is left to Connect, which knows what to say.
 */
import type { OutgoingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Message } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJsonBytes } from "@connectrpc/connect/protocol-connect";
import type { Config } from "#server/config.ts";
import type { Call } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import { UNKNOWN_FIELDS_HEADER, unknownFieldsHeader } from "#server/rpc/connect-handler.ts";
import type { Codec, EncodedAnswer } from "#server/rpc/encoded-method.ts";
import { apiError } from "#server/rpc/errors.ts";
import { decodeText, readBinaryMessage, readJsonMessage } from "#server/rpc/read-message.ts";
import { callUnary, UnaryContext, type UnaryMethod } from "#server/rpc/unary.ts";
import { acceptsEncoding, COMPRESS_BYTES_MIN, COMPRESS_LEVEL } from "./accept-encoding.ts";
import { encodeBinary } from "./codec/binary-encoder.ts";
import type { JsonEncoder } from "./codec/json-encoder.ts";
import { discardBody } from "./discard-body.ts";
import type { HttpRequest, HttpResponse } from "./exchange.ts";

const compress = promisify(gzip);

export type ConnectExchange = {
  request: HttpRequest;
  response: HttpResponse;
  /** Already admitted. */
  call: Call;
  unary: UnaryMethod;
  /** Headers that say how the answer may be cached, if it is one that may be. */
  cacheHeaders: OutgoingHttpHeaders | undefined;
  pipeline: CallPipeline;
  config: Config;
  jsonEncoder: JsonEncoder;
};

/** Serves the call, unless there is something unusual about it: nothing of it was read then. */
export async function serveConnectUnary(exchange: ConnectExchange): Promise<"untouched" | "done"> {
  const { request, call, config } = exchange;
  if (call.timeout.error !== undefined) {
    return "untouched";
  }
  if (request.method !== "POST") {
    const input = readQuery(request.url ?? "");
    if (input === undefined) {
      return "untouched";
    }
    await answer(exchange, input.bytes, input.isBinary);
    return "done";
  }
  const isBinary = plainBodyType(request, config.maxRequestBytes);
  if (isBinary === undefined) {
    return "untouched";
  }
  const body = await readBody(request, config.maxRequestBytes);
  if (body === "gone") {
    return "done";
  }
  if (body === "too large") {
    const message = `message size is larger than configured readMaxBytes ${config.maxRequestBytes}`;
    await answer(exchange, apiError("MESSAGE_TOO_LARGE", message), isBinary);
    discardBody(request, () => request.destroy());
    return "done";
  }
  await answer(exchange, body, isBinary);
  return "done";
}

/** Answers a call, or with the error that kept it from being one. */
async function answer(
  exchange: ConnectExchange,
  input: Uint8Array | ConnectError,
  isBinary: boolean,
): Promise<void> {
  const { request, call, unary, pipeline } = exchange;
  const context = new UnaryContext(
    call,
    request.method === "POST" ? "POST" : "GET",
    () => `http://${request.headers.host ?? "localhost"}${request.url}`,
  );
  call.record.protocol = "connect";
  try {
    if (input instanceof ConnectError) {
      throw input;
    }
    const encoded =
      unary.encoded === undefined
        ? await answerMessage(exchange, context, input, isBinary)
        : await unary.encoded(call, codecFor(exchange, isBinary), input);
    if (encoded instanceof ConnectError) {
      writeError(exchange, pipeline.translate(encoded, call.record), ownHeaders(context));
      return;
    }
    write(exchange, encoded, isBinary);
  } catch (reason) {
    writeError(exchange, pipeline.translate(reason, call.record), ownHeaders(context));
  }
}

/** What the method has set; trailers of unary calls are sent as headers. */
function ownHeaders(context: UnaryContext): Record<string, string> {
  const trailers = Object.entries(context.setTrailers());
  const asHeaders = trailers.map(([name, value]) => [`trailer-${name}`, value]);
  return { ...context.setHeaders(), ...Object.fromEntries(asHeaders) };
}

/** How the answer is to be written for this caller. */
function codecFor({ request }: ConnectExchange, isBinary: boolean): Codec {
  const isCompressible = acceptsEncoding(request.headers["accept-encoding"], "gzip");
  return `${isBinary ? "proto" : "json"}${isCompressible ? "+gzip" : ""}`;
}

/** The answer of a method that takes messages. */
async function answerMessage(
  exchange: ConnectExchange,
  context: UnaryContext,
  input: Uint8Array,
  isBinary: boolean,
): Promise<EncodedAnswer> {
  const { request, unary, pipeline, config, jsonEncoder } = exchange;
  const output = await callUnary(unary, parse(exchange, isBinary, input), context, pipeline);
  const { output: schema } = unary.method;
  const bytes = isBinary
    ? encodeBinary(schema, output)
    : Buffer.from(jsonEncoder.encode(schema, output));
  if (bytes.length > config.maxResponseBytes) {
    const problem = `message size ${bytes.length} is larger than configured writeMaxBytes ${config.maxResponseBytes}`;
    throw apiError("MESSAGE_TOO_LARGE", problem);
  }
  const isCompressed =
    bytes.length >= COMPRESS_BYTES_MIN &&
    acceptsEncoding(request.headers["accept-encoding"], "gzip");
  const body = isCompressed ? await compress(bytes, { level: COMPRESS_LEVEL }) : bytes;
  return { body, headers: ownHeaders(context), isCompressed };
}

function write(
  { response, call, cacheHeaders }: ConnectExchange,
  { body, headers, isCompressed }: EncodedAnswer,
  isBinary: boolean,
): void {
  const unknown = unknownFieldsHeader(call);
  response.writeHead(200, {
    "content-type": isBinary ? "application/proto" : "application/json",
    "content-length": body.length,
    ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    ...(unknown === undefined ? {} : { [UNKNOWN_FIELDS_HEADER]: unknown }),
    // A method that says how its answer may be kept knows better.
    ...(headers["cache-control"] === undefined ? cacheHeaders : {}),
    ...headers,
  });
  response.end(body);
}

function writeError(
  { response, call, jsonEncoder }: ConnectExchange,
  error: ConnectError,
  headers: Readonly<Record<string, string>>,
): void {
  const body = errorBody(error, jsonEncoder);
  const unknown = unknownFieldsHeader(call);
  response.writeHead(codeToHttpStatus(error.code), {
    "content-type": "application/json",
    "content-length": body.length,
    ...(unknown === undefined ? {} : { [UNKNOWN_FIELDS_HEADER]: unknown }),
    ...headers,
    ...withoutProtocolHeaders(error.metadata),
  });
  response.end(body);
}

/** Of errors, some of which are made once and answered thousands of times a second. */
const knownBodies = new WeakMap<ConnectError, Uint8Array>();

function errorBody(error: ConnectError, jsonEncoder: JsonEncoder): Uint8Array {
  const known = knownBodies.get(error);
  if (known !== undefined) {
    return known;
  }
  const body = errorToJsonBytes(error, jsonEncoder.options);
  knownBodies.set(error, body);
  return body;
}

/** Whether a body to read is binary or JSON; undefined if there is something unusual about it. */
function plainBodyType({ headers }: HttpRequest, sizeBytesMax: number): boolean | undefined {
  const isPlain =
    headers["content-encoding"] === undefined &&
    Number(headers["content-length"] ?? 0) <= sizeBytesMax;
  if (!isPlain) {
    return undefined;
  }
  switch (headers["content-type"]) {
    case "application/json":
      return false;
    case "application/proto":
      return true;
    default:
      return undefined;
  }
}

/** The body; "gone" if the caller left before it was complete. What is too large is read and lost. */
function readBody(
  request: HttpRequest,
  sizeBytesMax: number,
): Promise<Buffer | "gone" | "too large"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= sizeBytesMax) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        resolve("too large");
      }
    });
    request.once("end", () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    // Comes after "end", too, when nothing waits for it any more.
    request.once("close", () => resolve("gone"));
    request.once("error", () => resolve("gone"));
  });
}

/** What a method has put on its error; it can't change what belongs to the protocol. */
function withoutProtocolHeaders(metadata: Headers): Record<string, string> {
  const own = [...metadata].filter(([name]) => !/^(content-|connect-|trailer-)/.test(name));
  return Object.fromEntries(own);
}

/** The message of a GET; undefined if it is missing or there is something unusual about it. */
function readQuery(url: string): { isBinary: boolean; bytes: Uint8Array } | undefined {
  const parameters = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const encoding = parameters.get("encoding");
  const message = parameters.get("message");
  const isPlain =
    (encoding === "json" || encoding === "proto") &&
    message !== null &&
    !parameters.has("compression");
  if (!isPlain) {
    return undefined;
  }
  const isBase64 = parameters.get("base64") === "1";
  if (isBase64 && !/^[\w+/-]*={0,2}$/.test(message)) {
    return undefined;
  }
  return {
    isBinary: encoding === "proto",
    bytes: Buffer.from(message, isBase64 ? "base64url" : "utf8"),
  };
}

function parse(
  { unary: { method }, call, jsonEncoder }: ConnectExchange,
  isBinary: boolean,
  bytes: Uint8Array,
): Message {
  return isBinary
    ? readBinaryMessage(method.input, bytes)
    : readJsonMessage(method.input, decodeText(bytes), jsonEncoder.options, call.unknownFields);
}
