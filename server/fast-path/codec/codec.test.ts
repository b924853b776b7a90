/** The encoders say what the library says, for anything that our schema can hold. */
import {
  create,
  type DescField,
  type DescMessage,
  fromBinary,
  type Message,
  type MessageInitShape,
  ScalarType,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BookResponseSchema } from "#proto/book_pb.ts";
import {
  GetAuthorResponseSchema,
  GetBookResponseSchema,
  GetCatalogResponseSchema,
  ListEditionsResponseSchema,
} from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  SearchBooksRequestSchema,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { SuggestBooksResponseSchema } from "#proto/bookfinder/v1/suggest_pb.ts";
import { HealthListResponseSchema } from "#proto/grpc/health/v1/health_pb.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { encodeBinary } from "./binary-encoder.ts";

import { JsonEncoder } from "./json-encoder.ts";

const schemas: DescMessage[] = [
  BookResponseSchema,
  GetAuthorResponseSchema,
  GetBookResponseSchema,
  GetCatalogResponseSchema,
  ListEditionsResponseSchema,
  SearchBooksRequestSchema,
  SearchBooksResponseSchema,
  SuggestBooksResponseSchema,
  HealthListResponseSchema,
];

const json = new JsonEncoder({});

/** Anything that a message of this type can be made from, nested to a depth. */
function initOf(schema: DescMessage, depth: number): fc.Arbitrary<MessageLike> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  for (const member of schema.members) {
    if (member.kind === "oneof") {
      const cases = member.fields.map((field) =>
        fc.record({ case: fc.constant(field.localName), value: anyValueOf(field, depth) }),
      );
      members[member.localName] = depth > 0 ? fc.oneof(...cases) : fc.constant({ case: undefined });
    } else if (depth > 0 || member.message === undefined) {
      members[member.localName] = anyValueOf(member, depth);
    }
  }
  return fc.record(members, { requiredKeys: [] });
}

function anyValueOf(field: DescField, depth: number): fc.Arbitrary<unknown> {
  const one =
    field.message !== undefined
      ? initOf(field.message, depth - 1)
      : field.enum !== undefined
        ? fc.constantFrom(...field.enum.values.map(({ number }) => number), 99)
        : scalarOf(field.scalar);
  switch (field.fieldKind) {
    case "list":
      return fc.array(one, { maxLength: 3 });
    case "map":
      return fc.dictionary(fc.string(), one, { maxKeys: 3 });
    default:
      return one;
  }
}

function scalarOf(type: ScalarType | undefined): fc.Arbitrary<unknown> {
  switch (type) {
    case ScalarType.STRING:
      return fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "binary", minLength: 30, maxLength: 300 }),
        fc.constant("ы".repeat(9000)),
      );
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.DOUBLE:
      return fc.double();
    case ScalarType.INT64:
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case ScalarType.INT32:
      return fc.integer();
    default:
      throw new Error(`The schema has a new type (${type}): say here what values it has`);
  }
}

/** The same JSON as the library's, or the same refusal, as of a timestamp that is out of range. */
function expectSameJson(schema: DescMessage, value: MessageLike, message: Message): void {
  let expected: unknown;
  try {
    expected = toJson(schema, message);
  } catch {
    expect(() => json.encode(schema, value)).toThrow();
    return;
  }
  // Negative zero is only there until it is written.
  expect(JSON.parse(json.encode(schema, value))).toEqual(JSON.parse(JSON.stringify(expected)));
}

describe.each(schemas)("$typeName", (schema) => {
  test("is the same in binary", () => {
    fc.assert(
      fc.property(initOf(schema, 3), fc.integer({ min: 0, max: 5 }), (init, headroomBytes) => {
        const bytes = encodeBinary(schema, init, headroomBytes).subarray(headroomBytes);
        const message = create(schema, init as MessageInitShape<DescMessage>);
        expect(fromBinary(schema, bytes)).toEqual(fromBinary(schema, toBinary(schema, message)));
      }),
    );
  });

  test("is the same in JSON", () => {
    fc.assert(
      fc.property(initOf(schema, 3), (init) => {
        const message = create(schema, init as MessageInitShape<DescMessage>);
        expectSameJson(schema, init, message);
      }),
    );
  });

  test("may be a message already", () => {
    fc.assert(
      fc.property(initOf(schema, 2), (init) => {
        const message = create(schema, init as MessageInitShape<DescMessage>);
        // A message is an object by the names of its fields, like what it was made from.
        const bytes = encodeBinary(schema, message as unknown as MessageLike);
        expect(fromBinary(schema, bytes)).toEqual(fromBinary(schema, toBinary(schema, message)));
        const read = fromBinary(schema, bytes);
        expectSameJson(schema, read as unknown as MessageLike, read);
      }),
      { numRuns: 20 },
    );
  });
});

test("fields that are not known here are kept", () => {
  const bytes = toBinary(
    SearchBooksResponseSchema,
    create(SearchBooksResponseSchema, { nextPageToken: "next" }),
  );
  const message = fromBinary(BookResponseSchema, bytes);
  expect(encodeBinary(BookResponseSchema, message as unknown as MessageLike)).toEqual(
    Buffer.from(bytes),
  );
});
