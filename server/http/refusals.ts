/** Sentences for requests that are no RPC, REST call or page, so that every wrong `curl` learns. */
import type { OutgoingHttpHeaders } from "node:http";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { encodeGrpcMessage } from "#server/fast-path/grpc-message.ts";
import { answerError, type ErrorCode } from "./answer.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";
import { answerStatusProblem } from "./rest/problem.ts";

type Refusal = {
  status: number;
  code: ErrorCode;
  message: string;
  headers?: OutgoingHttpHeaders;
};

/**
 * What to say where Connect answers with a status (404, 405, 415, 505) and an empty body.
 *
 * Clients of Connect must see the code that they would derive from the status: for most "unknown".
 */
export function explainRefusal(
  handler: UniversalHandler,
  request: HttpRequest,
  status: number,
): Refusal {
  const { method } = handler;
  const name = `${method.parent.typeName}/${method.name}`;
  switch (status) {
    case 405: {
      const allowed = [...handler.allowedMethods, "OPTIONS"].join(", ");
      const message = `${name} takes ${handler.allowedMethods.join(" or ")}, not ${request.method}`;
      return { status, code: "unknown", message, headers: { allow: allowed } };
    }
    case 415:
      return { status, code: "unknown", message: explainMediaType(handler, request) };
    case 505:
      return {
        status,
        code: "unknown",
        message: `${name} streams both ways, which needs HTTP/2 (curl --http2-prior-knowledge)`,
        headers: { connection: "close" },
      };
    default:
      return { status, code: "not_found", message: `${name} can't be called like this` };
  }
}

function explainMediaType({ method, requestPath }: UniversalHandler, request: HttpRequest): string {
  if (request.method !== "POST") {
    return `Send the message in the URL: ${requestPath}?encoding=json&message={} with the JSON object URL-encoded`;
  }
  const given = request.headers["content-type"];
  const problem =
    given === undefined
      ? "The request doesn't say what its body is"
      : `A body of type "${given}" can't be read`;
  if (method.methodKind !== "unary") {
    return `${problem}; ${method.name} streams, so it takes application/connect+json or gRPC, e.g. with buf curl or grpcurl`;
  }
  // Single quotes only: double ones would be escaped in JSON and couldn't be copied.
  return `${problem}; send JSON and say so: curl -H 'content-type: application/json' -d … ${urlOf(request)}`;
}

function urlOf(request: HttpRequest): string {
  const host = "authority" in request ? request.authority : request.headers.host;
  return `http://${host ?? "localhost"}${request.url ?? ""}`;
}

/** Answers a request for a path where nothing is. */
export function refuseUnknownPath(
  request: HttpRequest,
  response: HttpResponse,
  path: string,
  rpcPaths: readonly string[],
): void {
  const service = path.slice(1, path.indexOf("/", 1) + 1 || undefined).replace("/", "");
  const siblings = rpcPaths.filter((each) => each.startsWith(`/${service}/`));
  const message =
    siblings.length > 0
      ? `${service} has no method "${path.slice(service.length + 2)}"; it has ${siblings.map((each) => each.slice(service.length + 2)).join(", ")}`
      : `There is nothing at ${path.slice(0, 100)}; the API is under /bookfinder.v1.BookService/ and /v1/ (see /docs), the page at /`;
  if (request.headers["content-type"]?.startsWith("application/grpc")) {
    refuseGrpc(request, response, message);
    return;
  }
  const answerWith = path.startsWith("/v1/") ? answerStatusProblem : answerError;
  answerWith(response, 404, "not_found", message);
}

/** Answers a request that would write what can only be read: a page, a file, a description. */
export function refuseToWrite({ method }: HttpRequest, response: HttpResponse, path: string): void {
  const message = `${path.slice(0, 100)} takes GET or HEAD, not ${method}`;
  answerError(response, 405, "unimplemented", message, { allow: "GET, HEAD, OPTIONS" });
}

/** UNIMPLEMENTED in the headers alone, as gRPC servers answer unknown methods. */
function refuseGrpc(request: HttpRequest, response: HttpResponse, message: string): void {
  response.statusCode = 200;
  response.setHeader("content-type", request.headers["content-type"] ?? "application/grpc");
  response.setHeader("grpc-status", "12");
  response.setHeader("grpc-message", encodeGrpcMessage(message));
  // Headers that are written by `end` say that nothing follows them, as gRPC has it for errors.
  response.end();
}
