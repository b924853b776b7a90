/**
 * REST routes out of the schema: every method with a `google.api.http` option can be called by the
 * path, the query string and the body that the option names.
 *
 * What HTTP has words for is said in them: what was created is 201 with its Location, what was deleted
 * 204; a resource with an etag carries it as ETag, and a write to one needs If-Match.
 */
import type { DescField, DescMessage, DescService, JsonObject, Message } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { apiError } from "#server/rpc/errors.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { readMessage, toBody } from "../json-message.ts";
import type { RestAnswer, RestOperation, RestRequest, RestRoute } from "../rest-route.ts";
import { type HttpBinding, httpBindings } from "./http-binding.ts";
import { type PathTemplate, valueOfVariable } from "./path-template.ts";
import { addQueryFields, placeAt } from "./query-fields.ts";

/** The routes of all methods of these services that have HTTP rules. */
export function transcodedRoutes(services: readonly DescService[]): RestRoute[] {
  const routes = new Map<string, RestRoute>();
  for (const binding of httpBindings(services)) {
    const path = binding.template.pattern;
    const route: RestRoute = routes.get(path) ?? { path };
    route[binding.httpMethod] = transcoded(binding);
    routes.set(path, route);
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

function transcoded(binding: HttpBinding): RestOperation {
  const { rpc } = binding;
  const isRead = binding.httpMethod === "GET";
  return {
    rpc,
    isCacheable: isRead && rpc.methodKind === "unary",
    toRequest: (request) => toRequest(binding, request),
    toAnswer: (response) => toAnswer(binding, response),
  };
}

function toRequest(binding: HttpBinding, request: RestRequest): Message {
  const { rpc, template, body } = binding;
  const unknown: string[] = [];
  const json: JsonObject = {};
  if (body === "*") {
    Object.assign(json, objectOf(request));
  } else if (body !== "") {
    placeAt(json, [])[fieldOf(rpc.input, body).jsonName] = objectOf(request);
  }
  if (body !== "*") {
    addQueryFields(rpc.input, request.parameters, json, unknown);
  }
  const pathValues = namedAs(template, request.pathValues);
  for (const variable of template.variables) {
    const names = variable.field.split(".");
    const last = names.pop() ?? "";
    placeAt(json, names)[last] = valueOfVariable(variable, pathValues);
  }
  // Of what is written, a misspelt name must not be left out silently.
  const ignoresUnknownFields =
    request.ignoresUnknownFields && rpc.idempotency === Idempotency.NO_SIDE_EFFECTS;
  return readMessage(rpc.input, json, unknown, { ...request, ignoresUnknownFields });
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
function objectOf({ body = {} }: RestRequest): JsonObject {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw apiError("MESSAGE_UNREADABLE", "The body must be a JSON object: {…}");
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

function toAnswer({ rpc, responseBody }: HttpBinding, response: MessageLike): RestAnswer {
  if (responseBody === "") {
    return { body: toBody(rpc.output, response) };
  }
  const field = fieldOf(rpc.output, responseBody);
  if (field.message === undefined) {
    throw new Error(`${responseBody} of ${rpc.output.typeName} is no message`);
  }
  return { body: toBody(field.message, (response[field.localName] ?? {}) as MessageLike) };
}
