/** Serves REST routes: what they share, so that a route says only what it is. */
import type { JsonValue, Message } from "@bufbuild/protobuf";
import { codeToHttpStatus } from "@connectrpc/connect/protocol-connect";
import type { Config } from "#server/config.ts";
import { acceptsEncoding } from "#server/fast-path/accept-encoding.ts";
import { discardBody } from "#server/fast-path/discard-body.ts";
import { SocketPeer } from "#server/fast-path/peer.ts";
import { Call } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { UNKNOWN_FIELDS_HEADER, unknownFieldsHeader } from "#server/rpc/connect-handler.ts";
import { apiError } from "#server/rpc/errors.ts";
import { callStreaming, type StreamingMethod } from "#server/rpc/streaming.ts";
import { callUnary, pathOf, UnaryContext, type UnaryMethod } from "#server/rpc/unary.ts";
import {
  answerCompressed,
  answerConnectError,
  answerError,
  answerJson,
  tellCaller,
} from "../answer.ts";
import type { HttpCache } from "../cache.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { isUnchanged } from "./conditional.ts";
import { readJsonLines, writeJsonLines } from "./json-lines.ts";
import { answerProblem, answerStatusProblem, problemDetails } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { httpMethods, type RestOperation, type RestRequest, type RestRoute } from "./rest-route.ts";

export type RestServerOptions = {
  routes: readonly RestRoute[];
  /** By path. */
  methods: ReadonlyMap<string, UnaryMethod>;
  /** By path. */
  streams: ReadonlyMap<string, StreamingMethod>;
  pipeline: CallPipeline;
  cache: HttpCache;
  config: Config;
};

export type RestServer = {
  /** What can be done at a path; undefined if it is not one of REST. */
  find(path: string): FoundRoute | undefined;
  /** True if a call at this path may go on as long as its caller likes. */
  isStream(path: string): boolean;
  /** Answers; rejects with what is nobody's fault but ours. */
  serve(
    found: FoundRoute,
    request: HttpRequest,
    response: HttpResponse,
    search: string,
    record: CallRecord,
  ): Promise<void>;
};

export type FoundRoute = {
  route: RestRoute;
  pathValues: RestRequest["pathValues"];
  /** For the Allow header. */
  allow: string;
};

/** Serves these routes. */
export function createRestServer(options: RestServerOptions): RestServer {
  const compiled = options.routes.map((route) => ({
    route,
    allow: allowOf(route),
    names: [...route.path.matchAll(/(?<!\\):(\w+)/g)].map(([, name = ""]) => name),
    // Most routes are one path; those need no pattern.
    pattern: /[:*({]/.test(route.path) ? new URLPattern({ pathname: route.path }) : undefined,
  }));
  // A stream's path has no values in it.
  const streamPaths = new Set(
    compiled
      .filter(({ route }) => httpMethods.some((name) => isStreaming(route[name])))
      .map(({ route }) => route.path.replaceAll("\\", "")),
  );
  return {
    find(path) {
      const pathname = normalPath(path);
      for (const { route, allow, names, pattern } of compiled) {
        if (pattern === undefined ? route.path === pathname : pattern.test({ pathname })) {
          const groups = pattern?.exec({ pathname })?.pathname.groups ?? {};
          // In the order of the path, which the pattern's own result does not keep.
          const values = names.map((name) => [name, decoded(groups[name] ?? "")]);
          return { route, allow, pathValues: Object.fromEntries(values) };
        }
      }
      return undefined;
    },
    isStream(path) {
      const [pathname = ""] = path.split("?", 1);
      return streamPaths.has(normalPath(pathname));
    },
    async serve(found, request, response, search, record) {
      const operation = operationOf(found.route, request.method);
      if (operation === undefined) {
        const path = request.url?.split("?", 1)[0];
        const allowed = found.allow.replace(", OPTIONS", "");
        const message = `${path} takes ${allowed}, not ${request.method}`;
        const answerWith = isOfApi(found.route.path) ? answerStatusProblem : answerError;
        answerWith(response, 405, "unimplemented", message, { allow: found.allow });
        return;
      }
      // Probes of health would drown what people do.
      if (!operation.rpc.parent.typeName.startsWith("grpc.")) {
        record.protocol = "rest";
      }
      const call = new Call({
        method: operation.rpc,
        protocol: "rest",
        headers: request.headers,
        peer: () => new SocketPeer(() => request.socket),
        record,
        maxTimeoutMs: options.config.maxTimeoutMs,
      });
      response.once("close", () => call.end());
      const target: RestRequest = {
        pathValues: found.pathValues,
        parameters: new URLSearchParams(search),
        headers: request.headers,
        body: undefined,
        unknownFields: call.unknownFields,
        ignoresUnknownFields: options.config.unknownFields === "ignore",
      };
      try {
        await serveOperation({ operation, call, request, response, target }, options);
      } catch (error) {
        const translated = options.pipeline.translate(error, record);
        const said = operation.toError?.(translated, target) ?? translated;
        const answerWith = isOfApi(found.route.path) ? answerProblem : answerConnectError;
        const names = unknownFieldsHeader(call);
        if (names !== undefined && !response.headersSent) {
          // What is missing may be there under a misspelt name.
          response.setHeader(UNKNOWN_FIELDS_HEADER, names);
        }
        answerWith(response, said);
        discardBody(request, () => request.destroy());
      }
    },
  };
}

/** Paths that were published before have the errors that they were published with. */
function isOfApi(path: string): boolean {
  return path.startsWith("/v1/");
}

/** A path without needless escapes: letters, digits, `-._~` and, here, colons mean the same in either form. */
function normalPath(path: string): string {
  return path.includes("%")
    ? path.replaceAll(/%(?:3a|2d|2e|5f|7e|3[0-9]|[46][1-9a-f]|[57][0-9a])/gi, decodeURIComponent)
    : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type RestCall = {
  operation: RestOperation;
  call: Call;
  request: HttpRequest;
  response: HttpResponse;
  target: RestRequest;
};

async function serveOperation(exchange: RestCall, options: RestServerOptions): Promise<void> {
  const { operation, call, request, response, target } = exchange;
  const { methods, pipeline, cache, config } = options;
  try {
    await pipeline.admit(call);
  } finally {
    tellCaller(response, call);
  }
  if (call.timeout.error !== undefined) {
    throw call.timeout.error;
  }
  if (isStreaming(operation)) {
    await serveStream(exchange, options);
    return;
  }
  const policy =
    operation.isCacheable === true ? await cache(request, response, call.principal) : undefined;
  if (policy?.isUnchanged === true) {
    response.writeHead(304, policy.headers);
    response.end();
    return;
  }
  const unary = methods.get(pathOf(operation.rpc));
  if (unary === undefined) {
    throw apiError("CALL_UNSUPPORTED", "There is no such method here");
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  const body: JsonValue | undefined = isRead
    ? undefined
    : await readJson(request, config.maxRequestBytes);
  const input = operation.toRequest({ ...target, body });
  const context = contextOf(exchange);
  const answer = operation.toAnswer(await callUnary(unary, input, context, pipeline));
  const headers = { ...context.setHeaders(), ...unknownFields(call), ...answer.headers };
  // A method that says how its answer may be kept knows better.
  const cacheHeaders = headers["cache-control"] === undefined ? policy?.headers : {};
  const allHeaders = { ...cacheHeaders, ...headers };
  const { etag } = allHeaders;
  if (isRead && typeof etag === "string" && isUnchanged(request.headers, etag)) {
    response.writeHead(304, allHeaders);
    response.end();
    return;
  }
  // A strong tag is of these very bytes, so what has one is sent as it is.
  const isCompressible =
    answer.headers?.["etag"] === undefined &&
    acceptsEncoding(request.headers["accept-encoding"], "gzip");
  const answerWith = isCompressible ? answerCompressed : answerJson;
  await answerWith(response, answer.status ?? 200, answer.body, allHeaders);
}

/** Answers with a stream of values, one on each line, or with one; a body of several requests is lines. */
async function serveStream(
  exchange: RestCall,
  { streams, pipeline, config }: RestServerOptions,
): Promise<void> {
  const { operation, call, request, response, target } = exchange;
  const streaming = streams.get(pathOf(operation.rpc));
  if (streaming === undefined) {
    throw apiError("CALL_UNSUPPORTED", "There is no such method here");
  }
  async function* requests(): AsyncGenerator<Message> {
    if (operation.rpc.methodKind === "server_streaming") {
      yield operation.toRequest(target);
      return;
    }
    for await (const body of readJsonLines(request, config.maxRequestBytes)) {
      yield operation.toRequest({ ...target, body });
    }
  }
  const messages = callStreaming(streaming, requests(), contextOf(exchange), pipeline);
  if (operation.rpc.methodKind === "client_streaming") {
    for await (const message of messages) {
      const { status = 200, body, headers } = operation.toAnswer(message);
      answerJson(response, status, body, { ...unknownFields(call), ...headers });
    }
    return;
  }
  async function* answers(): AsyncGenerator<JsonValue> {
    for await (const message of messages) {
      // An operation of a stream answers with JSON, as all transcoded ones do.
      yield operation.toAnswer(message).body as JsonValue;
    }
  }
  await writeJsonLines(response, answers(), unknownFields(call), (error) => {
    const translated = pipeline.translate(error, call.record);
    return { error: problemDetails(translated, codeToHttpStatus(translated.code)) };
  });
}

function contextOf({ call, request }: RestCall): UnaryContext {
  return new UnaryContext(
    call,
    request.method ?? "GET",
    () => `http://${request.headers.host ?? "localhost"}${request.url}`,
  );
}

function unknownFields(call: Call): Record<string, string> {
  const names = unknownFieldsHeader(call);
  return names === undefined ? {} : { [UNKNOWN_FIELDS_HEADER]: names };
}

function isStreaming(operation: RestOperation | undefined): boolean {
  return operation !== undefined && operation.rpc.methodKind !== "unary";
}

function operationOf(route: RestRoute, method: string | undefined): RestOperation | undefined {
  const name = method === "HEAD" ? "GET" : httpMethods.find((each) => each === method);
  return name === undefined ? undefined : route[name];
}

function allowOf(route: RestRoute): string {
  const names = httpMethods.filter((name) => route[name] !== undefined);
  return [...names.flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name])), "OPTIONS"].join(
    ", ",
  );
}
