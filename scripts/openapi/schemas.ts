/** Messages and enums of the schema as JSON Schema, as OpenAPI 3.1 takes it. */
import {
  type DescEnum,
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  ScalarType,
} from "@bufbuild/protobuf";
import {
  type FieldRules,
  field as fieldRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

import { type Commented, commentOf } from "./comments.ts";

export type JsonSchema = Record<string, unknown>;

/** Collects the schemas that a document refers to. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};

  /** A reference to the schema of a message, which is added to the document. */
  reference(message: DescMessage | DescEnum): JsonSchema {
    const name = nameOf(message);
    if (this.components[name] === undefined) {
      this.components[name] = {};
      this.components[name] = message.kind === "enum" ? enumSchema(message) : this.#object(message);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The schema of a field's value, with its rules. */
  field(field: DescField): JsonSchema {
    const rules = rulesOf(field);
    const description = describe(field);
    const value = this.#value(field);
    if (field.fieldKind === "list") {
      return withText(description, {
        type: "array",
        items: {
          ...value,
          ...valueRules(rules?.type.case === "repeated" ? rules.type.value.items : undefined),
        },
        ...(rules?.type.case === "repeated" && rules.type.value.maxItems > 0n
          ? { maxItems: Number(rules.type.value.maxItems) }
          : {}),
      });
    }
    if (field.fieldKind === "map") {
      return withText(description, { type: "object", additionalProperties: value });
    }
    return withText(description, { ...value, ...valueRules(rules) });
  }

  /** A message in a body, without the fields that the path holds. */
  body(message: DescMessage, inPath: readonly string[]): JsonSchema {
    return message.fields.some(({ name }) => inPath.includes(name))
      ? this.#object(message, inPath)
      : this.reference(message);
  }

  #object(message: DescMessage, without: readonly string[] = []): JsonSchema {
    const fields = message.fields.filter(({ name }) => !without.includes(name));
    const required = fields
      .filter((field) => rulesOf(field)?.required === true)
      .map(({ jsonName }) => jsonName);
    return withText(describe(message), {
      type: "object",
      properties: Object.fromEntries(fields.map((field) => [field.jsonName, this.field(field)])),
      ...(required.length > 0 ? { required } : {}),
    });
  }

  #value(field: DescField): JsonSchema {
    if (field.enum !== undefined) {
      return this.reference(field.enum);
    }
    if (field.message !== undefined) {
      return wellKnown[field.message.typeName] ?? this.reference(field.message);
    }
    return scalars[field.scalar ?? ScalarType.STRING] ?? { type: "string" };
  }
}

const wellKnown: Record<string, JsonSchema> = {
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
  "google.protobuf.Duration": { type: "string" },
  "google.protobuf.FieldMask": { type: "string" },
};

const scalars: Partial<Record<ScalarType, JsonSchema>> = {
  [ScalarType.BOOL]: { type: "boolean" },
  [ScalarType.DOUBLE]: { type: "number", format: "double" },
  [ScalarType.FLOAT]: { type: "number", format: "float" },
  [ScalarType.INT32]: { type: "integer", format: "int32" },
  [ScalarType.UINT32]: { type: "integer", minimum: 0 },
  // JSON's numbers are not exact beyond 53 bits.
  [ScalarType.INT64]: { type: "string", format: "int64" },
  [ScalarType.UINT64]: { type: "string", format: "uint64" },
  [ScalarType.BYTES]: { type: "string", contentEncoding: "base64" },
};

function enumSchema(type: DescEnum): JsonSchema {
  const meanings = type.values.map((value) => `- \`${value.name}\`: ${describe(value)}`);
  return withText(`${describe(type)}\n\n${meanings.join("\n")}`, {
    type: "string",
    enum: type.values.map(({ name }) => name),
  });
}

export function rulesOf(field: DescField): FieldRules | undefined {
  return hasOption(field, fieldRules) ? getOption(field, fieldRules) : undefined;
}

/** Rules as keywords of JSON Schema. */
function valueRules(rules: FieldRules | undefined): JsonSchema {
  if (rules?.type.case === "string") {
    const { minLen, maxLen, pattern, in: values } = rules.type.value;
    return {
      ...(minLen > 0n ? { minLength: Number(minLen) } : {}),
      ...(maxLen > 0n ? { maxLength: Number(maxLen) } : {}),
      ...(pattern === "" ? {} : { pattern }),
      ...(values.length === 0 ? {} : { enum: values }),
    };
  }
  if (rules?.type.case === "int32") {
    const { greaterThan, lessThan } = rules.type.value;
    return {
      ...(greaterThan.case === "gte" ? { minimum: greaterThan.value } : {}),
      ...(lessThan.case === "lte" ? { maximum: lessThan.value } : {}),
    };
  }
  return {};
}

/** The comment on a part of the schema, its lines joined as they flow. */
export function describe(part: Commented): string {
  return commentOf(part)
    .split(/\n\s*\n/)
    .map((paragraph) =>
      /^ {4,}/.test(paragraph) ? paragraph : paragraph.trim().replace(/\s*\n\s*/g, " "),
    )
    .join("\n\n")
    .trim();
}

function withText(description: string, schema: JsonSchema): JsonSchema {
  return description === "" ? schema : { ...schema, description };
}

/** "Book", "PublicationDate.Precision". */
function nameOf({ typeName, file }: DescMessage | DescEnum): string {
  return typeName.slice(file.proto.package.length).replace(/^\./, "");
}
