import type { Plugin } from "vite";

const schemaModule = "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
const restModule = "google/api/annotations_pb.ts";

/**
 * Leaves the schema of validation rules out of the page: checking is the server's task, and the
 * schema alone is a tenth of our JavaScript. The generated code only needs a file of that name to
 * exist; the one given here, encoded, holds nothing but its name and package. The rules stay in our
 * own descriptors as unknown fields. The same goes for how methods are mapped to REST.
 */
export function withoutValidation(): Plugin {
  return {
    name: "without-validation",
    enforce: "pre",
    resolveId(id) {
      if (id === schemaModule) return `\0${schemaModule}`;
      return id.endsWith(restModule) ? `\0${restModule}` : undefined;
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
