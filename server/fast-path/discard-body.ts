import type { Readable } from "node:stream";

/**
 * How much of a body is read and forgotten once its request is answered. A client that sends more
 * than this does not listen; one that sends less hears the answer instead of a broken connection.
 */
const DISCARD_BYTES_MAX = 64 << 20;

/** Reads the rest of a body and forgets it; `cut` ends what does not end by itself. */
export function discardBody(body: Readable, cut: () => void): void {
  if (body.readableEnded || body.destroyed) {
    return;
  }
  let sizeBytes = 0;
  body.on("data", (chunk: Uint8Array) => {
    sizeBytes += chunk.length;
    if (sizeBytes > DISCARD_BYTES_MAX) {
      cut();
    }
  });
  body.resume();
}
