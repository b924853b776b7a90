import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { MessageLike } from "#server/rpc/unary.ts";

/**
 * The message that a JSON body says; an empty one where there is no body.
 *
 * @throws {ConnectError} INVALID_ARGUMENT naming the field that the schema doesn't know or read.
 */
export function messageOfBody<T extends DescMessage>(
  schema: T,
  body: JsonValue | undefined,
): MessageShape<T> {
  try {
    return fromJson(schema, body ?? {});
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConnectError(`The body can't be read: ${problem}`, Code.InvalidArgument);
  }
}

/** A message that a method returned, or what one is made from, as JSON. */
export function toBody<T extends DescMessage>(
  schema: T,
  message: MessageLike,
  options: { useProtoFieldName: boolean } = { useProtoFieldName: false },
): JsonValue {
  // What a method returns is a message of its schema, or what one is made from.
  const init = message as MessageInitShape<T>;
  return toJson(schema, create(schema, init), { ...options, alwaysEmitImplicit: true });
}
