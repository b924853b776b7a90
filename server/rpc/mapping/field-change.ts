import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FieldChangeSchema, FieldConflictSchema } from "#proto/bookfinder/v1/edit_pb.ts";
import type { Conflict } from "#server/edits/conflict-store.ts";
import type { FieldChange } from "#server/edits/written-store.ts";

/** A change of a field, with the field's name in the schema. */
export function toFieldChange({
  field,
  before,
  after,
}: FieldChange): MessageInitShape<typeof FieldChangeSchema> {
  return { field: schemaName(field), beforeJson: json(before), afterJson: json(after) };
}

/** The fields of a conflict, with all three sides. */
export function toFieldConflicts({
  patch,
  base,
  imported,
}: Conflict): MessageInitShape<typeof FieldConflictSchema>[] {
  const [bases, importeds] = [base, imported].map(
    (values) => new Map<string, unknown>(Object.entries(values)),
  );
  return Object.entries(patch).map(([field, edited]) => ({
    field: schemaName(field),
    baseJson: json(bases?.get(field)),
    editedJson: json(edited),
    importedJson: json(importeds?.get(field)),
  }));
}

/** "firstPublished" is "first_published" in the schema. */
function schemaName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function json(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}
