/**
 * REST routes out of the schema: every method with a `google.api.http` option can be called by the
 * path, the query string and the body that the option names.
 *
 * What HTTP has words for is said in them: what was created is 201 with its Location, what was deleted
 * 204; a resource with an etag carries it as ETag, and a write to one needs If-Match.
 */
import type { DescField, DescMessage, DescService, JsonObject, Message } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { apiError, invalidField } from "#server/rpc/errors.ts";
import { permissionOf, permissions } from "#server/rpc/permissions.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { etagHeader, etagToMatch, toPreconditionFailed } from "../conditional.ts";
import { checkBody, noteUnknownParameters, readMessage, toBody } from "../json-message.ts";
import type { RestAnswer, RestOperation, RestRequest, RestRoute } from "../rest-route.ts";
import {
  answered,
  etagPath,
  type HttpBinding,
  hasEtag,
  httpBindings,
  needsCondition,
} from "./http-binding.ts";
import { type PathTemplate, valueOfVariable } from "./path-template.ts";
import { addQueryFields, placeAt } from "./query-fields.ts";

/** Fields that can be written, by the full names of the messages that have others beside them. */
export type WritableFields = Readonly<Record<string, readonly string[]>>;

/** The routes of all methods of these services that have HTTP rules. */
export function transcodedRoutes(
  services: readonly DescService[],
  writable: WritableFields,
): RestRoute[] {
  const routes = new Map<string, RestRoute>();
  for (const binding of httpBindings(services)) {
    const path = binding.template.pattern;
    // Fields that hold the same part of a path have different names.
    const shape = shapeOf(path);
    const route: RestRoute = routes.get(shape) ?? { path };
    route[binding.httpMethod] = transcoded(binding, writable);
    routes.set(shape, route);
  }
  return [...routes.values()];
}

/**
 * The routes of both; where both have an operation, the hand-written one. Routes of one path are one,
 * however each calls the path's values.
 */
export function mergedRoutes(
  handWritten: readonly RestRoute[],
  fromSchema: readonly RestRoute[],
): RestRoute[] {
  const routes = new Map(fromSchema.map((route) => [shapeOf(route.path), route]));
  for (const route of handWritten) {
    const shape = shapeOf(route.path);
    routes.set(shape, { ...routes.get(shape), ...route });
  }
  // A path that ends with a verb goes before one that would take the verb for a part of a value.
  return [...routes.values()].sort((one, other) => verbCount(other.path) - verbCount(one.path));
}

function shapeOf(path: string): string {
  return path.replaceAll(/(?<!\\):\w+(?:\(.*?\))?/g, "*");
}

function verbCount(path: string): number {
  return path.includes("\\:") ? 1 : 0;
}

function transcoded(binding: HttpBinding, writable: WritableFields): RestOperation {
  const { rpc, httpMethod } = binding;
  const isOpen = permissionOf(permissions, rpc) === "books.read";
  return {
    rpc,
    // What has an etag is asked about each time: whoever writes next needs the present one.
    isCacheable:
      httpMethod === "GET" && rpc.methodKind === "unary" && isOpen && !hasEtag(answered(binding)),
    toRequest: (request) => toRequest(binding, request, writable),
    toAnswer: (response) => toAnswer(binding, response, isOpen),
    ...(etagPath(binding) === undefined ? {} : { toError: toPreconditionFailed }),
  };
}

function toRequest(binding: HttpBinding, request: RestRequest, writable: WritableFields): Message {
  const { rpc, template, body } = binding;
  const unknown: string[] = [];
  const json: JsonObject = {};
  if (body !== "*") {
    addQueryFields(rpc.input, request.parameters, json, unknown);
  }
  if (body === "*") {
    Object.assign(json, objectOf(request, rpc.input));
  } else if (body !== "") {
    const { jsonName, message = rpc.input } = fieldOf(rpc.input, body);
    const resource = objectOf(request, message);
    // Read for itself first: over REST the body is the book, so errors name its fields as such.
    checkBody(message, resource, request);
    json[jsonName] = { ...resource };
    addUpdateMask(binding, resource, json, writable);
  }
  const pathValues = namedAs(template, request.pathValues);
  for (const variable of template.variables) {
    placeOnce(json, variable.field.split("."), valueOfVariable(variable, pathValues));
  }
  const etag = etagPath(binding);
  const isConditional = needsCondition(binding) || request.headers["if-match"] !== undefined;
  if (etag !== undefined && isConditional) {
    placeAt(json, etag.slice(0, -1))["etag"] = etagToMatch(request.headers);
  }
  noteUnknownParameters(
    rpc.input,
    unknown,
    request,
    rpc.idempotency === Idempotency.NO_SIDE_EFFECTS,
  );
  // Those of a resource are noted already.
  const unknownFields = body === "*" ? request.unknownFields : [];
  return readMessage(rpc.input, json, { ...request, unknownFields });
}

/** Puts a value of the path at its place, where the body may say the same, but nothing else. */
function placeOnce(json: JsonObject, path: readonly string[], value: string): void {
  const names = [...path];
  const last = names.pop() ?? "";
  const place = placeAt(json, names);
  const before = place[last] ?? "";
  if (before !== "" && before !== value) {
    throw invalidField(last, `must be "${value}" as in the path, or be left out`);
  }
  place[last] = value;
}

/**
 * The fields that a PATCH is about: those that `update_mask` lists, or else those that are in its body,
 * empty ones too. What can't be written, such as a count, may be in the body and is left alone, so
 * that what was read can be sent back.
 */
function addUpdateMask(
  { rpc, body }: HttpBinding,
  resource: JsonObject,
  json: JsonObject,
  writable: WritableFields,
): void {
  const mask = rpc.input.fields.find(
    ({ message }) => message?.typeName === "google.protobuf.FieldMask",
  );
  const schema = fieldOf(rpc.input, body).message;
  if (mask === undefined || schema === undefined || (json[mask.jsonName] ?? "") !== "") {
    return;
  }
  const names = writable[schema.typeName];
  json[mask.jsonName] = schema.fields
    .filter(({ name, jsonName }) => name in resource || jsonName in resource)
    .filter(({ name }) => names?.includes(name) ?? true)
    .map(({ jsonName }) => jsonName)
    .join(",");
}

/** The path's values in their order, by the names that the template gives them. */
function namedAs({ variables }: PathTemplate, pathValues: RestRequest["pathValues"]) {
  const values = Object.values(pathValues);
  const names = variables.flatMap(({ parts }) =>
    parts.flatMap((part) => ("value" in part ? [part.value] : [])),
  );
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/** The body, which must be an object; an empty one if there is none. */
function objectOf({ body = {} }: RestRequest, { name }: DescMessage): JsonObject {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw apiError("MESSAGE_UNREADABLE", `The body must be a ${name} as a JSON object: {…}`);
  }
  return body;
}

function fieldOf(schema: DescMessage, name: string): DescField {
  const field = schema.fields.find((each) => each.name === name);
  if (field === undefined) {
    throw new Error(`${schema.typeName} has no field ${name}, which an HTTP rule names`);
  }
  return field;
}

function toAnswer(binding: HttpBinding, response: MessageLike, isOpen: boolean): RestAnswer {
  const { rpc, httpMethod, responseBody } = binding;
  if (httpMethod === "DELETE") {
    return { status: 204, body: undefined };
  }
  const schema = answered(binding);
  const resource =
    responseBody === "" ? response : response[fieldOf(rpc.output, responseBody).localName];
  if (resource === undefined) {
    return { body: {} };
  }
  // A field of the response that holds a message.
  const message = resource as MessageLike;
  const answer = { body: toBody(schema, message), headers: headersOf(schema, message, isOpen) };
  if (!rpc.name.startsWith("Create")) {
    return answer;
  }
  const location = `/v1/${String(message["name"])}`;
  return { ...answer, status: 201, headers: { ...answer.headers, location } };
}

function headersOf(schema: DescMessage, { etag }: MessageLike, isOpen: boolean) {
  if (hasEtag(schema)) {
    return { etag: etagHeader(etag), "cache-control": "no-cache" };
  }
  return isOpen ? {} : { "cache-control": "no-store" };
}
