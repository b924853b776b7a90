import { createHash } from "node:crypto";

/**
 * The tag of a record's present state: the same for the same content, on every machine, whichever
 * way it came about; another one when anything of it changes.
 */
export function etagOf(record: object): string {
  return createHash("sha256").update(canonical(record)).digest("base64url").slice(0, 22);
}

/** JSON whose names are in order, so that it depends on nothing but the content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
