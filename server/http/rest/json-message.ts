import {
  create,
  type DescMessage,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import { readJsonMessage } from "#server/rpc/read-message.ts";
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
  // Of what is written, a misspelt name must not be left out silently.
  const options = { ignoreUnknownFields: false };
  // Made of this schema.
  return readJsonMessage(schema, JSON.stringify(body ?? {}), options, []) as MessageShape<T>;
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
