import type { ConnectError } from "@connectrpc/connect";
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
 * An answer that is there is returned at once, and so is the error of a call that is refused: under
 * overload most are, and to throw costs as much as all the rest of a refusal. What fails later rejects
 * with the `ConnectError` to answer with.
 */
export type EncodedMethod = (
  call: Call,
  codec: Codec,
  request: Uint8Array,
) => EncodedAnswer | ConnectError | Promise<EncodedAnswer>;
