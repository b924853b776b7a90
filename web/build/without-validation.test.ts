import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { file_bookfinder_v1_book_service } from "#proto/bookfinder/v1/book_service_pb.ts";
import { withoutRules } from "./without-validation.ts";

test("leaves out rules, and nothing that a client needs", () => {
  const { proto } = file_bookfinder_v1_book_service;
  const encoded = base64Encode(toBinary(FileDescriptorProtoSchema, proto), "std_raw");
  const stripped = withoutRules(encoded);
  expect(stripped.length).toBeLessThan(encoded.length * 0.9);
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(stripped));
  const fields = (from: typeof file) =>
    from.messageType.map(({ name, field }) => [
      name,
      field.map((each) => [each.name, each.number, each.type, each.label]),
    ]);
  expect(fields(file)).toEqual(fields(proto));
  expect(file.service[0]?.method.map(({ name }) => name)).toEqual(
    proto.service[0]?.method.map(({ name }) => name),
  );
  const search = file.service[0]?.method.find(({ name }) => name === "SearchBooks");
  expect(search?.options?.idempotencyLevel).toBe(MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS);
});
