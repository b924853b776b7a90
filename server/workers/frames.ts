/**
 * Messages between the server and its search processes: frames on a socket pair.
 *
 *     size of the rest (4) │ kind (1) │ id (4) │ size of the head (4) │ head (JSON) │ body
 *
 * The head says what a message is about; the body (an encoded request or answer) is passed on as it is.
 */
import type { Duplex } from "node:stream";

const PREFIX_BYTES = 4;
const FIXED_BYTES = 9;
/** Far more than a request or an answer may have; anything longer is no frame of ours. */
const FRAME_BYTES_MAX = 512 << 20;

/** What a frame is; the first five are asked, the others answered. */
export const FrameKind = {
  open: 1,
  close: 2,
  call: 3,
  catalogCall: 4,
  warm: 5,
  opened: 16,
  answer: 17,
  failure: 18,
} as const;

export type Frame = { kind: number; id: number; head: string; body: Uint8Array };

const nothing = new Uint8Array(0);

/** Writes one frame. */
export function writeFrame(
  stream: Duplex,
  { kind, id, head = "", body = nothing }: Partial<Frame> & Pick<Frame, "kind" | "id">,
): void {
  const headBytes = Buffer.byteLength(head);
  const restBytes = FIXED_BYTES + headBytes + body.length;
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + restBytes);
  frame.writeUInt32LE(restBytes, 0);
  frame.writeUInt8(kind, 4);
  frame.writeUInt32LE(id, 5);
  frame.writeUInt32LE(headBytes, 9);
  frame.write(head, PREFIX_BYTES + FIXED_BYTES);
  frame.set(body, PREFIX_BYTES + FIXED_BYTES + headBytes);
  stream.write(frame);
}

/** Calls back for each frame that arrives. */
export function readFrames(stream: Duplex, onFrame: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes < neededBytes(chunks)) {
      return;
    }
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    while (bytes.length >= PREFIX_BYTES && bytes.length >= neededBytes([bytes])) {
      const endBytes = neededBytes([bytes]);
      onFrame(parse(bytes.subarray(PREFIX_BYTES, endBytes)));
      bytes = bytes.subarray(endBytes);
    }
    chunks = bytes.length > 0 ? [bytes] : [];
    sizeBytes = bytes.length;
  });
}

/** How many bytes the first frame takes, as far as it can be known already. */
function neededBytes([first]: Buffer[]): number {
  if (first === undefined || first.length < PREFIX_BYTES) {
    return PREFIX_BYTES;
  }
  const restBytes = first.readUInt32LE(0);
  if (restBytes < FIXED_BYTES || restBytes > FRAME_BYTES_MAX) {
    throw new Error(`A search process sent what is no frame (${restBytes} bytes)`);
  }
  return PREFIX_BYTES + restBytes;
}

function parse(bytes: Buffer): Frame {
  const headBytes = bytes.readUInt32LE(5);
  return {
    kind: bytes.readUInt8(0),
    id: bytes.readUInt32LE(1),
    head: bytes.toString("utf8", FIXED_BYTES, FIXED_BYTES + headBytes),
    body: bytes.subarray(FIXED_BYTES + headBytes),
  };
}
