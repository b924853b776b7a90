import type { Call } from "./call.ts";

/** How a request and its answer are written; compressed answers are small ones as they are. */
export type Codec = "proto" | "proto+gzip" | "json" | "json+gzip";

export type EncodedAnswer = {
  body: Uint8Array;
  /** Headers that the method has set. */
  headers: Readonly<Record<string, string>>;
  isCompressed: boolean;
};

/**
 * A unary method from an encoded request to its encoded answer, wherever the work is done.
 *
 * @throws {ConnectError} what to answer instead.
 */
export type EncodedMethod = (
  call: Call,
  codec: Codec,
  request: Uint8Array,
) => Promise<EncodedAnswer>;
