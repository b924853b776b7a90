import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { type DescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { Plugin } from "vite";

const schemaModule = "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
const restModule = "google/api/annotations_pb.ts";

/**
 * Leaves the schema of validation rules out of the page: checking is the server's task, and the
 * schema alone is a tenth of our JavaScript. The generated code only needs a file of that name to
 * exist; the one given here, encoded, holds nothing but its name and package. The rules themselves are
 * taken out of our own descriptors, and so is how methods are mapped to REST.
 */
export function withoutValidation(): Plugin {
  return {
    name: "without-validation",
    enforce: "pre",
    resolveId(id) {
      if (id === schemaModule) {
        return `\0${schemaModule}`;
      }
      return id.endsWith(restModule) ? `\0${restModule}` : undefined;
    },
    transform(code, id) {
      return id.endsWith("_pb.ts")
        ? code.replace(/(?<=fileDesc\(")[^"]+/, withoutRules)
        : undefined;
    },
    load(id) {
      if (id === `\0${restModule}`) {
        return `import { fileDesc } from "@bufbuild/protobuf/codegenv2";
           export const file_google_api_annotations = fileDesc(
             "Chxnb29nbGUvYXBpL2Fubm90YXRpb25zLnByb3RvEgpnb29nbGUuYXBpYgZwcm90bzM",
           );`;
      }
      return id === `\0${schemaModule}`
        ? `import { fileDesc } from "@bufbuild/protobuf/codegenv2";
           export const file_buf_validate_validate = fileDesc(
             "ChtidWYvdmFsaWRhdGUvdmFsaWRhdGUucHJvdG8SDGJ1Zi52YWxpZGF0ZWIGcHJvdG8y",
           );`
        : undefined;
    },
  };
}

/** The encoded descriptor of a file without the options that others have defined. */
export function withoutRules(encoded: string): string {
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(encoded));
  for (const message of file.messageType) {
    strip(message);
  }
  for (const method of file.service.flatMap((service) => service.method)) {
    // What is left says whether a method may be called by GET.
    if (method.options !== undefined) {
      delete method.options.$unknown;
    }
  }
  return base64Encode(toBinary(FileDescriptorProtoSchema, file), "std_raw");
}

function strip(message: DescriptorProto): void {
  for (const { options } of message.field) {
    if (options !== undefined) {
      delete options.$unknown;
    }
  }
  message.nestedType.forEach(strip);
}
