import type { DescEnum, DescExtension, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Label } from "@bufbuild/protobuf/wkt";

/**
 * Prints a file descriptor as `.proto` source. Options are left out: buf only needs the shapes.
 *
 * No npm package ships `buf/validate/validate.proto`, but protovalidate's generated code embeds its
 * descriptor; this turns it back into a file that buf can import.
 */
export function printProto(file: DescFile): string {
  const lines = [
    `syntax = "${file.proto.syntax || "proto2"}";`,
    `package ${file.proto.package};`,
    ...file.proto.dependency.map((path) => `import "${path}";`),
    ...file.enums.flatMap(printEnum),
    ...file.messages.flatMap(printMessage),
    ...file.extensions.flatMap(printExtension),
  ];
  return `${lines.join("\n")}\n`;
}

function printMessage(message: DescMessage): string[] {
  return block(`message ${message.name}`, [
    ...message.nestedEnums.flatMap(printEnum),
    // Map entries are printed as `map<…>` fields; the schema printed here has none to skip.
    ...message.nestedMessages.flatMap(printMessage),
    ...message.proto.extensionRange.map(
      ({ start, end }) => `extensions ${start} to ${end >= 536870912 ? "max" : end - 1};`,
    ),
    ...message.fields.filter((field) => field.oneof === undefined).map(printField),
    ...message.oneofs.flatMap((oneof) =>
      block(
        `oneof ${oneof.name}`,
        oneof.fields.map((field) => printType(field)),
      ),
    ),
    ...message.nestedExtensions.flatMap(printExtension),
  ]);
}

function printEnum(descriptor: DescEnum): string[] {
  return block(
    `enum ${descriptor.name}`,
    descriptor.values.map((value) => `${value.name} = ${value.number};`),
  );
}

function printExtension(extension: DescExtension): string[] {
  return block(`extend .${extension.extendee.typeName}`, [printField(extension)]);
}

function printField(field: DescField | DescExtension): string {
  const { label, proto3Optional } = field.proto;
  if (label === FieldDescriptorProto_Label.REPEATED) {
    return `repeated ${printType(field)}`;
  }
  const isProto2 = fileOf(field).proto.syntax !== "proto3";
  return isProto2 || proto3Optional ? `optional ${printType(field)}` : printType(field);
}

function printType(field: DescField | DescExtension): string {
  const { name, number, type, typeName } = field.proto;
  // TYPE_GROUP and TYPE_ENUM/MESSAGE carry a name; the scalars are their own names in lower case.
  const printed = typeName === "" ? scalarNames[type] : typeName;
  return `${printed} ${name} = ${number};`;
}

function fileOf(field: DescField | DescExtension): DescFile {
  return field.kind === "extension" ? field.file : field.parent.file;
}

function block(head: string, body: string[]): string[] {
  return [`${head} {`, ...body.map((line) => `  ${line}`), "}"];
}

/** Names by FieldDescriptorProto.Type. */
const scalarNames: Record<number, string> = {
  1: "double",
  2: "float",
  3: "int64",
  4: "uint64",
  5: "int32",
  6: "fixed64",
  7: "fixed32",
  8: "bool",
  9: "string",
  12: "bytes",
  13: "uint32",
  15: "sfixed32",
  16: "sfixed64",
  17: "sint32",
  18: "sint64",
};
