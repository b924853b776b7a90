import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest, IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { universalResponseToNodeResponse } from "@connectrpc/connect-node";

/** A request of HTTP/1.1 or HTTP/2. */
export type HttpRequest = IncomingMessage | Http2ServerRequest;

/** A response of either version; the types of Node's two have no common signatures to call. */
export type HttpResponse = Parameters<typeof universalResponseToNodeResponse>[1] & {
  end(body?: Uint8Array): unknown;
};

/**
 * Answers a request of HTTP/2 on its bare stream, without the objects that make it look like one of
 * HTTP/1.1; returns false for requests that it leaves to the `HttpHandler`.
 */
export type StreamHandler = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => boolean;
