/** Paths whose answers were published before there was a schema, and so are written by hand. */
import type { JsonSchema } from "./schemas.ts";

const bestBook: JsonSchema = {
  type: "object",
  properties: {
    title: { type: "string" },
    description: { type: "string" },
    author: { type: "string" },
  },
};

const error: JsonSchema = {
  description: "What went wrong.",
  content: {
    "application/json": {
      schema: {
        type: "object",
        properties: { code: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};

export const handWrittenPaths: Record<string, JsonSchema> = {
  "/api/books": {
    get: {
      operationId: "bestBook",
      tags: ["Published"],
      summary: "Returns the book that a title most likely means",
      parameters: [
        {
          name: "title",
          in: "query",
          required: true,
          schema: { type: "string", maxLength: 2000 },
          example: "Lord of the Rings",
        },
      ],
      responses: {
        200: {
          description: "The best match.",
          content: { "application/json": { schema: bestBook } },
        },
        "4XX": error,
      },
      security: [{}, { bearer: [] }],
    },
  },
  "/user/{user}": {
    get: {
      operationId: "user",
      tags: ["Published"],
      summary: "Returns an account, as the example of moving from REST to gRPC has it",
      parameters: [
        { name: "user", in: "path", required: true, schema: { type: "integer" }, example: 1 },
      ],
      responses: {
        200: {
          description: "The account.",
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: {
                  user_id: { type: "integer" },
                  name: { type: "string" },
                  email: { type: "string" },
                },
              },
            },
          },
        },
        "4XX": error,
      },
      security: [{ bearer: [] }],
    },
  },
  "/healthz": {
    get: {
      operationId: "health",
      tags: ["Published"],
      summary: "Says whether this server wants requests, for load balancers",
      responses: {
        200: {
          description: "It does.",
          content: {
            "application/json": {
              schema: { type: "object", properties: { status: { type: "string" } } },
            },
          },
        },
        "4XX": error,
        "5XX": { description: "It does not: it starts or stops." },
      },
      security: [{}],
    },
  },
};
