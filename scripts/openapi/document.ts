/** The OpenAPI document of the REST API. */
import type { DescService } from "@bufbuild/protobuf";
import { httpBindings } from "#server/http/rest/transcoding/http-binding.ts";
import { handWrittenPaths } from "./hand-written-paths.ts";
import { toOperation } from "./operations.ts";
import { describe, type JsonSchema, Schemas } from "./schemas.ts";

/** The document of these services, whose descriptors have comments. */
export function openApiDocument(services: readonly DescService[], version: string): JsonSchema {
  const schemas = new Schemas();
  const paths: Record<string, JsonSchema> = {};
  const counts = new Map<string, number>();
  for (const binding of httpBindings(services)) {
    const number = counts.get(binding.rpc.name) ?? 0;
    counts.set(binding.rpc.name, number + 1);
    const path = binding.template.openApiPath;
    paths[path] = {
      ...paths[path],
      [binding.httpMethod.toLowerCase()]: toOperation(binding, number, schemas),
    };
  }
  const used = services.filter(({ methods }) => methods.some(({ name }) => counts.has(name)));
  return {
    openapi: "3.1.1",
    info: {
      title: "BookFinder",
      version,
      summary: "Finds books from half-remembered, misspelt words.",
      description:
        "The same methods answer gRPC, gRPC-web, Connect and JSON over HTTP on the same port; this document describes them as REST. Errors are problem details (RFC 9457), whose `reason` is one of the table below. Names that the schema does not have are left out, and the header `X-Unknown-Fields` says so.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [
      ...used.map((service) => ({ name: service.name, description: describe(service) })),
      { name: "Published", description: "Paths that were published before there was a schema." },
    ],
    paths: { ...paths, ...handWrittenPaths },
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...schemas.components, Problem: problem }).sort(([one], [other]) =>
          one < other ? -1 : 1,
        ),
      ),
      responses: {
        Problem: { description: "What went wrong, and what to do.", content: problemContent },
        TooMany: {
          description:
            "The caller has called more often than it may (`RATE_EXCEEDED`), or asked for more at a time than there is room for.",
          headers: Object.fromEntries(
            ["RateLimit", "RateLimit-Policy", "Retry-After"].map((name) => [
              name,
              { $ref: `#/components/headers/${name}` },
            ]),
          ),
          content: problemContent,
        },
      },
      headers,
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "An API key, an access token of a session, or a JWT.",
        },
      },
    },
  };
}

const problemContent: JsonSchema = {
  "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
};

const textHeader = (description: string, example: string): JsonSchema => ({
  description,
  schema: { type: "string" },
  example,
});

const headers: Record<string, JsonSchema> = {
  RateLimit: textHeader(
    "How many calls are left, and for how many seconds (draft-ietf-httpapi-ratelimit-headers).",
    '"address";r=5993;t=41',
  ),
  "RateLimit-Policy": textHeader("How many calls there are in a window.", '"address";q=6000;w=60'),
  "Retry-After": textHeader("In how many seconds the same call may succeed.", "1"),
  ETag: textHeader("Of the state that is answered, for If-None-Match and If-Match.", '"v8Th0s…"'),
  Location: textHeader("Where what was made is.", "/v1/books/OL900000001W"),
};

const problem: JsonSchema = {
  type: "object",
  description: "Problem details (RFC 9457).",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: {
      type: "string",
      format: "uri-reference",
      description: "Where the reason is explained.",
    },
    title: { type: "string", description: "The code in words." },
    status: { type: "integer", description: "The HTTP status." },
    detail: { type: "string", description: "A sentence for people: what, where, what to do." },
    reason: { type: "string", description: "Stable name of the reason, for programs." },
    errors: {
      type: "array",
      description: "The fields that are wrong.",
      items: {
        type: "object",
        properties: { field: { type: "string" }, detail: { type: "string" } },
      },
    },
    code: { type: "string", description: "The code of an RPC's error, e.g. `not_found`." },
    message: { type: "string", description: "The same as `detail`." },
    details: {
      type: "array",
      description: "Details as `google.rpc` has them.",
      items: { type: "object" },
    },
  },
};
