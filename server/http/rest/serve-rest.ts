/** Serves REST routes: what they share, so that a route says only what it is. */
import type { JsonValue } from "@bufbuild/protobuf";
import type { Config } from "#server/config.ts";
import { discardBody } from "#server/fast-path/discard-body.ts";
import { SocketPeer } from "#server/fast-path/peer.ts";
import { Call } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { apiError } from "#server/rpc/errors.ts";
import { callUnary, pathOf, UnaryContext, type UnaryMethod } from "#server/rpc/unary.ts";
import { answerConnectError, answerError, answerJson } from "../answer.ts";
import { type HttpCache, matches } from "../cache.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { readJson } from "./read-json.ts";
import { httpMethods, type RestOperation, type RestRequest, type RestRoute } from "./rest-route.ts";

export type RestServerOptions = {
  routes: readonly RestRoute[];
  /** By path. */
  methods: ReadonlyMap<string, UnaryMethod>;
  pipeline: CallPipeline;
  cache: HttpCache;
  config: Config;
};

export type RestServer = {
  /** What can be done at a path; undefined if it is not one of REST. */
  find(path: string): FoundRoute | undefined;
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
    // Most routes are one path; those need no pattern.
    pattern: /[:*({]/.test(route.path) ? new URLPattern({ pathname: route.path }) : undefined,
  }));
  return {
    find(path) {
      for (const { route, allow, pattern } of compiled) {
        if (pattern === undefined ? route.path === path : pattern.test({ pathname: path })) {
          const pathValues = pattern?.exec({ pathname: path })?.pathname.groups ?? {};
          return { route, allow, pathValues };
        }
      }
      return undefined;
    },
    async serve(found, request, response, search, record) {
      const operation = operationOf(found.route, request.method);
      if (operation === undefined) {
        const path = request.url?.split("?", 1)[0];
        const allowed = found.allow.replace(", OPTIONS", "");
        const message = `${path} takes ${allowed}, not ${request.method}`;
        answerError(response, 405, "unimplemented", message, { allow: found.allow });
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
      const { pathValues } = found;
      const target = {
        pathValues,
        parameters: new URLSearchParams(search),
        headers: request.headers,
        body: undefined,
      };
      try {
        await serveOperation({ operation, call, request, response, target }, options);
      } catch (error) {
        const translated = options.pipeline.translate(error, record);
        answerConnectError(response, operation.toError?.(translated, target) ?? translated);
        discardBody(request, () => request.destroy());
      }
    },
  };
}

type RestCall = {
  operation: RestOperation;
  call: Call;
  request: HttpRequest;
  response: HttpResponse;
  target: RestRequest;
};

async function serveOperation(
  { operation, call, request, response, target }: RestCall,
  { methods, pipeline, cache, config }: RestServerOptions,
): Promise<void> {
  await pipeline.admit(call);
  if (call.timeout.error !== undefined) {
    throw call.timeout.error;
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
  const context = new UnaryContext(
    call,
    request.method ?? "GET",
    () => `http://${request.headers.host ?? "localhost"}${request.url}`,
  );
  const answer = operation.toAnswer(await callUnary(unary, input, context, pipeline));
  const headers = { ...context.setHeaders(), ...answer.headers };
  const { etag } = answer.headers ?? {};
  if (isRead && typeof etag === "string" && matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  // A method that says how its answer may be kept knows better.
  const cacheHeaders = headers["cache-control"] === undefined ? policy?.headers : {};
  answerJson(response, answer.status ?? 200, answer.body, { ...cacheHeaders, ...headers });
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
