/** Messages of the schema as JSON of REST. */
import {
  create,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type Message,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import { apiError, badRequest } from "#server/rpc/errors.ts";
import { readJsonMessage } from "#server/rpc/read-message.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import type { RestRequest } from "./rest-route.ts";

/**
 * The message that the JSON says; names that the schema does not have are noted for a header.
 *
 * @param unknown - Parameters of the query string that the message does not have.
 * @throws {ConnectError} INVALID_ARGUMENT for what can't be read, or is unknown and may not be.
 */
export function readMessage(
  schema: DescMessage,
  json: JsonObject,
  unknown: readonly string[],
  { unknownFields, ignoresUnknownFields }: RestRequest,
): Message {
  if (unknown.length > 0 && !ignoresUnknownFields) {
    const known = schema.fields.map(({ name }) => name).join(", ");
    const description = `is unknown; there are ${known}`;
    throw apiError("FIELD_UNKNOWN", `${unknown.join(", ")}: ${description}`, {
      details: [badRequest(unknown.map((field) => ({ field, description })))],
    });
  }
  unknownFields.push(...unknown);
  const options = { ignoreUnknownFields: ignoresUnknownFields };
  return readJsonMessage(schema, JSON.stringify(json), options, unknownFields);
}

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
