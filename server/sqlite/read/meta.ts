import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { ReadDatabase } from "../database.ts";

/** What the writer noted of the catalogue as a whole. */
export function readMeta(database: ReadDatabase): Map<string, string> {
  const rows = database.rows("SELECT name, value FROM meta");
  return new Map(rows.map((row) => [String(row[0]), String(row[1])]));
}

export function catalogInfo(meta: ReadonlyMap<string, string>): CatalogInfo {
  return {
    revision: meta.get("revision") ?? "",
    workCount: Number(meta.get("workCount") ?? 0),
    editionCount: Number(meta.get("editionCount") ?? 0),
    authorCount: Number(meta.get("authorCount") ?? 0),
    source: meta.get("source") ?? "",
    buildTime: new Date(meta.get("buildTime") ?? 0),
  };
}
