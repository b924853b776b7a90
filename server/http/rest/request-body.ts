/** The body of a REST request as bytes, whatever it was compressed with. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ConnectError } from "@connectrpc/connect";
import { normalEncoding, normalType } from "#server/fast-path/normal-headers.ts";
import { apiError } from "#server/rpc/errors.ts";
import type { HttpRequest } from "../handler.ts";
import { withHttpStatus } from "./http-status-error.ts";

/**
 * The bytes of a body as they arrive. They may be many more than were sent: the reader counts them.
 *
 * @throws {ConnectError} with the status 415 for a compression that is not read here, INVALID_ARGUMENT
 * for what is not compressed as it says.
 */
export function readBody(request: HttpRequest): AsyncIterable<Buffer> {
  const encoding = normalEncoding(request.headers["content-encoding"] ?? "");
  // Who is told what is wrong must still hear it, so the request is not destroyed. A stream of a
  // request has no encoding set, so it yields buffers.
  const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  switch (encoding) {
    case "":
    case "identity":
      return chunks;
    case "gzip":
      return gunzipped(chunks);
    default: {
      const problem = `A body in "${encoding.slice(0, 60)}" can't be read: send it as it is, or as gzip`;
      const headers = new Headers({ "accept-encoding": "gzip, identity" });
      throw withHttpStatus(apiError("CALL_UNSUPPORTED", problem, { headers }), 415);
    }
  }
}

/**
 * JSON becomes five to twenty times smaller. What becomes much smaller than that is made to cost its
 * reader more than its sender: a megabyte would be a gigabyte of empty lines.
 */
const GROWTH_MAX = 100;
/** Any body may grow to this. */
const GROWN_BYTES = 1 << 20;

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  let readBytes = 0;
  // What fails in it is thrown by the stream that is read.
  pipeline(Readable.from(chunks), gunzip).catch(() => undefined);
  try {
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      readBytes += bytes.length;
      if (readBytes > Math.max(GROWN_BYTES, gunzip.bytesWritten * GROWTH_MAX)) {
        const message = `The body grows to more than ${GROWTH_MAX} times what was sent: send it as it is`;
        throw apiError("MESSAGE_TOO_LARGE", message);
      }
      yield bytes;
    }
  } catch (error) {
    if (error instanceof ConnectError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw apiError("MESSAGE_UNREADABLE", `The body is not gzip: ${reason}`);
  }
}

/** @throws {ConnectError} with the status 415 where the body says that it is none of these types. */
export function requireMediaType(
  request: HttpRequest,
  readable: readonly string[],
  wayOut: string,
): void {
  const type = request.headers["content-type"];
  if (type === undefined || !readable.includes(normalType(type))) {
    const problem =
      type === undefined
        ? "The request doesn't say what its body is"
        : `A body of type "${type.slice(0, 100)}" can't be read`;
    throw withHttpStatus(apiError("MESSAGE_UNREADABLE", `${problem}; ${wayOut}`), 415);
  }
}
