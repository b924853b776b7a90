/** Reads request messages, and says in words of the API what can't be read. */
import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { isFieldError } from "@bufbuild/protobuf/reflect";
import type { ConnectError, ConnectRouterOptions } from "@connectrpc/connect";
import { apiError, badRequest } from "./errors.ts";

/** How Connect reads and writes JSON. */
export type JsonOptions = NonNullable<ConnectRouterOptions["jsonOptions"]>;

/** How many unknown fields are named; more tell nothing new. */
const UNKNOWN_NAMED_MAX = 10;
const NAME_CHARS_MAX = 60;

/**
 * Reads a message in the wire format.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if it is none.
 */
export function readBinaryMessage(schema: DescMessage, bytes: Uint8Array): Message {
  try {
    return fromBinary(schema, bytes);
  } catch (error) {
    throw unreadable(schema, error);
  }
}

/** Why bytes are no message of that type. */
export function unreadable(schema: DescMessage, error: unknown): ConnectError {
  const reason = error instanceof Error ? error.message : String(error);
  return apiError(
    "MESSAGE_UNREADABLE",
    `The request can't be read as ${schema.typeName}: ${reason}`,
    { cause: error },
  );
}

/**
 * Reads a message in JSON. Clients of a later schema may send fields that are not known here: those
 * are noted in `unknown` and left out.
 *
 * @throws {ConnectError} INVALID_ARGUMENT naming the field and what it may be.
 */
export function readJsonMessage(
  schema: DescMessage,
  text: string,
  options: JsonOptions,
  unknown: string[],
): Message {
  const json = checkJsonText(schema, text, options, unknown);
  try {
    return fromJson(schema, json, { ...options, ignoreUnknownFields: true });
  } catch (error) {
    throw explain(schema, error);
  }
}

/**
 * Parses the JSON of a message and looks for what the library would leave out or explain badly:
 * unknown fields, whose paths go into `unknown`, and names of enum values.
 *
 * @throws {ConnectError} INVALID_ARGUMENT for a name that its enum does not have, and for unknown
 * fields unless they are to be ignored.
 */
export function checkJsonText(
  schema: DescMessage,
  text: string,
  options: JsonOptions,
  unknown: string[],
): JsonValue {
  const json = parseJson(schema, text);
  const found: string[] = [];
  checkMessage(schema, json, "", found);
  if (options.ignoreUnknownFields !== true && found.length > 0) {
    throw refuseUnknown(schema, found);
  }
  // A stream may have some in each of its messages.
  unknown.push(...found.slice(0, Math.max(0, UNKNOWN_NAMED_MAX - unknown.length)));
  return json;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of JSON's bytes.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if they are not UTF-8, as JSON is.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw apiError("MESSAGE_UNREADABLE", "The request is not UTF-8", { cause: error });
  }
}

function parseJson(schema: DescMessage, text: string): JsonValue {
  try {
    // What JSON.parse returns is JSON.
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The request is not JSON of a ${schema.typeName}: ${reason}`;
    throw apiError("MESSAGE_UNREADABLE", message, { cause: error });
  }
}

function explain(schema: DescMessage, error: unknown): ConnectError {
  const { field, description } = fieldProblem(error) ?? {};
  if (field === undefined || description === undefined) {
    return unreadable(schema, error);
  }
  return apiError("FIELD_INVALID", `${field}: ${description}`, {
    details: [badRequest([{ field, description, reason: "json.type" }])],
    cause: error,
  });
}

/** Which field the library could not read, and why: some of its errors say so in their text only. */
function fieldProblem(error: unknown): { field: string; description: string } | undefined {
  if (isFieldError(error)) {
    return { field: error.field().name, description: error.message };
  }
  const text = error instanceof Error ? error.message : "";
  const [, field, given] = /^cannot decode field \S*?(\w+) from JSON: (.*)$/s.exec(text) ?? [];
  return field === undefined
    ? undefined
    : { field, description: `can't hold ${given?.slice(0, NAME_CHARS_MAX)}` };
}

function checkMessage(schema: DescMessage, json: JsonValue, path: string, unknown: string[]): void {
  // The well-known types have forms of their own.
  if (schema.typeName.startsWith("google.protobuf.")) {
    return;
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    // An unset field may be null; what is wrong with the whole message is said by the library.
    if (json !== null && path !== "") {
      throw wrongType(path, `must be an object, as {"${schema.fields[0]?.jsonName}": …}`, json);
    }
    return;
  }
  for (const [key, value] of Object.entries(json)) {
    const field = schema.fields.find(({ name, jsonName }) => name === key || jsonName === key);
    const place = path === "" ? key : `${path}.${key}`;
    if (field !== undefined) {
      checkField(field, value, place, unknown);
    } else if (!key.startsWith("[")) {
      unknown.push(place);
    }
  }
}

function checkField(field: DescField, json: JsonValue, path: string, unknown: string[]): void {
  if (field.fieldKind === "list" && Array.isArray(json)) {
    for (const [index, element] of json.entries()) {
      checkValue(field, element, `${path}[${index}]`, unknown);
    }
  } else if (field.fieldKind === "map" && typeof json === "object" && json !== null) {
    for (const [key, value] of Object.entries(json)) {
      checkValue(field, value as JsonValue, `${path}["${key}"]`, unknown);
    }
  } else if (field.fieldKind === "list" && json !== null) {
    throw wrongType(path, "must be a list, as […]", json);
  } else {
    checkValue(field, json, path, unknown);
  }
}

function wrongType(field: string, rule: string, given: JsonValue): ConnectError {
  const description = `${rule}, not ${JSON.stringify(given).slice(0, NAME_CHARS_MAX)}`;
  return apiError("FIELD_INVALID", `${field} ${description}`, {
    details: [badRequest([{ field, description, reason: "json.type" }])],
  });
}

function checkValue(field: DescField, json: JsonValue, path: string, unknown: string[]): void {
  if (field.message !== undefined) {
    checkMessage(field.message, json, path, unknown);
  } else if (field.enum !== undefined && typeof json === "string") {
    checkEnum(field.enum, json, path);
  }
}

function checkEnum(schema: DescEnum, given: string, field: string): void {
  const { values, typeName } = schema;
  if (typeName === "google.protobuf.NullValue" || values.some(({ name }) => name === given)) {
    return;
  }
  const description = `"${given.slice(0, NAME_CHARS_MAX)}" is none of its values: send one of ${valueNames(schema)}`;
  throw apiError("FIELD_INVALID", `${field}: ${description}`, {
    details: [badRequest([{ field, description, reason: "enum.defined_only" }])],
  });
}

/** The names that say something, in one line. */
export function valueNames({ values }: DescEnum): string {
  return values
    .filter(({ number }) => number !== 0)
    .map(({ name }) => name)
    .join(", ");
}

function refuseUnknown(schema: DescMessage, unknown: readonly string[]): ConnectError {
  const names = nameFields(unknown);
  const known = schema.fields.map(({ jsonName }) => jsonName).join(", ");
  const description = `is unknown; ${schema.typeName} has ${known === "" ? "no fields" : known}`;
  return apiError("FIELD_UNKNOWN", `${names}: ${description}`, {
    details: [
      badRequest(unknown.slice(0, UNKNOWN_NAMED_MAX).map((field) => ({ field, description }))),
    ],
  });
}

/** The names as one line that fits into a header. */
export function nameFields(unknown: readonly string[]): string {
  return unknown
    .slice(0, UNKNOWN_NAMED_MAX)
    .map((name) => name.slice(0, NAME_CHARS_MAX).replace(/[^\x21-\x7e]/g, "?"))
    .join(", ");
}
