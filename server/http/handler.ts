import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { universalResponseToNodeResponse } from "@connectrpc/connect-node";

/** A request of HTTP/1.1 or HTTP/2. */
export type HttpRequest = IncomingMessage | Http2ServerRequest;

/** A response of either version; the types of Node's two have no common signatures to call. */
export type HttpResponse = Parameters<typeof universalResponseToNodeResponse>[1] & {
  end(body?: Uint8Array): unknown;
};

/** Answers a request of either version. */
export type HttpHandler = (request: HttpRequest, response: HttpResponse) => void;
