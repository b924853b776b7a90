/** Frames of HTTP/2 as a hostile client writes them, without a library that minds the rules. */

/** A frame (RFC 9113 §4.1). */
export function frame(type: number, flags: number, streamId: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

const END_STREAM = 0x1;
const END_HEADERS = 0x4;

/** Header fields as literals that are not indexed (RFC 7541 §6.2.2), in one byte of length each. */
function headerBlock(fields: Record<string, string>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value, "latin1");
    // A length of 127 or more is continued in groups of 7 bits (RFC 7541 §5.1).
    const length = [Math.min(bytes.length, 127)];
    if (bytes.length >= 127) {
      let rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        length.push((rest & 127) | 128);
      }
      length.push(rest);
    }
    return [Buffer.from(length), bytes];
  };
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [
      Buffer.of(0),
      ...text(name),
      ...text(value),
    ]),
  );
}

export type HeadersFrameOptions = { endStream?: boolean; endHeaders?: boolean };

/** HEADERS of a request; by default complete, with a body to follow. */
export function headersFrame(
  streamId: number,
  fields: Record<string, string>,
  { endStream = false, endHeaders = true }: HeadersFrameOptions = {},
): Buffer {
  const all = { ":method": "POST", ":scheme": "http", ":authority": "a", ":path": "/", ...fields };
  const flags = (endStream ? END_STREAM : 0) | (endHeaders ? END_HEADERS : 0);
  return frame(0x1, flags, streamId, headerBlock(all));
}

export function dataFrame(streamId: number, bytes: Uint8Array, endStream = false): Buffer {
  return frame(0x0, endStream ? END_STREAM : 0, streamId, bytes);
}

export function resetFrame(streamId: number): Buffer {
  return frame(0x3, 0, streamId, Buffer.of(0, 0, 0, 8));
}

export function pingFrame(): Buffer {
  return frame(0x6, 0, 0, Buffer.alloc(8));
}

/** Lets the server send so many bytes more, on a stream or (0) on the whole connection. */
export function windowFrame(streamId: number, sizeBytes: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(sizeBytes);
  return frame(0x8, 0, streamId, payload);
}
