import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { BadFieldError } from "#server/edits/write-errors.ts";

/**
 * The fields that a change is about, by their names in the schema: those of the mask, all that can be
 * written for "*", and without a mask those that are not empty.
 *
 * @param writable - The fields that can be written.
 * @throws {BadFieldError} when the mask names another.
 */
export function maskedFields<T extends DescMessage, Name extends string>(
  schema: T,
  message: MessageShape<T>,
  mask: FieldMask | undefined,
  writable: readonly Name[],
): Name[] {
  const paths = mask?.paths ?? [];
  if (paths.includes("*")) {
    return [...writable];
  }
  if (paths.length === 0) {
    const reflected = reflect(schema, message);
    return writable.filter((name) =>
      schema.fields.some((field) => field.name === name && reflected.isSet(field)),
    );
  }
  return paths.map((path) => {
    const name = writable.find((each) => each === path);
    if (name === undefined) {
      throw new BadFieldError(
        "update_mask",
        `names "${path.slice(0, 100)}", which can't be written; there are ${writable.join(", ")}`,
      );
    }
    return name;
  });
}
