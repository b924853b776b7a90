/** Methods with HTTP rules as operations of OpenAPI. */
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import {
  answered,
  etagPath,
  type HttpBinding,
  hasEtag,
  needsCondition,
} from "#server/http/rest/transcoding/http-binding.ts";
import { findField, isWrittenAsText } from "#server/http/rest/transcoding/query-fields.ts";
import { permissionOf, permissions } from "#server/rpc/permissions.ts";
import { bodyExamples, parameterExamples } from "./examples.ts";
import { describe, type JsonSchema, rulesOf, type Schemas } from "./schemas.ts";

const jsonLines = "application/x-ndjson";

/** An operation; `number` tells the ways to call one method apart. */
export function toOperation(binding: HttpBinding, number: number, schemas: Schemas): JsonSchema {
  const { rpc } = binding;
  const text = describe(rpc);
  const [summary = rpc.name] = text.split(/(?<=[.:;])\s/, 1);
  const permission = permissionOf(permissions, rpc);
  const isOpen = permission === "books.read" || permission === "public";
  return {
    operationId: `${rpc.localName}${number === 0 ? "" : number + 1}`,
    tags: [rpc.parent.name],
    summary: summary.replace(/[.:;]$/, ""),
    description: `${text}\n\nThe RPC \`${rpc.parent.typeName}/${rpc.name}\`.`,
    parameters: [
      ...pathParameters(binding),
      ...queryParameters(binding, schemas),
      ...conditions(binding),
    ],
    ...requestBody(binding, schemas),
    responses: responses(binding, schemas),
    // Reading may be open to everybody, which the server's configuration says.
    security: isOpen ? [{}, { bearer: [] }] : [{ bearer: [] }],
  };
}

function pathParameters({ rpc, template }: HttpBinding): JsonSchema[] {
  return template.variables.flatMap(({ field, parts }) => {
    const found = findField(rpc.input, field.split("."))?.field;
    const pattern = found && rulesOf(found);
    const steps =
      pattern?.type.case === "string"
        ? pattern.type.value.pattern.replace(/^\^|\$$/g, "").split("/")
        : [];
    return parts
      .filter((part) => "label" in part)
      .map(({ label }, index) => {
        const step = steps[index * 2 + 1];
        return {
          name: label,
          in: "path",
          required: true,
          description: `The key in the resource name: \`${parts.map((part) => ("text" in part ? part.text : `{${part.label}}`)).join("")}\`.`,
          schema: { type: "string", ...(step === undefined ? {} : { pattern: `^${step}$` }) },
          example: parameterExamples[label] ?? "1",
        };
      });
  });
}

function queryParameters(binding: HttpBinding, schemas: Schemas): JsonSchema[] {
  const { rpc, body, template } = binding;
  if (body === "*") {
    return [];
  }
  // If-Match has the etag.
  const etag = etagPath(binding)?.length === 1 ? ["etag"] : [];
  const inPath = template.variables.map(({ field }) => field.split(".")[0]);
  const taken = new Set([...inPath, ...etag, body]);
  return rpc.input.fields
    .filter(({ name }) => !taken.has(name))
    .flatMap((field) => parametersOf(field, field.name, schemas));
}

function parametersOf(field: DescField, name: string, schemas: Schemas): JsonSchema[] {
  if (field.fieldKind === "message" && !isWrittenAsText(field.message)) {
    return innerFields(field.message).flatMap((inner) =>
      parametersOf(inner, `${name}.${inner.name}`, schemas),
    );
  }
  const { description, ...schema } = schemas.field(field);
  const example = parameterExamples[name];
  return [
    {
      name,
      in: "query",
      ...(rulesOf(field)?.required === true ? { required: true } : {}),
      ...(description === undefined ? {} : { description }),
      schema,
      ...(example === undefined ? {} : { example }),
    },
  ];
}

function innerFields(message: DescMessage): readonly DescField[] {
  return message.fields.filter(({ fieldKind }) => fieldKind !== "map");
}

/** A write to a resource with an etag says which state of it was read. */
function conditions(binding: HttpBinding): JsonSchema[] {
  if (etagPath(binding) === undefined) {
    return [];
  }
  return [
    {
      name: "If-Match",
      in: "header",
      required: needsCondition(binding),
      description: "The ETag that was read, or `*` to write in any case.",
      schema: { type: "string" },
      example: "*",
    },
  ];
}

function requestBody({ rpc, body, template }: HttpBinding, schemas: Schemas): JsonSchema {
  if (body === "") {
    return {};
  }
  const message =
    body === "*" ? rpc.input : rpc.input.fields.find(({ name }) => name === body)?.message;
  if (message === undefined) {
    return {};
  }
  const isStream = rpc.methodKind === "bidi_streaming" || rpc.methodKind === "client_streaming";
  const example = bodyExamples[rpc.name];
  const content = {
    schema: schemas.body(
      message,
      template.variables.map(({ field }) => field),
    ),
    ...(example === undefined ? {} : { example }),
  };
  return {
    requestBody: {
      required: true,
      ...(isStream ? { description: "One JSON object on each line." } : {}),
      content: { [isStream ? jsonLines : "application/json"]: content },
    },
  };
}

function responses(binding: HttpBinding, schemas: Schemas): JsonSchema {
  const { rpc, httpMethod } = binding;
  const problem = { $ref: "#/components/responses/Problem" };
  const failures = {
    ...(etagPath(binding) === undefined ? {} : { 412: problem }),
    ...(needsCondition(binding) ? { 428: problem } : {}),
    429: { $ref: "#/components/responses/TooMany" },
    "4XX": problem,
    "5XX": problem,
  };
  if (httpMethod === "DELETE") {
    return { 204: { description: "Done.", headers: rateHeaders }, ...failures };
  }
  const message = answered(binding);
  const isStream = rpc.methodKind === "server_streaming" || rpc.methodKind === "bidi_streaming";
  const content = {
    [isStream ? jsonLines : "application/json"]: { schema: schemas.reference(message) },
  };
  const description = isStream
    ? `${describe(message)} One JSON object on each line.`
    : describe(message);
  const status = rpc.name.startsWith("Create") ? 201 : 200;
  return {
    [status]: { description, headers: headersOf(binding, status), content },
    ...(isKept(binding)
      ? { 304: { description: "Unchanged since the ETag in If-None-Match." } }
      : {}),
    ...failures,
  };
}

const header = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` });

/** What every answer of a call says. */
const rateHeaders = {
  RateLimit: header("RateLimit"),
  "RateLimit-Policy": header("RateLimit-Policy"),
};

function headersOf(binding: HttpBinding, status: number): JsonSchema {
  const isTagged = hasEtag(answered(binding)) || isKept(binding);
  return {
    ...rateHeaders,
    ...(isTagged ? { ETag: header("ETag") } : {}),
    ...(status === 201 ? { Location: header("Location") } : {}),
  };
}

/** A read of what everybody may see is answered with a tag of the catalogue's state. */
function isKept({ rpc, httpMethod }: HttpBinding): boolean {
  const isOpen = permissionOf(permissions, rpc) === "books.read";
  return httpMethod === "GET" && rpc.methodKind === "unary" && isOpen;
}
