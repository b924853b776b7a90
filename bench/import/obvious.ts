/** The script one would write first: `node bench/import/obvious.ts --help`. */
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { createGunzip } from "node:zlib";
import { existingPath, parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node bench/import/obvious.ts FOLDER DATABASE

Imports a folder of dumps as one would write it first, for bench/import/main.ts to compare with: every
record as it stands into a table, and a plain FTS5 table over titles, names and subjects. No order, no
joins but the author's name, nothing cleaned.`;

const { folder, path } = startCommand(process, (args) => {
  const { positionals } = parseCommandLine(args, { usage, positionals: [2, 2] });
  return { folder: existingPath(positionals[0] ?? ""), path: positionals[1] ?? "" };
});
const database = new DatabaseSync(path);
database.exec(`
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  CREATE TABLE author (key TEXT PRIMARY KEY, name TEXT, json TEXT);
  CREATE TABLE work (key TEXT PRIMARY KEY, json TEXT);
  CREATE TABLE edition (key TEXT PRIMARY KEY, work TEXT, json TEXT);
  CREATE VIRTUAL TABLE search USING fts5(title, author, subject);
  BEGIN;
`);
const insertAuthor = database.prepare("INSERT OR REPLACE INTO author VALUES (?, ?, ?)");
const insertWork = database.prepare("INSERT OR REPLACE INTO work VALUES (?, ?)");
const insertEdition = database.prepare("INSERT OR REPLACE INTO edition VALUES (?, ?, ?)");
const insertSearch = database.prepare("INSERT INTO search VALUES (?, ?, ?)");
const nameOf = database.prepare("SELECT name FROM author WHERE key = ?");

await load("authors", (key, record, json) => {
  insertAuthor.run(key, String(record["name"] ?? ""), json);
});
await load("works", (key, record, json) => {
  insertWork.run(key, json);
  const { title, authors, subjects } = record;
  const names = (Array.isArray(authors) ? authors : []).map((role) =>
    String(nameOf.get(String(role?.author?.key ?? ""))?.["name"] ?? ""),
  );
  const headings = Array.isArray(subjects) ? subjects.join("; ") : "";
  insertSearch.run(String(title ?? ""), names.join("; "), headings);
});
await load("editions", (key, record, json) => {
  const { works } = record;
  const work = Array.isArray(works) ? String(works[0]?.key ?? "") : "";
  insertEdition.run(key, work, json);
});
database.exec("COMMIT");
database.close();

async function load(
  kind: string,
  add: (key: string, record: Record<string, unknown>, json: string) => void,
): Promise<void> {
  for (const name of readdirSync(folder).filter((file) => file.includes(kind))) {
    const lines = createReadStream(join(folder, name)).pipe(createGunzip());
    for await (const line of createInterface({ input: lines })) {
      const columns = line.split("\t");
      const json = columns.slice(4).join("\t");
      try {
        // A record is an object; what isn't is caught like broken JSON.
        add(columns[1] ?? "", JSON.parse(json) as Record<string, unknown>, json);
      } catch {
        // The obvious script passes over broken lines.
      }
    }
  }
}
