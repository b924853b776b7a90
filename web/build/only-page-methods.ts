import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { Plugin } from "vite";

/** The methods of BookService that the page calls; a test compares them with its sources. */
export const pageMethods: readonly string[] = [
  "SearchBooks",
  "SuggestBooks",
  "GetBook",
  "GetAuthor",
  "GetCatalog",
  "ListEditions",
  "ListSimilarBooks",
];

/** Files of the schema that only other methods need. */
const otherFiles = ["edit", "export", "import", "match"];

/**
 * Leaves the methods that the page never calls, and what only they need, out of its schema: editing,
 * matching, imports and exports are half of it.
 */
export function onlyPageMethods(): Plugin {
  return {
    name: "only-page-methods",
    // As it was generated: other plugins write it anew.
    enforce: "pre",
    transform(code, id) {
      return id.endsWith("/book_service_pb.ts") ? withoutOtherMethods(code) : undefined;
    },
  };
}

/** The generated module of the service with the page's methods and what they need. */
export function withoutOtherMethods(code: string): string {
  const names = otherFiles.join("|");
  return code
    .replace(/(?<=fileDesc\(")[^"]+/, withPageMethods)
    .replaceAll(new RegExp(`^import \\{ file_bookfinder_v1_(${names}) \\}.*$`, "gm"), "")
    .replaceAll(new RegExp(`\\bfile_bookfinder_v1_(${names}),\\s*`, "g"), "");
}

/** The encoded descriptor of the service's file with the page's methods alone. */
export function withPageMethods(encoded: string): string {
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(encoded));
  for (const service of file.service) {
    service.method = service.method.filter(({ name }) => pageMethods.includes(name));
  }
  return base64Encode(toBinary(FileDescriptorProtoSchema, file), "std_raw");
}
