/** Everything that is answered on the port, in the order in which it is looked for. */
import type { AppContext } from "#server/context.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { JsonEncoder } from "#server/rpc/codec/json-encoder.ts";
import { createRouter, jsonOptions } from "#server/rpc/router.ts";
import { routes } from "#server/rpc/routes.ts";
import { unaryMethods } from "#server/rpc/unary.ts";
import { answerError, answerJson } from "./answer.ts";
import { createHttpCache, type HttpCache } from "./cache.ts";
import { applyCors } from "./cors.ts";
import { createGrpcUnary } from "./grpc-unary.ts";
import type { HttpHandler, HttpRequest, HttpResponse, StreamHandler } from "./handler.ts";
import { refuseUnknownPath } from "./refusals.ts";
import { logRequest } from "./request-log.ts";
import { serveBestMatch } from "./rest-books.ts";
import { createRpcAdapter, type RpcAdapter } from "./rpc-adapter.ts";
import { loadPage, type Page, servePage } from "./static.ts";

type App = {
  context: AppContext;
  cache: HttpCache;
  rpc: RpcAdapter;
  /** Reads the page once it is there. */
  page: () => Page;
};

type Exchange = {
  request: HttpRequest;
  response: HttpResponse;
  path: string;
  /** The query string. */
  search: string;
  record: CallRecord;
};

/** What answers on the port: `streamHandler` is asked first about requests of HTTP/2. */
export type Handlers = { handler: HttpHandler; streamHandler: StreamHandler };

/** The handlers of all requests; `pageDir` is the folder of the built page. */
export function createApp(context: AppContext, pageDir: string): Handlers {
  const cache = createHttpCache(context);
  const { handlers } = createRouter(context);
  const methods = unaryMethods(routes(context));
  let page = loadPage(pageDir);
  const app: App = {
    context,
    cache,
    rpc: createRpcAdapter({
      handlers,
      methods,
      cache,
      config: context.config,
      jsonEncoder: new JsonEncoder(jsonOptions),
    }),
    page() {
      if (page.size === 0) {
        page = loadPage(pageDir);
      }
      return page;
    },
  };
  const handler: HttpHandler = (request, response) => {
    const { path, search } = splitTarget(request.url ?? "/");
    const record = logRequest(request, response, path, context.log);
    if (request.httpVersionMajor === 1 && !context.health.isServing) {
      // Draining: the connection ends with this answer instead of being cut later.
      response.setHeader("connection", "close");
    }
    serve(app, { request, response, path, search, record }).catch((error: unknown) => {
      record.error = error;
      if (response.headersSent) {
        response.destroy();
      } else {
        answerError(response, 500, "internal", "internal error");
      }
    });
  };
  return { handler, streamHandler: createGrpcUnary(context, methods, handlers) };
}

async function serve(app: App, exchange: Exchange): Promise<void> {
  const { request, response, path, record } = exchange;
  const { config, health } = app.context;
  if (applyCors(request, response, config.corsOrigins)) {
    return;
  }
  if (request.method === "OPTIONS") {
    response.writeHead(204, { allow: "GET, HEAD, POST, OPTIONS" });
    response.end();
    return;
  }
  if (app.rpc.serve(request, response, path, record)) {
    return;
  }
  switch (path) {
    case "/api/books":
      if (isRead(exchange)) {
        const parameters = new URLSearchParams(exchange.search);
        await serveBestMatch(app.context, request, response, parameters, app.cache);
      }
      return;
    case "/healthz":
      if (isRead(exchange)) {
        const status = health.isServing ? "SERVING" : "NOT_SERVING";
        answerJson(response, health.isServing ? 200 : 503, { status });
      }
      return;
  }
  if (!servePage(app.page(), request, response, path)) {
    refuseUnknownPath(request, response, path, app.rpc.paths);
  }
}

/** True for GET and HEAD; anything else is answered. */
function isRead({ request, response, path }: Exchange): boolean {
  if (request.method === "GET" || request.method === "HEAD") {
    return true;
  }
  const message = `${path} takes GET, not ${request.method}`;
  answerError(response, 405, "unimplemented", message, { allow: "GET, HEAD, OPTIONS" });
  return false;
}

/** Path and query string of a request target; proxies send it with scheme and host in front. */
function splitTarget(target: string): { path: string; search: string } {
  if (!target.startsWith("/") && URL.canParse(target)) {
    const { pathname, search } = new URL(target);
    return { path: pathname, search };
  }
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, search: "" }
    : { path: target.slice(0, mark), search: target.slice(mark) };
}
