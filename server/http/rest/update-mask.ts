import { create, type DescMessage, type JsonValue } from "@bufbuild/protobuf";
import { type FieldMask, FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { listParameter } from "./parameters.ts";

/**
 * The fields that a PATCH is about: those that `update_mask` lists, or those that are in its body,
 * empty ones too. What can't be written, such as a count, may be in the body and is left alone, so
 * that what was read can be sent back.
 */
export function updateMaskOf<T extends DescMessage>(
  schema: T,
  parameters: URLSearchParams,
  body: JsonValue | undefined,
  writable: readonly string[],
): FieldMask {
  const listed = listParameter(parameters, "update_mask");
  const names = typeof body === "object" && body !== null ? Object.keys(body) : [];
  const inSchema = (name: string) =>
    schema.fields.find((field) => field.name === name || field.jsonName === name)?.name ?? name;
  const paths =
    listed.length > 0
      ? listed.map(inSchema)
      : names.map(inSchema).filter((name) => writable.includes(name));
  return create(FieldMaskSchema, { paths });
}
