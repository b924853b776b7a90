import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { DescMethod, JsonValue, Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { MessageLike } from "#server/rpc/unary.ts";

/** What a REST request says, besides who sends it. */
export type RestRequest = {
  /** Values of the path's `:names`, in their order. */
  pathValues: Readonly<Record<string, string | undefined>>;
  parameters: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed; undefined where the operation takes none. */
  body: JsonValue | undefined;
  /** Receives names that the schema does not have. */
  unknownFields: string[];
  /** Whether such names are left out instead of refused. */
  ignoresUnknownFields: boolean;
};

export type RestAnswer = { status?: number; body: unknown; headers?: OutgoingHttpHeaders };

/** One method of HTTP at one path: another way to call an RPC. */
export type RestOperation = {
  /** Whose permission the caller needs, whose rules the request keeps, and what is called. */
  rpc: DescMethod;
  /**
   * The request of the RPC.
   *
   * @throws {ConnectError} INVALID_ARGUMENT if there is none to be made of it.
   */
  toRequest(request: RestRequest): Message;
  /** What to answer instead of the RPC's response. */
  toAnswer(response: MessageLike): RestAnswer;
  /** The same error in words of REST, where those of the RPC would not be understood. */
  toError?(error: ConnectError, request: RestRequest): ConnectError;
  /** The answer depends on nothing but the URL and the catalogue. */
  isCacheable?: boolean;
};

export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** A path, as `URLPattern` writes it ("/user/:id"), and what can be done there. */
export type RestRoute = { path: string } & Partial<Record<HttpMethod, RestOperation>>;
