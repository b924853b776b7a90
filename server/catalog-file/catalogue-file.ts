import { join } from "node:path";

/** The catalogue in the folder that BOOKFINDER_DATA names: what imports write and the server opens. */
export function catalogueFile(dataDir: string): string {
  return join(dataDir, "catalogue.db");
}
