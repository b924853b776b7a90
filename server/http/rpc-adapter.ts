/**
 * Takes RPCs from Node's HTTP server to the fast paths or to Connect's handlers, and back.
 *
 * The library's own `connectNodeAdapter` answers what is not an RPC with empty bodies, knows no
 * caching, and writes failures to the console.
 */
import { type ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import type { AppContext } from "#server/context.ts";
import { JsonEncoder } from "#server/fast-path/codec/json-encoder.ts";
import { serveConnectUnary } from "#server/fast-path/connect-unary.ts";
import { discardBody } from "#server/fast-path/discard-body.ts";
import { correctTrailerFrame } from "#server/fast-path/grpc-message.ts";
import { createGrpcUnary } from "#server/fast-path/grpc-unary.ts";
import { normalEncoding, normaliseHeaders } from "#server/fast-path/normal-headers.ts";
import { SocketPeer } from "#server/fast-path/peer.ts";
import { Call, callKey } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { callHandler } from "#server/rpc/connect-handler.ts";
import { apiError } from "#server/rpc/errors.ts";
import type { JsonOptions } from "#server/rpc/read-message.ts";
import { createRouter, jsonOptions } from "#server/rpc/router.ts";
import type { ServedService } from "#server/rpc/routes.ts";
import { timeoutHeader } from "#server/rpc/timeout.ts";
import { type UnaryMethod, unaryMethods } from "#server/rpc/unary.ts";
import { answerError, tellCaller } from "./answer.ts";
import type { CachePolicy, HttpCache } from "./cache.ts";
import { fromBase64, isGrpcWebText, toGrpcWebText } from "./grpc-web-text.ts";
import type { HttpRequest, HttpResponse, StreamHandler } from "./handler.ts";
import { explainRefusal } from "./refusals.ts";
import { hasPrefixes, wholeMessages } from "./whole-messages.ts";
import { writeAnswer } from "./write-answer.ts";

export type RpcAdapter = {
  /** Answers if the path is that of an RPC; returns whether it is. */
  serve(request: HttpRequest, response: HttpResponse, path: string, record: CallRecord): boolean;
  /** Is to be asked first about requests of HTTP/2. */
  streamHandler: StreamHandler;
  /** Paths of all RPCs, e.g. "/bookfinder.v1.BookService/SearchBooks". */
  paths: readonly string[];
  /** The unary methods, by path. */
  methods: ReadonlyMap<string, UnaryMethod>;
  /** For the Allow header; undefined if the path is not that of an RPC. */
  allowOf(path: string): string | undefined;
  /** Whether a caller may go on sending messages there for as long as it likes. */
  isStream(path: string): boolean;
};

export type RpcAdapterOptions = Pick<AppContext, "config" | "log"> & {
  services: readonly ServedService[];
  pipeline: CallPipeline;
  cache: HttpCache;
  json?: JsonOptions;
};

type Adapter = Pick<RpcAdapterOptions, "config" | "pipeline" | "cache"> & {
  methods: ReadonlyMap<string, UnaryMethod>;
  jsonEncoder: JsonEncoder;
};

type Exchange = {
  handler: UniversalHandler;
  request: HttpRequest;
  response: HttpResponse;
  call: Call;
};

/** Serves these services. */
export function createRpcAdapter(options: RpcAdapterOptions): RpcAdapter {
  const { services, pipeline, cache, config, log, json = jsonOptions(config) } = options;
  const router = createRouter(services, pipeline, config, json);
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  const allowed = new Map(
    router.handlers.map((handler) => [handler.requestPath, allowedMethods(handler).join(", ")]),
  );
  const methods = unaryMethods(services);
  const isFast = config.fastPath === "on";
  const adapter: Adapter = {
    config,
    pipeline,
    cache,
    methods: isFast ? methods : new Map(),
    jsonEncoder: new JsonEncoder(json),
  };
  return {
    paths: [...handlers.keys()],
    methods,
    streamHandler: isFast
      ? createGrpcUnary({ config, log, pipeline, methods, handlers })
      : () => false,
    isStream(path) {
      const kind = handlers.get(path)?.method.methodKind;
      return kind === "client_streaming" || kind === "bidi_streaming";
    },
    allowOf: (path) => allowed.get(path),
    serve(request, response, path, record) {
      const handler = handlers.get(path);
      if (handler === undefined) {
        return false;
      }
      normaliseHeaders(request.headers);
      // A browser must not guess that JSON is a page.
      response.setHeader("x-content-type-options", "nosniff");
      const call = new Call({
        method: handler.method,
        protocol: protocolOf(request),
        headers: request.headers,
        peer: () => new SocketPeer(() => request.socket),
        record,
        maxTimeoutMs: config.maxTimeoutMs,
      });
      response.once("close", () => call.end());
      serveCall({ handler, request, response, call }, adapter).catch((error: unknown) => {
        record.error ??= error;
        if (response.headersSent) {
          response.destroy();
        } else {
          answerError(response, 500, "internal", "internal error");
        }
      });
      return true;
    },
  };
}

async function serveCall(exchange: Exchange, adapter: Adapter): Promise<void> {
  const { handler, request, response, call } = exchange;
  const { cache, config, methods, pipeline, jsonEncoder } = adapter;
  await pipeline.admit(call)?.catch(() => {});
  tellCaller(response, call);
  if (!call.isAdmitted) {
    // Connect asks again at its gate, before it reads anything, and says why not in the caller's
    // protocol.
    await serveUniversal(exchange, undefined, adapter);
    return;
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  const refusal = call.protocol === "connect" ? refuseVersion(request, isRead) : undefined;
  if (refusal !== undefined) {
    call.refusal = pipeline.translate(refusal, call.record);
    await serveUniversal(exchange, undefined, adapter);
    return;
  }
  const policy =
    isRead && handler.allowedMethods.includes("GET")
      ? await cache(request, response, call.principal)
      : undefined;
  if (policy?.isUnchanged) {
    response.writeHead(304, policy.headers);
    response.end();
    return;
  }
  const unary = policy !== undefined || !isRead ? methods.get(handler.requestPath) : undefined;
  const cacheHeaders = policy?.headers;
  const leftover =
    unary === undefined
      ? "untouched"
      : await serveConnectUnary({
          request,
          response,
          call,
          unary,
          cacheHeaders,
          pipeline,
          config,
          jsonEncoder,
        });
  if (leftover !== "done") {
    await serveUniversal(exchange, policy, adapter);
  }
}

/** Serves a call with Connect. */
async function serveUniversal(
  { handler, request, response, call }: Exchange,
  policy: CachePolicy | undefined,
  { config, pipeline }: Adapter,
): Promise<void> {
  const host = "authority" in request ? request.authority : request.headers.host;
  if (!URL.canParse(`http://${host}`)) {
    answerError(response, 400, "invalid_argument", "The host that the request names is none");
    return;
  }
  discardRest(request, response);
  const values = createContextValues().set(callKey, call);
  const universal = universalRequestFromNodeRequest(request, response, undefined, values);
  capTimeout(universal.header, call);
  const isText = isGrpcWebText(request.headers);
  if (isText) {
    universal.header.set("content-type", "application/grpc-web+proto");
  }
  const arriving = request.iterator({ destroyOnReturn: false });
  const bytes = isText ? fromBase64(arriving) : arriving;
  const input = {
    ...universal,
    // Who stops reading a message that is too long must still be able to say so: the library's own
    // iterator would reset an HTTP/2 stream before the answer is out.
    body: hasPrefixes(request.headers["content-type"])
      ? wholeMessages(bytes, config.maxRequestBytes)
      : bytes,
    url: universal.url.replace(/(?<=[?&]compression=)[^&#]*/, normalEncoding),
    // A HEAD is a GET whose body Node leaves out.
    ...(request.method === "HEAD" ? { method: "GET" } : {}),
  };
  const answer = await callHandler(handler, input, call, pipeline);
  if (call.protocol === "grpc-web" && answer.body !== undefined) {
    answer.body = correctTrailerFrame(answer.body);
  }
  if (isText) {
    toGrpcWebText(answer);
  }
  if (answer.body === undefined && answer.status >= 400) {
    const { status, code, message, headers } = explainRefusal(handler, request, answer.status);
    const allow = status === 405 ? { allow: allowedMethods(handler).join(", ") } : {};
    answerError(response, status, code, message, { ...headers, ...allow });
    return;
  }
  if (policy !== undefined && answer.status === 200 && !answer.header?.has("cache-control")) {
    addHeaders(answer, policy);
  }
  const kind = handler.method.methodKind;
  await writeAnswer(answer, response, kind === "server_streaming" || kind === "bidi_streaming");
}

/** Connect parses the header again; what it reads there is what the call was given. */
function capTimeout(header: Headers, { protocol, timeout: { timeoutMs, isCapped } }: Call): void {
  if (isCapped === true) {
    const name = timeoutHeader(protocol);
    header.set(name, name === "grpc-timeout" ? `${timeoutMs}m` : String(timeoutMs));
  }
}

/** A later version of Connect's protocol may mean something else by the same bytes. */
function refuseVersion(request: HttpRequest, isRead: boolean): ConnectError | undefined {
  const version = isRead
    ? new URLSearchParams(request.url?.split("?")[1]).get("connect")?.replace(/^v/, "")
    : request.headers["connect-protocol-version"]?.toString();
  return version === undefined || version === "1"
    ? undefined
    : apiError("PROTOCOL_UNSUPPORTED", `connect-protocol-version must be "1", not "${version}"`);
}

function protocolOf({ headers }: HttpRequest): "grpc" | "grpc-web" | "connect" {
  const type = headers["content-type"]?.toLowerCase() ?? "";
  if (type.startsWith("application/grpc-web")) {
    return "grpc-web";
  }
  return type.startsWith("application/grpc") ? "grpc" : "connect";
}

function allowedMethods({ allowedMethods: methods }: UniversalHandler): string[] {
  return methods.includes("GET")
    ? ["GET", "HEAD", ...methods.filter((name) => name !== "GET"), "OPTIONS"]
    : [...methods, "OPTIONS"];
}

/**
 * Reads and forgets what the client still sends after the answer. The next request on an HTTP/1.1
 * connection comes behind it, so it would never be heard; an HTTP/2 stream would never end.
 */
function discardRest(request: HttpRequest, response: HttpResponse): void {
  // A response of HTTP/2 "finishes" only when its stream is closed: too late.
  const written = "stream" in request ? request.stream : response;
  written.once("finish", () => discardBody(request, () => request.destroy()));
}

function addHeaders(answer: UniversalServerResponse, { headers }: CachePolicy): void {
  for (const [name, value] of Object.entries(headers)) {
    answer.header?.set(name, String(value));
  }
}
