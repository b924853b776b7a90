import type { Plugin } from "vite";

const schemaModule = "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

/**
 * Leaves the schema of validation rules out of the page: checking is the server's task, and the
 * schema alone is a tenth of our JavaScript. The generated code only needs a file of that name to
 * exist; the one given here, encoded, holds nothing but its name and package. The rules stay in our
 * own descriptors as unknown fields.
 */
export function withoutValidation(): Plugin {
  return {
    name: "without-validation",
    enforce: "pre",
    resolveId: (id) => (id === schemaModule ? `\0${schemaModule}` : undefined),
    load: (id) =>
      id === `\0${schemaModule}`
        ? `import { fileDesc } from "@bufbuild/protobuf/codegenv2";
           export const file_buf_validate_validate = fileDesc(
             "ChtidWYvdmFsaWRhdGUvdmFsaWRhdGUucHJvdG8SDGJ1Zi52YWxpZGF0ZWIGcHJvdG8y",
           );`
        : undefined,
  };
}
