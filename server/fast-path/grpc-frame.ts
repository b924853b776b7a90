/** Bodies of gRPC: messages in frames. */
import type { ServerHttp2Stream } from "node:http2";

/** One byte of flags and four of length. */
export const FRAME_HEADER_BYTES = 5;

/** Collects the body; undefined as soon as it is too large. Never resolves if the client resets. */
export function readBody(
  stream: ServerHttp2Stream,
  sizeBytesMax: number,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    if (stream.readableEnded) {
      // It was empty, and ended while the request waited for its turn.
      resolve(Buffer.alloc(0));
      return;
    }
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let isTooLarge = false;
    stream.on("data", (chunk: Buffer) => {
      if (isTooLarge) {
        return;
      }
      // The first bytes say how long the message is going to be.
      const isFirst = chunks.length === 0 && chunk.length >= FRAME_HEADER_BYTES;
      const announcedBytes = isFirst ? FRAME_HEADER_BYTES + chunk.readUInt32BE(1) : 0;
      sizeBytes += chunk.length;
      isTooLarge = Math.max(sizeBytes, announcedBytes) > sizeBytesMax;
      if (isTooLarge) {
        chunks.length = 0;
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    stream.on("end", () => {
      if (!isTooLarge && !stream.aborted) {
        const [only] = chunks;
        resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
      }
    });
  });
}

/**
 * The body, if all of it has arrived in one piece, as it nearly always has when a call's turn comes;
 * undefined if it has not, or is too large. Nothing is read: to read a stream costs as much as to refuse
 * a call, and Node drops what is in it when the stream is closed.
 */
export function arrivedBody(stream: ServerHttp2Stream, sizeBytesMax: number): Buffer | undefined {
  // Streams don't tell how many pieces they hold, nor that their last one has come, except here.
  type State = { buffer?: readonly unknown[]; ended?: boolean };
  const { buffer = [], ended } = (stream as { _readableState?: State })._readableState ?? {};
  const [only] = buffer;
  // The body of a stream that was reset has ended, too.
  const isWhole = ended === true && !stream.closed && buffer.length === 1;
  return isWhole && only instanceof Buffer && only.length <= sizeBytesMax ? only : undefined;
}

/** The message's bytes, if the body is one frame that has nothing unusual about it. */
export function onlyFrame(body: Buffer): Buffer | undefined {
  const isPlain =
    body.length >= FRAME_HEADER_BYTES &&
    body[0] === 0 &&
    body.readUInt32BE(1) === body.length - FRAME_HEADER_BYTES;
  return isPlain ? body.subarray(FRAME_HEADER_BYTES) : undefined;
}

/** A message with its length in front. */
export function frameOf(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, FRAME_HEADER_BYTES);
  return frame;
}
