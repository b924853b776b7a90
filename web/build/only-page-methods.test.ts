import { globSync, readFileSync } from "node:fs";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import {
  BookService,
  file_bookfinder_v1_book_service,
} from "#proto/bookfinder/v1/book_service_pb.ts";
import { pageMethods, withoutOtherMethods, withPageMethods } from "./only-page-methods.ts";

test("every method that the page names is left in", () => {
  const sources = globSync("web/**/*.{ts,tsx}").map((path) => readFileSync(path, "utf8"));
  const called = BookService.methods.filter(({ localName }) =>
    sources.some(
      (source) =>
        source.includes(`BookService.method.${localName}`) ||
        new RegExp(`\\{[^}]*\\b${localName}\\b[^}]*\\} = BookService\\.method\\b`).test(source),
    ),
  );
  expect(called.map(({ name }) => name).sort()).toEqual(pageMethods.toSorted());
});

test("other methods are left out, messages keep their places", () => {
  const { proto } = file_bookfinder_v1_book_service;
  const encoded = base64Encode(toBinary(FileDescriptorProtoSchema, proto), "std_raw");
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(withPageMethods(encoded)));
  expect(file.service[0]?.method.map(({ name }) => name).sort()).toEqual(pageMethods.toSorted());
  expect(file.messageType).toEqual(proto.messageType);
});

test("the module uses no file that it does not import", () => {
  const code = withoutOtherMethods(
    readFileSync("proto/gen/bookfinder/v1/book_service_pb.ts", "utf8"),
  );
  const imported = [...code.matchAll(/^import \{ (file_\w+) \}/gm)].map(([, name]) => name);
  const list = /fileDesc\("[^"]+", \[([^\]]+)\]/.exec(code)?.[1] ?? "";
  expect(list.split(/,\s*/)).toEqual(imported);
  expect(imported).not.toContain("file_bookfinder_v1_edit");
});
