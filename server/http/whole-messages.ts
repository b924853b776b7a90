/** In front of each message: one byte of flags and four of length. */
export const PREFIX_BYTES = 5;

/** Whether a body of this type has its messages' lengths in front of them: gRPC, and Connect's streams. */
export function hasPrefixes(contentType: string | undefined): boolean {
  return /^application\/(grpc|connect\+)/i.test(contentType ?? "");
}

/**
 * The same bytes, cut only between messages, whatever pieces they arrive in. Connect copies what it
 * has of a message with each piece that comes: a message of a megabyte in pieces of a byte would be
 * copied a million times.
 *
 * A message that is announced to be longer than `messageBytesMax` is passed on as it comes: Connect
 * refuses it for its length.
 */
export async function* wholeMessages(
  body: AsyncIterable<Uint8Array>,
  messageBytesMax: number,
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  let neededBytes = PREFIX_BYTES;
  for await (const piece of body) {
    pieces.push(piece);
    sizeBytes += piece.length;
    if (sizeBytes < neededBytes) {
      continue;
    }
    const bytes = pieces.length === 1 ? piece : Buffer.concat(pieces);
    const { endBytes, nextBytes } = lastEnd(bytes);
    if (nextBytes > PREFIX_BYTES + messageBytesMax) {
      yield bytes;
      pieces = [];
      sizeBytes = 0;
      neededBytes = 0;
      continue;
    }
    if (endBytes > 0) {
      yield bytes.subarray(0, endBytes);
    }
    sizeBytes = bytes.length - endBytes;
    pieces = sizeBytes > 0 ? [bytes.subarray(endBytes)] : [];
    neededBytes = nextBytes;
  }
  if (sizeBytes > 0) {
    yield Buffer.concat(pieces);
  }
}

/** Where the last complete message ends, and how long the next one is, as far as that is known. */
function lastEnd(bytes: Uint8Array): { endBytes: number; nextBytes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let endBytes = 0;
  while (bytes.length - endBytes >= PREFIX_BYTES) {
    const nextBytes = PREFIX_BYTES + view.getUint32(endBytes + 1);
    if (bytes.length - endBytes < nextBytes) {
      return { endBytes, nextBytes };
    }
    endBytes += nextBytes;
  }
  return { endBytes, nextBytes: PREFIX_BYTES };
}
