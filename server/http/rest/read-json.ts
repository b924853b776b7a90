import type { JsonValue } from "@bufbuild/protobuf";
import { apiError } from "#server/rpc/errors.ts";
import type { HttpRequest } from "../handler.ts";

/**
 * The JSON in the body of a request; undefined if it has no body.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if it is something else, RESOURCE_EXHAUSTED if too large.
 */
export async function readJson(
  request: HttpRequest,
  sizeBytesMax: number,
): Promise<JsonValue | undefined> {
  refuseCompression(request);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Who is told that the body is too large must still hear it, so the request is not destroyed.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // A stream of a request has no encoding set, so it yields buffers.
    const bytes = chunk as Buffer;
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
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    const message = `A body of type "${type ?? ""}" can't be read; send JSON and say so: content-type: application/json`;
    throw apiError("MESSAGE_UNREADABLE", message);
  }
  try {
    // What JSON.parse returns is JSON.
    return JSON.parse(Buffer.concat(chunks).toString()) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw apiError("MESSAGE_UNREADABLE", `The body is not JSON: ${reason}`);
  }
}

/**
 * Says that a compressed body is not read, instead of what is wrong with it as JSON.
 *
 * @throws {ConnectError} UNIMPLEMENTED if the body is compressed.
 */
export function refuseCompression({ headers }: HttpRequest): void {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") {
    const message = `A body in "${encoding.slice(0, 60)}" is not read here: send it as it is, without content-encoding; the RPCs under /bookfinder.v1.BookService/ take gzip`;
    throw apiError("CALL_UNSUPPORTED", message);
  }
}
