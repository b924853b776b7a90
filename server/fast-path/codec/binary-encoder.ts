import {
  create,
  type DescField,
  type DescMessage,
  isMessage,
  type MessageInitShape,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";
import type { MessageLike } from "#server/rpc/unary.ts";
import { ByteWriter } from "./byte-writer.ts";
import { CompiledSchemas, hasPresence, hasUnknownFields, type OneofLike } from "./compile.ts";

type FieldWriter = (source: MessageLike, writer: ByteWriter) => void;
type ValueWriter = (value: unknown, writer: ByteWriter) => void;
/** `isOurs` is false for schemas with something rare in them, which are left to the library. */
type MessageEncoder = { fields: FieldWriter[]; isOurs: boolean };

const schemas = new CompiledSchemas<MessageEncoder>(
  () => ({ fields: [], isOurs: true }),
  (schema, compiled) => {
    for (const member of schema.members) {
      const write =
        member.kind === "oneof"
          ? compileOneof(member.fields, member.localName)
          : compileField(member);
      if (write === undefined) {
        compiled.isOurs = false;
      } else {
        compiled.fields.push(write);
      }
    }
  },
);

/** The bytes are only valid until the next answer is encoded. */
const writer = new ByteWriter();

/**
 * Encodes an answer of that type, like `toBinary`.
 *
 * @param headroomBytes - How many bytes to leave free in front.
 */
export function encodeBinary(schema: DescMessage, value: MessageLike, headroomBytes = 0): Buffer {
  writer.start(headroomBytes);
  writeMessage(schema, value, writer);
  return writer.copy();
}

function writeMessage(schema: DescMessage, value: MessageLike, writer: ByteWriter): void {
  const { fields, isOurs } = schemas.get(schema);
  if (!isOurs || hasUnknownFields(value)) {
    // A method returns a message or what one is made from.
    const init = value as MessageInitShape<DescMessage>;
    writer.raw(toBinary(schema, isMessage(init) ? init : create(schema, init)));
    return;
  }
  for (const write of fields) {
    write(value, writer);
  }
}

function compileOneof(fields: readonly DescField[], localName: string): FieldWriter | undefined {
  const byCase = new Map<string, ValueWriter>();
  for (const field of fields) {
    const write = valueWriter(field);
    if (write === undefined) {
      return undefined;
    }
    byCase.set(field.localName, write);
  }
  return (source, writer) => {
    // A oneof is an object with the name of its case.
    const chosen = source[localName] as OneofLike;
    byCase.get(chosen?.case ?? "")?.(chosen?.value, writer);
  };
}

function compileField(field: DescField): FieldWriter | undefined {
  const { localName } = field;
  const write = valueWriter(field);
  if (write === undefined) {
    return undefined;
  }
  if (field.fieldKind === "list") {
    if (isPacked(field)) {
      return undefined;
    }
    return (source, writer) => {
      for (const value of (source[localName] as unknown[] | undefined) ?? []) {
        write(value, writer);
      }
    };
  }
  if (field.fieldKind === "message") {
    return (source, writer) => {
      if (source[localName] !== undefined) {
        write(source[localName], writer);
      }
    };
  }
  if (hasPresence(field)) {
    return (source, writer) => {
      if (Object.hasOwn(source, localName) && source[localName] !== undefined) {
        write(source[localName], writer);
      }
    };
  }
  return (source, writer) => {
    const value = source[localName];
    if (value !== undefined && !isDefault(value)) {
      write(value, writer);
    }
  };
}

function isPacked(field: DescField & { fieldKind: "list" }): boolean {
  return field.packed;
}

function isDefault(value: unknown): boolean {
  return (
    value === "" ||
    value === false ||
    // Negative zero is not the default.
    Object.is(value, 0) ||
    value === 0n ||
    (value instanceof Uint8Array && value.length === 0)
  );
}

/** Writes tag and value; undefined for types that are too rare to be done here. */
function valueWriter(field: DescField): ValueWriter | undefined {
  const { number } = field;
  if (field.message !== undefined && field.fieldKind !== "map") {
    const schema = field.message;
    if (field.delimitedEncoding) {
      return undefined;
    }
    const tag = tagOf(number, WireType.LengthDelimited);
    return (value, writer) => {
      writer.varint(tag);
      const start = writer.open();
      writeMessage(schema, value as MessageLike, writer);
      writer.close(start);
    };
  }
  if (field.fieldKind === "map") {
    return undefined;
  }
  return scalarWriter(number, field.enum === undefined ? field.scalar : ScalarType.INT32);
}

function scalarWriter(number: number, type: ScalarType | undefined): ValueWriter | undefined {
  const varint = tagOf(number, WireType.Varint);
  const delimited = tagOf(number, WireType.LengthDelimited);
  switch (type) {
    case ScalarType.STRING:
      return (value, writer) => {
        writer.varint(delimited);
        writer.string(value as string);
      };
    case ScalarType.BYTES:
      return (value, writer) => {
        const bytes = value as Uint8Array;
        writer.varint(delimited);
        writer.varint(bytes.length);
        writer.raw(bytes);
      };
    case ScalarType.BOOL:
      return (value, writer) => {
        writer.varint(varint);
        writer.varint(value === true ? 1 : 0);
      };
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return (value, writer) => {
        writer.varint(varint);
        writer.integer(value as number | bigint | string);
      };
    case ScalarType.DOUBLE: {
      const tag = tagOf(number, WireType.Bit64);
      return (value, writer) => {
        writer.varint(tag);
        writer.double(value as number);
      };
    }
    default:
      return undefined;
  }
}

function tagOf(number: number, wireType: WireType): number {
  return ((number << 3) | wireType) >>> 0;
}
