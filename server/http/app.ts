/** Everything that is answered on the port, in the order in which it is looked for. */
import type { AppContext } from "#server/context.ts";
import { joinCredentials } from "#server/fast-path/normal-headers.ts";
import { type CallSteps, callSteps, createCallPipeline } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { type ServedService, servedServices } from "#server/rpc/routes.ts";
import { streamingMethods } from "#server/rpc/streaming.ts";
import { answerError } from "./answer.ts";
import { createHttpCache } from "./cache.ts";
import { applyCors } from "./cors.ts";
import { createDocsServer, type DocsServer } from "./docs/serve-docs.ts";
import type { HttpHandler, HttpRequest, HttpResponse, StreamHandler } from "./handler.ts";
import { isPageAddress } from "./page/page-document.ts";
import { createPageServer, type PageServer } from "./page/serve-page.ts";
import { createWellKnown, type WellKnownServer } from "./page/well-known.ts";
import { refuseToWrite, refuseUnknownPath } from "./refusals.ts";
import { logRequest } from "./request-log.ts";
import { restRoutes } from "./rest/rest-routes.ts";
import { createRestServer, type RestServer } from "./rest/serve-rest.ts";
import { createRpcAdapter, type RpcAdapter } from "./rpc-adapter.ts";
import { loadPage, type Page, serveFile } from "./static.ts";

type App = {
  context: AppContext;
  rpc: RpcAdapter;
  rest: RestServer;
  docs: DocsServer;
  pages: PageServer;
  wellKnown: WellKnownServer;
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
export type Handlers = {
  handler: HttpHandler;
  streamHandler: StreamHandler;
  isStream: (path: string) => boolean;
};

/**
 * The handlers of all requests.
 *
 * @param pageDir - The folder of the built page.
 * @param steps - What every call goes through.
 * @param services - What is served, and by whom.
 */
export function createApp(
  context: AppContext,
  pageDir: string,
  steps: CallSteps = callSteps(context),
  services: readonly ServedService[] = servedServices(context),
): Handlers {
  const { config, log } = context;
  const cache = createHttpCache(context);
  const pipeline = createCallPipeline(steps);
  const rpc = createRpcAdapter({ services, pipeline, cache, config, log });
  const { methods } = rpc;
  const streams = streamingMethods(services);
  const rest = createRestServer({ routes: restRoutes, methods, streams, pipeline, cache, config });
  let page = loadPage(pageDir);
  const calls = { methods, pipeline, config, catalog: context.catalog };
  const app: App = {
    context,
    rpc,
    rest,
    docs: createDocsServer(),
    pages: createPageServer({
      ...calls,
      index: () => app.page().get("/index.html")?.bodies.identity,
    }),
    wellKnown: createWellKnown(calls),
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
    if (request.httpVersionMajor === 1 && context.health.isStopping) {
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
  const isStream = (path: string) => rpc.isStream(path) || rest.isStream(path);
  return { handler, streamHandler: rpc.streamHandler, isStream };
}

async function serve(app: App, exchange: Exchange): Promise<void> {
  const { request, response, path, search, record } = exchange;
  const { config } = app.context;
  if (namesTwoHosts(request)) {
    // Whoever stands in front may have looked at the other one.
    answerError(response, 400, "invalid_argument", "The request names its host twice");
    return;
  }
  joinCredentials(request.headers, request.rawHeaders);
  const allowOfRpc = app.rpc.allowOf(path);
  const route = allowOfRpc === undefined ? app.rest.find(path) : undefined;
  const allow = allowOfRpc ?? route?.allow ?? "GET, HEAD, OPTIONS";
  if (applyCors(request, response, config.corsOrigins, allow)) {
    return;
  }
  if (request.method === "OPTIONS") {
    response.writeHead(204, { allow });
    response.end();
    return;
  }
  if (app.rpc.serve(request, response, path, record)) {
    return;
  }
  if (route !== undefined) {
    await app.rest.serve(route, request, response, search, record);
    return;
  }
  if (
    !app.docs.serve(request, response, path) &&
    !serveFile(app.page(), request, response, path) &&
    !(await app.wellKnown.serve(request, response, path, record)) &&
    !(await app.pages.serve(request, response, { path, search }, record))
  ) {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead && isReadable(app, path)) {
      refuseToWrite(request, response, path);
    } else {
      refuseUnknownPath(request, response, path, app.rpc.paths);
    }
  }
}

/** True for what a GET would be answered with, beside RPCs and REST. */
function isReadable({ docs, page, wellKnown }: App, path: string): boolean {
  return docs.has(path) || page().has(path) || wellKnown.has(path) || isPageAddress(path);
}

/** True for two Host headers, of which Node would take the first. HTTP/2 has refused them before. */
function namesTwoHosts({ rawHeaders, httpVersionMajor }: HttpRequest): boolean {
  if (httpVersionMajor > 1) {
    return false;
  }
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    count += name?.length === 4 && name.toLowerCase() === "host" ? 1 : 0;
  }
  return count > 1;
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
