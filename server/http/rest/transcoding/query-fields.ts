/** Fields of a request that stand in the query string: `?filter.language.any_of=eng&page_size=5`. */
import { type DescField, type DescMessage, type JsonObject, ScalarType } from "@bufbuild/protobuf";
import { apiError, badRequest } from "#server/rpc/errors.ts";

/** Names are quoted in errors; the rest of a longer one says nothing. */
const NAME_CHARS_MAX = 60;

/**
 * Puts the parameters into the JSON of a request, each at the place that its name says.
 *
 * @param unknown - Receives the names that the message does not have.
 * @throws {ConnectError} INVALID_ARGUMENT for a value that its field can't hold.
 */
export function addQueryFields(
  schema: DescMessage,
  parameters: URLSearchParams,
  json: JsonObject,
  unknown: string[],
): void {
  for (const name of new Set(parameters.keys())) {
    const found = findField(schema, name.split("."));
    if (found === undefined) {
      unknown.push(name.slice(0, NAME_CHARS_MAX));
      continue;
    }
    const { path, field } = found;
    if (field.message !== undefined && !isWrittenAsText(field.message)) {
      const [first] = field.message.fields;
      throw invalid(name, `has fields of its own: name one of them, as in ${name}.${first?.name}`);
    }
    const read = parameters.getAll(name).map((value) => readValue(field, value, name));
    const place = placeAt(json, path);
    const before = place[field.jsonName];
    if (field.fieldKind === "list") {
      place[field.jsonName] = [...(Array.isArray(before) ? before : []), ...read];
      continue;
    }
    // Of two values one would be left out in silence.
    if (read.length > 1 || before !== undefined) {
      throw invalid(name, "has one value, but is given more than once");
    }
    place[field.jsonName] = read[0] ?? "";
  }
}

/** The object at a path, which is made where it is not there. */
export function placeAt(json: JsonObject, path: readonly string[]): JsonObject {
  let place = json;
  for (const step of path) {
    const inner = place[step];
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
      place = inner;
    } else {
      const made: JsonObject = {};
      place[step] = made;
      place = made;
    }
  }
  return place;
}

/** The field of a name such as "filter.published.from", in either spelling. */
export function findField(
  schema: DescMessage,
  names: readonly string[],
): { path: string[]; field: DescField } | undefined {
  const [name, ...rest] = names;
  const field = schema.fields.find((each) => each.name === name || each.jsonName === name);
  if (field === undefined) {
    return undefined;
  }
  if (rest.length === 0) {
    return field.fieldKind === "map" ? undefined : { path: [], field };
  }
  if (field.fieldKind !== "message") {
    return undefined;
  }
  const found = findField(field.message, rest);
  return found && { path: [field.jsonName, ...found.path], field: found.field };
}

/** Messages that JSON writes as one text. */
export function isWrittenAsText({ typeName }: DescMessage): boolean {
  return /^google\.protobuf\.(?:FieldMask|Timestamp|Duration)$/.test(typeName);
}

function readValue(field: DescField, text: string, name: string) {
  if (field.enum !== undefined) {
    return /^-?\d{1,10}$/.test(text) ? Number(text) : text;
  }
  switch (field.scalar) {
    case ScalarType.BOOL:
      if (text === "true" || text === "") {
        return true;
      }
      if (text === "false") {
        return false;
      }
      throw invalid(name, `must be true or false, not "${text.slice(0, NAME_CHARS_MAX)}"`);
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.DOUBLE: {
      if (!/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) {
        throw invalid(name, `must be a number, not "${text.slice(0, NAME_CHARS_MAX)}"`);
      }
      return Number(text);
    }
    default:
      return field.message?.typeName === "google.protobuf.FieldMask" ? maskOf(text) : text;
  }
}

/** A mask as JSON has it: names in camel case. */
function maskOf(text: string): string {
  return text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function invalid(field: string, description: string) {
  return apiError("FIELD_INVALID", `${field} ${description}`, {
    details: [badRequest([{ field, description, reason: "query.type" }])],
  });
}
