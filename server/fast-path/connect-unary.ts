/**
 * Unary calls of the Connect protocol as nearly all of them are: JSON or binary, by POST or GET,
 * uncompressed. What is unusual, or can't be read, is left to Connect, which knows what to say.
 */
import type { OutgoingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { fromBinary, fromJsonString, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJsonBytes } from "@connectrpc/connect/protocol-connect";
import type { Config } from "#server/config.ts";
import type { Call } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import { callUnary, UnaryContext, type UnaryMethod } from "#server/rpc/unary.ts";
import { acceptsEncoding } from "./accept-encoding.ts";
import { encodeBinary } from "./codec/binary-encoder.ts";
import type { JsonEncoder } from "./codec/json-encoder.ts";
import { discardBody } from "./discard-body.ts";
import type { HttpRequest, HttpResponse } from "./exchange.ts";

/** Smaller answers are not worth compressing; the same as Connect's own. */
const COMPRESS_BYTES_MIN = 1024;
/** Half the time of zlib's default for a few percent more bytes. */
const COMPRESS_LEVEL = 4;

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

/** A body that was read, for Connect to look at; or nothing is left to do. */
export type Leftover = { body: Uint8Array } | "untouched" | "done";

/** Serves the call, unless there is something unusual about it. */
export async function serveConnectUnary(exchange: ConnectExchange): Promise<Leftover> {
  const { request, call, config } = exchange;
  if (call.timeout.error !== undefined) {
    return "untouched";
  }
  if (request.method !== "POST") {
    const input = readQuery(request.url ?? "");
    return input !== undefined && (await answerBytes(exchange, input.bytes, input.isBinary))
      ? "done"
      : "untouched";
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
    await answer(exchange, new ConnectError(message, Code.ResourceExhausted), isBinary);
    discardBody(request, () => request.destroy());
    return "done";
  }
  return (await answerBytes(exchange, body, isBinary)) ? "done" : { body };
}

/** Answers a call whose request is given as bytes; false, having done nothing, if they are unusual. */
async function answerBytes(
  exchange: ConnectExchange,
  bytes: Uint8Array,
  isBinary: boolean,
): Promise<boolean> {
  const { request, call, unary, pipeline } = exchange;
  if (unary.encoded === undefined) {
    const message = parse(exchange, isBinary, bytes);
    if (message !== undefined) {
      await answer(exchange, message, isBinary);
    }
    return message !== undefined;
  }
  const isCompressible = acceptsEncoding(request.headers["accept-encoding"], "gzip");
  const codec = isBinary ? "proto" : isCompressible ? "json+gzip" : "json";
  call.record.protocol = "connect";
  try {
    const encoded = await unary.encoded(call, codec, bytes);
    if (encoded !== undefined) {
      const { body, headers, isCompressed } = encoded;
      write(exchange, { status: 200, bytes: body, headers, isBinary, isCompressed });
    }
    return encoded !== undefined;
  } catch (error) {
    writeError(exchange, pipeline.translate(error, call.record));
    return true;
  }
}

/** Answers a call, or with the error that kept it from being one. */
async function answer(
  exchange: ConnectExchange,
  message: Message | ConnectError,
  isBinary: boolean,
): Promise<void> {
  const { request, call, unary, pipeline, config, jsonEncoder } = exchange;
  const context = new UnaryContext(
    call,
    request.method === "POST" ? "POST" : "GET",
    () => `http://${request.headers.host ?? "localhost"}${request.url}`,
  );
  call.record.protocol = "connect";
  let bytes: Uint8Array;
  try {
    if (message instanceof ConnectError) {
      throw message;
    }
    const output = await callUnary(unary, message, context, pipeline);
    const { output: schema } = unary.method;
    bytes = isBinary
      ? encodeBinary(schema, output)
      : Buffer.from(JSON.stringify(jsonEncoder.encode(schema, output)));
    if (bytes.length > config.maxResponseBytes) {
      throw new ConnectError(
        `message size ${bytes.length} is larger than configured writeMaxBytes ${config.maxResponseBytes}`,
        Code.ResourceExhausted,
      );
    }
  } catch (reason) {
    writeError(exchange, pipeline.translate(reason, call.record), trailersOf(context));
    return;
  }
  const isCompressed =
    bytes.length >= COMPRESS_BYTES_MIN &&
    acceptsEncoding(request.headers["accept-encoding"], "gzip");
  if (isCompressed) {
    bytes = await compress(bytes, { level: COMPRESS_LEVEL });
  }
  const headers = { ...context.setHeaders(), ...trailersOf(context) };
  write(exchange, { status: 200, bytes, headers, isBinary, isCompressed });
}

/** Trailers as Connect sends those of unary calls: as headers. */
function trailersOf(context: UnaryContext): Record<string, string> {
  const trailers = Object.entries(context.setTrailers());
  return Object.fromEntries(trailers.map(([name, value]) => [`trailer-${name}`, value]));
}

function writeError(
  exchange: ConnectExchange,
  error: ConnectError,
  more: Readonly<Record<string, string>> = {},
): void {
  const headers = { ...withoutProtocolHeaders(error.metadata), ...more };
  write(exchange, {
    status: codeToHttpStatus(error.code),
    bytes: errorToJsonBytes(error, exchange.jsonEncoder.options),
    headers,
    isBinary: false,
    isCompressed: false,
  });
}

type Written = {
  status: number;
  bytes: Uint8Array;
  headers: Readonly<Record<string, string>>;
  isBinary: boolean;
  isCompressed: boolean;
};

function write(
  { response, cacheHeaders }: ConnectExchange,
  { status, bytes, headers, isBinary, isCompressed }: Written,
): void {
  response.writeHead(status, {
    "content-type": isBinary ? "application/proto" : "application/json",
    "content-length": bytes.length,
    ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    ...(status === 200 ? cacheHeaders : {}),
    ...headers,
  });
  response.end(bytes);
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
    case "application/json; charset=utf-8":
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
function withoutProtocolHeaders(metadata: Headers | undefined): Record<string, string> {
  const own = [...(metadata ?? [])].filter(([name]) => !/^(content-|connect-|trailer-)/.test(name));
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
  { unary: { method }, jsonEncoder }: ConnectExchange,
  isBinary: boolean,
  bytes: Uint8Array,
): Message | undefined {
  try {
    return isBinary
      ? fromBinary(method.input, bytes)
      : fromJsonString(method.input, decoder.decode(bytes), jsonEncoder.options);
  } catch {
    // Connect will find the same, and answers it.
    return undefined;
  }
}

const decoder = new TextDecoder();
