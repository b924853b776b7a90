/**
 * gRPC-web in base64 (`application/grpc-web-text`), which clients made with protoc-gen-grpc-web speak
 * unless they are told otherwise: the same frames, encoded chunk by chunk.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { apiError } from "#server/rpc/errors.ts";

/** True for both names of the media type, without parameters. */
export function isGrpcWebText(headers: IncomingHttpHeaders): boolean {
  return /^application\/grpc-web-text(\+proto)?$/.test(headers["content-type"] ?? "");
}

/**
 * The bytes of a body in base64. Each chunk that the client has encoded may have padding of its own.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if it is something else.
 */
export async function* fromBase64(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let rest = "";
  for await (const chunk of body) {
    const text =
      rest +
      Buffer.from(chunk)
        .toString("latin1")
        .replace(/[\r\n]/g, "");
    const end = text.length - (text.length % 4);
    rest = text.slice(end);
    yield decode(text.slice(0, end));
  }
  if (rest !== "") {
    yield decode(rest);
  }
}

/** Encodes an answer, whose messages are then text. */
export function toGrpcWebText(answer: UniversalServerResponse): void {
  if (answer.body !== undefined) {
    answer.header?.set("content-type", "application/grpc-web-text+proto");
    answer.body = encode(answer.body);
  }
}

async function* encode(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    yield Buffer.from(Buffer.from(chunk).toString("base64"));
  }
}

function decode(text: string): Uint8Array {
  if (!/^[\w+/=-]*$/.test(text)) {
    throw apiError("MESSAGE_UNREADABLE", "A body of application/grpc-web-text must be base64");
  }
  // Node stops at the first padding, so each padded part is decoded for itself.
  const parts = text.match(/[^=]+=*/g) ?? [];
  return Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
}
