/** Messages of the schema as JSON of REST. */
import {
  create,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type Message,
  type MessageInitShape,
  toJson,
} from "@bufbuild/protobuf";
import { apiError, badRequest } from "#server/rpc/errors.ts";
import { readJsonMessage } from "#server/rpc/read-message.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import type { RestRequest } from "./rest-route.ts";

/**
 * Notes parameters of the query string that the message does not have, for a header.
 *
 * @throws {ConnectError} INVALID_ARGUMENT where they may not be: on a write they may be conditions, as in
 * "valdate_only".
 */
export function noteUnknownParameters(
  schema: DescMessage,
  unknown: readonly string[],
  { unknownFields, ignoresUnknownFields }: RestRequest,
  isRead: boolean,
): void {
  if (unknown.length > 0 && !(ignoresUnknownFields && isRead)) {
    const known = schema.fields.map(({ name }) => name).join(", ");
    const description = `is unknown; there are ${known}`;
    throw apiError("FIELD_UNKNOWN", `${unknown.join(", ")}: ${description}`, {
      details: [badRequest(unknown.map((field) => ({ field, description })))],
    });
  }
  unknownFields.push(...unknown);
}

/**
 * The message that the JSON says; names that the schema does not have are noted for a header.
 *
 * @throws {ConnectError} INVALID_ARGUMENT for what can't be read, or is unknown and may not be.
 */
export function readMessage(
  schema: DescMessage,
  json: JsonObject,
  { unknownFields, ignoresUnknownFields }: RestRequest,
): Message {
  const options = { ignoreUnknownFields: ignoresUnknownFields };
  return readJsonMessage(schema, JSON.stringify(json), options, unknownFields);
}

/**
 * Reads the resource that a JSON body is, so that what is wrong or unknown in it is named as in the body.
 *
 * @throws {ConnectError} INVALID_ARGUMENT naming the field that the schema can't read, or doesn't know.
 */
export function checkBody(
  schema: DescMessage,
  body: JsonObject,
  { unknownFields, ignoresUnknownFields }: RestRequest,
): void {
  const options = { ignoreUnknownFields: ignoresUnknownFields };
  readJsonMessage(schema, JSON.stringify(body), options, unknownFields);
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
