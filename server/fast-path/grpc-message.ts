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
