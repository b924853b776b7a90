import type { JsonValue } from "@bufbuild/protobuf";
import { apiError } from "#server/rpc/errors.ts";
import { decodeText } from "#server/rpc/read-message.ts";
import type { HttpRequest } from "../handler.ts";
import { readBody, requireMediaType } from "./request-body.ts";

/** A PATCH says what its body means, which is what the second type is for (RFC 7396). */
const readableTypes = ["application/json", "application/merge-patch+json"];

/**
 * The JSON in the body of a request; undefined if it has no body.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if it is something else, RESOURCE_EXHAUSTED if too large.
 */
export async function readJson(
  request: HttpRequest,
  sizeBytesMax: number,
): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const bytes of readBody(request)) {
    sizeBytes += bytes.length;
    if (sizeBytes > sizeBytesMax) {
      const message = `The body is larger than ${sizeBytesMax} bytes: send less at a time`;
      throw apiError("MESSAGE_TOO_LARGE", message);
    }
    chunks.push(bytes);
  }
  if (sizeBytes === 0) {
    return undefined;
  }
  requireMediaType(request, readableTypes, "send JSON and say so: content-type: application/json");
  const text = decodeText(Buffer.concat(chunks));
  try {
    // What JSON.parse returns is JSON.
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw apiError("MESSAGE_UNREADABLE", `The body is not JSON: ${reason}`);
  }
}
