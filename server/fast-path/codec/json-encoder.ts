import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  isMessage,
  type MessageInitShape,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import type { JsonOptions } from "#server/rpc/read-message.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { CompiledSchemas, hasPresence, type OneofLike } from "./compile.ts";

/** Makes the JSON value of a field's, or a message's, value; undefined if it is left out. */
type ToJsonValue = (value: never) => unknown;
type CompiledMessage = { toJsonValue: (source: MessageLike) => object };

/**
 * Writes answers as ProtoJSON, like `toJson` without options that change how fields are shown.
 *
 * Each type of message becomes one function that makes an object with all of the type's names, those
 * of fields that are left out with `undefined`, which `JSON.stringify` passes over:
 *
 *     (source) => ({ "title": field0(source.title), "coverId": field1(source.coverId), … })
 *
 * The function is made from source text, since only objects that are written down as such have a form
 * that the engine knows beforehand: adding the same fields in a loop takes six times as long. The text
 * holds names of our own schema and nothing else.
 */
export class JsonEncoder {
  readonly options: JsonOptions;
  readonly #schemas = new CompiledSchemas<CompiledMessage>(
    () => ({ toJsonValue: () => ({}) }),
    (schema, compiled) => {
      compiled.toJsonValue = this.#compile(schema);
    },
  );

  constructor(options: JsonOptions) {
    this.options = options;
  }

  /** The JSON of an answer of that type. */
  encode(schema: DescMessage, value: MessageLike): string {
    return JSON.stringify(this.#messageOf(schema)(value as never));
  }

  #compile(schema: DescMessage): CompiledMessage["toJsonValue"] {
    const converters: ToJsonValue[] = [];
    const lines = schema.members.flatMap((member) =>
      (member.kind === "oneof" ? member.fields : [member]).map((field) => {
        const convert = member.kind === "oneof" ? this.#caseOf(field) : this.#optionalOf(field);
        const index = converters.push(convert) - 1;
        const name = JSON.stringify(member.localName);
        const value = `convert${index}(source[${name}])`;
        // The default of a field that was not set may be inherited.
        const isInherited = hasPresence(field) && field.message === undefined;
        const known = isInherited ? `Object.hasOwn(source, ${name}) ? ${value} : undefined` : value;
        return `${JSON.stringify(field.jsonName)}: ${known}`;
      }),
    );
    const names = converters.map((_, index) => `convert${index}`);
    const body = `return (source) => ({ ${lines.join(", ")} });`;
    // What comes out is what the text says: a function from the source to an object.
    return new Function(...names, body)(...converters) as CompiledMessage["toJsonValue"];
  }

  /** A field of a oneof, which is an object with the name of its case. */
  #caseOf(field: DescField): ToJsonValue {
    const { localName } = field;
    const convert = this.#valueOf(field);
    return (chosen: OneofLike) =>
      chosen?.case === localName ? convert(chosen.value as never) : undefined;
  }

  #optionalOf(field: DescField): ToJsonValue {
    const convert = this.#valueOf(field);
    if (hasPresence(field)) {
      return (value) => (value === undefined ? undefined : convert(value));
    }
    switch (field.fieldKind) {
      case "list":
        return (value: unknown[] | undefined) =>
          value === undefined || value.length === 0 ? undefined : convert(value as never);
      case "map":
        return (value: object | undefined) =>
          value === undefined || Object.keys(value).length === 0
            ? undefined
            : convert(value as never);
      case "scalar":
        if (field.scalar === ScalarType.BYTES) {
          return (value: Uint8Array | undefined) =>
            value === undefined || value.length === 0 ? undefined : convert(value as never);
        }
        if (field.scalar === ScalarType.STRING) {
          return (value: string | undefined) => (value === "" ? undefined : value);
        }
    }
    return (value) => (value === undefined || isDefault(value) ? undefined : convert(value));
  }

  #valueOf(field: DescField): ToJsonValue {
    switch (field.fieldKind) {
      case "scalar":
        return scalarOf(field.scalar);
      case "enum":
        return enumOf(field.enum);
      case "message":
        return this.#messageOf(field.message);
      case "list": {
        const convert = this.#elementOf(field);
        return convert === asItIs ? convert : (values: never[]) => values.map(convert);
      }
      case "map": {
        const convert = this.#elementOf(field);
        return (value: Record<string, never>) =>
          Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(each)]));
      }
    }
  }

  #messageOf(schema: DescMessage): ToJsonValue {
    // The well-known types have forms of their own.
    if (schema.typeName.startsWith("google.protobuf.")) {
      return (init: MessageInitShape<DescMessage>) =>
        // A method returns a message or what one is made from.
        toJson(schema, isMessage(init) ? init : create(schema, init), this.options);
    }
    const compiled = this.#schemas.get(schema);
    // Looked up when it is called: a type may hold itself.
    return (source: MessageLike) => compiled.toJsonValue(source);
  }

  #elementOf(field: DescField & { fieldKind: "list" | "map" }): ToJsonValue {
    const kind = field.fieldKind === "list" ? field.listKind : field.mapKind;
    if (kind === "message") {
      // The kind says that there is one; the types of lists and maps together don't.
      return this.#messageOf(field.message as DescMessage);
    }
    return kind === "enum" ? enumOf(field.enum as DescEnum) : scalarOf(field.scalar as ScalarType);
  }
}

function isDefault(value: unknown): boolean {
  // Negative zero is not the default.
  return value === false || Object.is(value, 0) || value === 0n;
}

const asItIs: ToJsonValue = (value) => value;

function enumOf(schema: DescEnum): ToJsonValue {
  if (schema.typeName === "google.protobuf.NullValue") {
    return () => null;
  }
  const names = new Map(schema.values.map(({ number, name }) => [number, name]));
  return (value: number) => names.get(value) ?? value;
}

function scalarOf(type: ScalarType): ToJsonValue {
  switch (type) {
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return String;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return (value: number) => (Number.isFinite(value) ? value : String(value));
    case ScalarType.BYTES:
      return (value: Uint8Array) => Buffer.from(value).toString("base64");
    default:
      return asItIs;
  }
}
