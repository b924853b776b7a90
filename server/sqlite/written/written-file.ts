import { renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import { hash53 } from "#server/catalog/text/hash53.ts";
import { APPLICATION_ID, createWrittenTables, FORMAT_VERSION } from "../schema.ts";

/** Rises with the tables of what was written: a server that finds none of its own makes one anew. */
const LAYOUT = 2;

/**
 * Where the index of what was written over a catalogue file is: beside it, by a name of its own for
 * each import, since it goes by the ids of that, and for each layout.
 */
export function writtenFile(cataloguePath: string, info: CatalogInfo): string {
  const text = `${info.revision} ${info.buildTime.toISOString()} ${LAYOUT}`;
  const build = hash53(text).toString(36);
  return `${writtenPrefix(cataloguePath)}${build}`;
}

/** How the names of all such files begin, those of earlier imports and SQLite's own among them. */
export function writtenPrefix(cataloguePath: string): string {
  return `${cataloguePath}-written-`;
}

/** Creates the file whole: whoever sees its name can read it, also after a kill in between. */
export function createWrittenFile(path: string): void {
  const unfinished = `${path}-new`;
  rmSync(unfinished, { force: true });
  const database = new DatabaseSync(unfinished);
  database.exec(`
    PRAGMA journal_mode = OFF;
    BEGIN;
    ${createWrittenTables}
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${FORMAT_VERSION};
    COMMIT;
  `);
  database.close();
  renameSync(unfinished, path);
}
