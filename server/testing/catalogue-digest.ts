import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

const plainTables = [
  "ranking",
  "work",
  "edition",
  "author",
  "redirect",
  "term",
  "stem",
  "heading",
  "topic_term",
];
const textTables = ["words", "identifiers", "descriptions", "spelling"];

/**
 * A digest over all rows of a catalogue but the time of building: equal for catalogues of equal
 * content, however their pages came to lie in the file.
 */
export function catalogueDigest(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  const hash = createHash("sha256");
  try {
    addRows(hash, database, "SELECT * FROM meta WHERE name <> 'buildTime' ORDER BY 1");
    for (const table of plainTables) {
      addRows(hash, database, `SELECT * FROM ${table} ORDER BY 1`);
    }
    for (const table of textTables) {
      // Contentless tables have no rows to read back; their index, word by word, is what they are.
      database.exec(
        `CREATE VIRTUAL TABLE temp.${table}_terms USING fts5vocab(main, ${table}, 'instance')`,
      );
      addRows(hash, database, `SELECT term, doc, col FROM temp.${table}_terms`);
    }
  } finally {
    database.close();
  }
  return hash.digest("hex");
}

function addRows(hash: ReturnType<typeof createHash>, database: DatabaseSync, sql: string): void {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  let rows = "";
  hash.update(sql);
  for (const row of statement.iterate()) {
    rows += `${JSON.stringify(row)}\n`;
    if (rows.length > 1_000_000) {
      hash.update(rows);
      rows = "";
    }
  }
  hash.update(rows);
}
