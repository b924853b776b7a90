import { hash } from "node:crypto";

/** Records are never changed once they are made, so each is hashed once. */
const known = new WeakMap<object, string>();

/**
 * The tag of a record's present state: the same for the same content, on every machine, whichever
 * way it came about; another one when anything of it changes.
 */
export function etagOf(record: object): string {
  let etag = known.get(record);
  if (etag === undefined) {
    // In the order of the names, so that it does not depend on who made the record.
    const fields = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
    etag = hash("sha256", JSON.stringify(fields), "base64url").slice(0, 22);
    known.set(record, etag);
  }
  return etag;
}
