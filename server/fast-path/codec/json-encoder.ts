import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  isMessage,
  type JsonValue,
  type MessageInitShape,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import type { JsonOptions } from "#server/rpc/read-message.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { CompiledSchemas, hasPresence, type OneofLike } from "./compile.ts";

type JsonObject = { [name: string]: JsonValue };
type ToJsonValue = (value: unknown) => JsonValue;
type FieldWriter = (source: MessageLike, target: JsonObject) => void;

/** Writes answers as ProtoJSON, like `toJson` without options that change how fields are shown. */
export class JsonEncoder {
  readonly options: JsonOptions;
  readonly #schemas = new CompiledSchemas<{ fields: FieldWriter[] }>(
    () => ({ fields: [] }),
    (schema, { fields }) =>
      void fields.push(...schema.members.map((member) => this.#compile(member))),
  );

  constructor(options: JsonOptions) {
    this.options = options;
  }

  /** Encodes an answer of that type. */
  encode(schema: DescMessage, value: MessageLike): JsonValue {
    // The well-known types have forms of their own.
    if (schema.typeName.startsWith("google.protobuf.")) {
      // A method returns a message or what one is made from.
      const init = value as MessageInitShape<DescMessage>;
      return toJson(schema, isMessage(init) ? init : create(schema, init), this.options);
    }
    const target: JsonObject = {};
    for (const write of this.#schemas.get(schema).fields) {
      write(value, target);
    }
    return target;
  }

  #compile(member: DescMessage["members"][number]): FieldWriter {
    if (member.kind === "oneof") {
      const byCase = new Map(
        member.fields.map((field) => [
          field.localName,
          { name: field.jsonName, convert: this.#valueOf(field) },
        ]),
      );
      return (source, target) => {
        // A oneof is an object with the name of its case.
        const chosen = source[member.localName] as OneofLike;
        const found = byCase.get(chosen?.case ?? "");
        if (found !== undefined) {
          target[found.name] = found.convert(chosen?.value);
        }
      };
    }
    const { localName, jsonName } = member;
    const convert = this.#valueOf(member);
    if (hasPresence(member) && member.fieldKind !== "message") {
      return (source, target) => {
        if (Object.hasOwn(source, localName) && source[localName] !== undefined) {
          target[jsonName] = convert(source[localName]);
        }
      };
    }
    const isEmpty = emptinessOf(member);
    return (source, target) => {
      const value = source[localName];
      if (value !== undefined && !isEmpty(value)) {
        target[jsonName] = convert(value);
      }
    };
  }

  #valueOf(field: DescField): ToJsonValue {
    switch (field.fieldKind) {
      case "scalar":
        return scalarToJson(field.scalar);
      case "enum":
        return enumToJson(field.enum);
      case "message":
        return (value) => this.encode(field.message, value as MessageLike);
      case "list": {
        const convert = this.#elementOf(field);
        return (value) => (value as unknown[]).map(convert);
      }
      case "map": {
        const convert = this.#elementOf(field);
        return (value) =>
          Object.fromEntries(
            Object.entries(value as object).map(([key, each]) => [key, convert(each)]),
          );
      }
    }
  }

  #elementOf(field: DescField & { fieldKind: "list" | "map" }): ToJsonValue {
    const kind = field.fieldKind === "list" ? field.listKind : field.mapKind;
    if (kind === "message") {
      const schema = field.message;
      // The kind says that there is one; the types of lists and maps together don't.
      return (value) => this.encode(schema as DescMessage, value as MessageLike);
    }
    return kind === "enum"
      ? enumToJson(field.enum as DescEnum)
      : scalarToJson(field.scalar as ScalarType);
  }
}

function emptinessOf(field: DescField): (value: unknown) => boolean {
  switch (field.fieldKind) {
    case "list":
      return (value) => (value as unknown[]).length === 0;
    case "map":
      return (value) => Object.keys(value as object).length === 0;
    case "message":
      return () => false;
    case "enum":
      return (value) => value === 0;
    case "scalar":
      return field.scalar === ScalarType.BYTES
        ? (value) => (value as Uint8Array).length === 0
        : // Negative zero is not the default.
          (value) => value === "" || value === false || Object.is(value, 0) || value === 0n;
  }
}

function enumToJson(schema: DescEnum): ToJsonValue {
  if (schema.typeName === "google.protobuf.NullValue") {
    return () => null;
  }
  const names = new Map(schema.values.map(({ number, name }) => [number, name]));
  return (value) => names.get(value as number) ?? (value as number);
}

function scalarToJson(type: ScalarType): ToJsonValue {
  switch (type) {
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return String;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return (value) => (Number.isFinite(value) ? (value as number) : String(value));
    case ScalarType.BYTES:
      return (value) => Buffer.from(value as Uint8Array).toString("base64");
    default:
      return (value) => value as JsonValue;
  }
}
