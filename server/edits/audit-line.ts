import type { NewRevision } from "./record-write.ts";

/** The audit keeps values whole; a line of the log is to be read. */
const VALUE_CHARS_MAX = 200;

/** What the log says of a write: who, what, from where, before and after. */
export function auditLine({ kind, key, action, actor, address, changes }: NewRevision) {
  return {
    actor,
    address,
    action: `${kind}.${action}`,
    target: key,
    changes: changes.map(({ field, before, after }) => ({
      field,
      before: shortened(before),
      after: shortened(after),
    })),
  };
}

function shortened(value: unknown): string {
  const text = value === undefined ? "" : JSON.stringify(value);
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}
