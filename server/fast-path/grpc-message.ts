import { gunzipSync } from "node:zlib";

/**
 * The message of a gRPC status as the protocol encodes it: bytes outside of printable ASCII, and the
 * percent sign. More must not be encoded: some clients show it as it is.
 */
export function encodeGrpcMessage(message: string): string {
  return message.toWellFormed().replace(/[^ -$&-~]/gu, encodeURIComponent);
}

/** Encodes anew what Connect has encoded too eagerly. */
export function correctGrpcMessage(trailer: Headers): void {
  const encoded = trailer.get("grpc-message");
  if (encoded !== null) {
    trailer.set("grpc-message", encodeGrpcMessage(decodeURIComponent(encoded)));
  }
}

/** Flags of a frame of gRPC-web: it holds trailers; it is compressed. */
const TRAILERS = 0x80;
const COMPRESSED = 0x01;
const FRAME_HEAD_BYTES = 5;

/** The frames of an answer of gRPC-web, whose trailers come in the last one. */
export async function* correctTrailerFrame(
  frames: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  for await (const frame of frames) {
    const flags = frame[0] ?? 0;
    yield (flags & TRAILERS) === 0 ? frame : corrected(frame, (flags & COMPRESSED) !== 0);
  }
}

function corrected(frame: Uint8Array, isCompressed: boolean): Uint8Array {
  const content = frame.subarray(FRAME_HEAD_BYTES);
  const lines = Buffer.from(isCompressed ? gunzipSync(content) : content)
    .toString()
    .replace(
      /^grpc-message: (.*?)\r?$/m,
      (_, encoded: string) => `grpc-message: ${encodeGrpcMessage(decodeURIComponent(encoded))}\r`,
    );
  const text = Buffer.from(lines);
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt8(TRAILERS);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([head, text]);
}
