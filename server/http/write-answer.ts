/**
 * Writes Connect's answers to Node's responses.
 *
 * Unlike the library's own function, it sends the last bytes together with the end of the response.
 * That is cheaper, and a client that stops sending when it reads an error then never does so before
 * it knows that the response is complete, which HTTP/2 would punish as a broken request.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { correctGrpcMessage } from "#server/fast-path/grpc-message.ts";
import type { HttpResponse } from "./handler.ts";

/**
 * Writes the answer; resolves when its last bytes are handed over or the caller has left.
 *
 * @param isStream - Whether messages are sent as they come instead of with the end.
 */
export async function writeAnswer(
  answer: UniversalServerResponse,
  response: HttpResponse,
  isStream: boolean,
): Promise<void> {
  const gone = Promise.withResolvers<void>();
  let isGone = false;
  response.once("close", () => {
    isGone = true;
    gone.resolve();
  });
  const chunks = answer.body?.[Symbol.asyncIterator]();
  // Headers can be added until the first bytes are there, so they are sent after them.
  let chunk = await chunks?.next();
  if (chunk?.done !== false && isGrpcErrorAlone(answer) && "stream" in response) {
    endWithHeaders(answer, response);
    return;
  }
  while (!isGone && chunk !== undefined && chunk.done !== true) {
    const following = chunks?.next();
    const isLast = isStream
      ? (await Promise.race([following, nextTurn(undefined)]))?.done === true
      : (await following)?.done === true;
    if (isLast) {
      end(answer, response, chunk.value);
      return;
    }
    if (!response.headersSent) {
      response.writeHead(answer.status, toNodeHeaders(answer.header));
    }
    if (!response.write(chunk.value)) {
      await Promise.race([drained(response), gone.promise]);
    }
    chunk = await following;
  }
  if (isGone) {
    await chunks?.return?.();
  } else {
    end(answer, response);
  }
}

function end(answer: UniversalServerResponse, response: HttpResponse, bytes?: Uint8Array): void {
  correctGrpcMessage(answer.trailer ?? new Headers());
  const trailers = toNodeHeaders(answer.trailer);
  if (trailers === undefined && !response.headersSent && "stream" in response) {
    // What looks like HTTP/1.1 always waits for trailers, and ends the stream in a frame of its own.
    const { stream } = response;
    response.statusCode = answer.status;
    stream.respond({
      ":status": answer.status,
      ...response.getHeaders(),
      ...toNodeHeaders(answer.header),
    });
    stream.end(bytes);
    return;
  }
  if (!response.headersSent) {
    response.writeHead(answer.status, toNodeHeaders(answer.header));
  }
  if (trailers !== undefined) {
    response.addTrailers(trailers);
  }
  response.end(bytes);
}

/** True if the answer is a gRPC status and nothing that a method has set. */
function isGrpcErrorAlone({ header, trailer }: UniversalServerResponse): boolean {
  return (trailer?.has("grpc-status") ?? false) && [...(header ?? [])].every(isOfProtocol);
}

function isOfProtocol([name]: [string, string]): boolean {
  return name === "content-type" || name.startsWith("grpc-");
}

/** Puts the trailers of gRPC into the headers, as the protocol has it for errors: one frame. */
function endWithHeaders(answer: UniversalServerResponse, response: HttpResponse): void {
  correctGrpcMessage(answer.trailer ?? new Headers());
  response.statusCode = answer.status;
  for (const [name, value] of [...(answer.header ?? []), ...(answer.trailer ?? [])]) {
    response.setHeader(name, value);
  }
  // Headers that are written by `end` say that nothing follows them.
  response.end();
}

function drained(response: HttpResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once("drain", () => resolve());
  });
}

function toNodeHeaders(headers: Headers | undefined): Record<string, string> | undefined {
  return headers && Object.fromEntries(headers);
}
