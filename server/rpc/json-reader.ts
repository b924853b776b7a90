import type { DescMessage } from "@bufbuild/protobuf";
import { callBeingRead } from "./connect-handler.ts";
import { checkJsonText, decodeText, type JsonOptions } from "./read-message.ts";

/**
 * Options with which Connect reads JSON of a message as the fast path does: its decoder of texts is
 * the one place where the library lets us look at the JSON before it leaves out what it does not know.
 */
export function withJsonReader(schema: DescMessage, options: JsonOptions): JsonOptions {
  const textDecoder = {
    decode(bytes: Uint8Array): string {
      const text = decodeText(bytes);
      checkJsonText(schema, text, options, callBeingRead.getStore()?.unknownFields ?? []);
      return text;
    },
  };
  const reading = { ...options, ignoreUnknownFields: true, textDecoder };
  return reading;
}
