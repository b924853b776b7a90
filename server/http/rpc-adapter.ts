/**
 * Takes RPCs from Node's HTTP server to Connect's handlers and back.
 *
 * The library's own `connectNodeAdapter` does the same in fewer lines, but answers what is not an RPC
 * with empty bodies, knows no caching, and writes failures to the console.
 */
import type { OutgoingHttpHeaders } from "node:http";
import { createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import type { Config } from "#server/config.ts";
import { type CallRecord, callRecordKey } from "#server/rpc/call-record.ts";
import type { JsonEncoder } from "#server/rpc/codec/json-encoder.ts";
import type { UnaryMethod } from "#server/rpc/unary.ts";
import { answerError } from "./answer.ts";
import type { CachePolicy, HttpCache } from "./cache.ts";
import { serveConnectUnary } from "./connect-unary.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";
import { explainRefusal } from "./refusals.ts";
import { writeAnswer } from "./write-answer.ts";

export type RpcAdapter = {
  /** Answers if the path is that of an RPC; returns whether it is. */
  serve(request: HttpRequest, response: HttpResponse, path: string, record: CallRecord): boolean;
  /** Paths of all RPCs, e.g. "/bookfinder.v1.BookService/SearchBooks". */
  paths: readonly string[];
};

export type RpcAdapterOptions = {
  /** Of a ConnectRouter. */
  handlers: readonly UniversalHandler[];
  /** The unary ones among the same methods, which are served without Connect where that is easy. */
  methods: ReadonlyMap<string, UnaryMethod>;
  cache: HttpCache;
  config: Config;
  jsonEncoder: JsonEncoder;
};

type Call = {
  handler: UniversalHandler;
  request: HttpRequest;
  response: HttpResponse;
  record: CallRecord;
};

/** Serves these methods. */
export function createRpcAdapter(options: RpcAdapterOptions): RpcAdapter {
  const byPath = new Map(options.handlers.map((handler) => [handler.requestPath, handler]));
  return {
    paths: [...byPath.keys()],
    serve(request, response, path, record) {
      const handler = byPath.get(path);
      if (handler === undefined) {
        return false;
      }
      serveCall({ handler, request, response, record }, options).catch((error: unknown) => {
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

async function serveCall(call: Call, options: RpcAdapterOptions): Promise<void> {
  const { handler, request, response, record } = call;
  const { cache, config, methods, jsonEncoder } = options;
  const isRead = request.method === "GET" || request.method === "HEAD";
  const policy =
    isRead && handler.allowedMethods.includes("GET") ? await cache(request, response) : undefined;
  if (policy?.isUnchanged) {
    response.writeHead(304, policy.headers);
    response.end();
    return;
  }
  const unary = policy !== undefined || !isRead ? methods.get(handler.requestPath) : undefined;
  const leftover =
    unary === undefined
      ? "untouched"
      : await serveConnectUnary({ request, response, record, unary, policy, config, jsonEncoder });
  if (leftover !== "done") {
    const body = leftover === "untouched" ? undefined : only(leftover.body);
    await serveUniversal(call, body, policy);
  }
}

/** Serves a call with Connect; `body` stands for a body that was read already. */
async function serveUniversal(
  { handler, request, response, record }: Call,
  body: AsyncIterable<Uint8Array> | undefined,
  policy: CachePolicy | undefined,
): Promise<void> {
  const host = "authority" in request ? request.authority : request.headers.host;
  if (!URL.canParse(`http://${host}`)) {
    answerError(response, 400, "invalid_argument", "The host that the request names is none");
    return;
  }
  discardRest(request, response);
  const values = createContextValues().set(callRecordKey, record);
  const answer = await handler({
    ...universalRequestFromNodeRequest(request, response, undefined, values),
    // Who stops reading a message that is too long must still be able to say so: the library's own
    // iterator would reset an HTTP/2 stream before the answer is out.
    body: body ?? request.iterator({ destroyOnReturn: false }),
    // A HEAD is a GET whose body Node leaves out.
    ...(request.method === "HEAD" ? { method: "GET" } : {}),
  });
  if (answer.body === undefined && answer.status >= 400) {
    const { status, code, message, headers } = explainRefusal(handler, request, answer.status);
    answerError(response, status, code, message, headers);
    return;
  }
  if (policy !== undefined && answer.status === 200 && !answer.header?.has("cache-control")) {
    addHeaders(answer, policy.headers);
  }
  const kind = handler.method.methodKind;
  await writeAnswer(answer, response, kind === "server_streaming" || kind === "bidi_streaming");
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/**
 * Reads and forgets what the client still sends after the answer. The next request on an HTTP/1.1
 * connection comes behind it, so it would never be heard; an HTTP/2 stream would never end.
 */
function discardRest(request: HttpRequest, response: HttpResponse): void {
  // A response of HTTP/2 "finishes" only when its stream is closed: too late.
  const written = "stream" in request ? request.stream : response;
  written.once("finish", () => {
    if (!request.readableEnded) {
      request.resume();
    }
  });
}

function addHeaders(answer: UniversalServerResponse, headers: OutgoingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    answer.header?.set(name, String(value));
  }
}
