/** What `npm run catalog` can do with a data folder. Each command returns the lines to print. */
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { accountsFile } from "#server/accounts/account-database.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { swapIn } from "#server/catalog-file/swap-in.ts";
import { listFields, textFields, valuesOf, type WorkPatch } from "#server/edits/edit.ts";
import { editsFile } from "#server/edits/edit-database.ts";
import { EditStore } from "#server/edits/edit-store.ts";
import { editableKey } from "#server/import/entries/replay-edits.ts";
import { lockImport } from "#server/import/files/import-lock.ts";
import { ImportError } from "#server/import/import-error.ts";
import { bytes, reportLines, whole } from "#server/import/progress-lines.ts";
import type { ImportReport } from "#server/import/report.ts";
import { reportFile } from "#server/import/stages/finish-import.ts";
import { checkIntegrity, proveCatalogue } from "#server/import/stages/prove-catalogue.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { isCopyOfCluster } from "./detach-from-cluster.ts";

/** What is in the catalogue, from where, how large. */
export async function status(dataDir: string): Promise<string[]> {
  const path = presentFile(dataDir);
  await using catalog = openSqliteCatalog(path);
  const info = await catalog.info();
  const { size } = statSync(path);
  const lines = [
    `${path}: ${bytes(size)}, ${whole(size / Math.max(1, info.workCount))} bytes per book`,
    `Source: ${info.source}; built ${info.buildTime.toISOString()}; revision ${info.revision}`,
    `Books: ${whole(info.workCount)}; editions: ${whole(info.editionCount)}; ` +
      `authors: ${whole(info.authorCount)}`,
  ];
  if (existsSync(editsFile(dataDir))) {
    using store = new EditStore(editsFile(dataDir));
    lines.push(
      `Edits: ${whole(store.all().length)}; in conflict: ${whole(store.conflicts().length)}`,
    );
  }
  if (existsSync(join(dataDir, "import", "manifest.json"))) {
    lines.push("An import was interrupted; give its command again and it continues.");
  }
  if (existsSync(reportFile(dataDir))) {
    // Written by the import.
    const report = JSON.parse(readFileSync(reportFile(dataDir), "utf8")) as ImportReport;
    lines.push("", "The last import:", ...reportLines(report));
  }
  return lines;
}

/** @throws {ImportError} when the catalogue is damaged. */
export async function verify(dataDir: string): Promise<string[]> {
  const path = presentFile(dataDir);
  checkIntegrity(path);
  const expected = await countsOf(path);
  await proveCatalogue(path, path, expected, true);
  return [`${path} is whole and answers: ${whole(expected.works)} books`];
}

/** Rewrites the file without unused pages and swaps it in. */
export async function compact(dataDir: string): Promise<string[]> {
  const path = presentFile(dataDir);
  using _lock = lockImport(join(dataDir, "import.lock"));
  const compacted = join(dataDir, "compact.db");
  rmSync(compacted, { force: true });
  const before = statSync(path).size;
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare("VACUUM INTO ?").run(compacted);
  } finally {
    database.close();
  }
  await proveCatalogue(compacted, path, await countsOf(path), false);
  swapIn(compacted, path);
  return [`${path}: ${bytes(before)} before, ${bytes(statSync(path).size)} now`];
}

/** Copies the catalogue, the edits and the accounts while they are in use. */
export async function backUp(dataDir: string, target: string | undefined): Promise<string[]> {
  if (target === undefined) {
    throw new ImportError("backup needs the name of the file to write");
  }
  const folder = dirname(resolve(target));
  if (!existsSync(folder)) {
    throw new ImportError(`there is no folder ${folder} to write the backup to; make it first`);
  }
  const lines = [await copyDatabase(presentFile(dataDir), target)];
  if (existsSync(editsFile(dataDir))) {
    lines.push(await copyDatabase(editsFile(dataDir), `${target}.edits`));
  }
  if (existsSync(accountsFile(dataDir))) {
    lines.push(await copyDatabase(accountsFile(dataDir), `${target}.accounts`));
    // As the original: nobody else's business.
    chmodSync(`${target}.accounts`, 0o600);
  }
  return lines;
}

/** Notes an edit: `books/OL1W title="…" subjects="…; …"`. */
export async function edit(dataDir: string, args: readonly string[]): Promise<string[]> {
  const [name = "", ...changes] = args;
  const key = editableKey(name);
  if (key === undefined) {
    throw new ImportError(`"${name}" names no book; e.g. books/OL27448W`);
  }
  const patch = readPatch(changes);
  await using catalog = openSqliteCatalog(presentFile(dataDir));
  const work = await catalog.getWork(key);
  if (work === undefined) {
    throw new ImportError(`there is no books/${key}`);
  }
  if (isCopyOfCluster(editsFile(dataDir))) {
    throw new ImportError("books of a cluster are edited through the API: UpdateBook");
  }
  using store = new EditStore(editsFile(dataDir));
  store.save({
    work: work.key,
    patch,
    base: valuesOf(work, patch),
    editedAt: new Date().toISOString(),
  });
  return [
    `books/${work.key}: ${Object.keys(patch).join(", ")} edited; a running server finds it in a second`,
  ];
}

/** Edits that the last import disagrees with. */
export function conflicts(dataDir: string): string[] {
  if (!existsSync(editsFile(dataDir))) {
    return ["No edits."];
  }
  using store = new EditStore(editsFile(dataDir));
  const lines = store.conflicts().map(({ work, reason, imported, edit: made }) => {
    const reasons = {
      changed: "the imported record changed under the edit",
      merged: "the book was merged into another",
      missing: "the book is not in the dump any more",
    };
    return (
      `books/${work}: ${reasons[reason]}\n  edited:   ${JSON.stringify(made?.patch)}\n` +
      `  was:      ${JSON.stringify(made?.base)}\n  imported: ${JSON.stringify(imported)}`
    );
  });
  return lines.length === 0 ? ["No conflicts."] : lines;
}

function readPatch(changes: readonly string[]): WorkPatch {
  const patch: WorkPatch = {};
  for (const change of changes) {
    const at = change.indexOf("=");
    const name = change.slice(0, Math.max(0, at));
    const value = change.slice(at + 1).trim();
    const text = textFields.find((field) => field === name);
    const list = listFields.find((field) => field === name);
    if (text !== undefined) {
      patch[text] = value;
    } else if (list !== undefined) {
      patch[list] = value.split(/\s*;\s*/).filter((item) => item !== "");
    } else {
      const known = [...textFields, ...listFields].join(", ");
      throw new ImportError(`"${change}" is no change; write field="value" with one of: ${known}`);
    }
  }
  if (patch.title === "") {
    throw new ImportError("a book needs a title");
  }
  if (changes.length === 0) {
    throw new ImportError('nothing to change; write e.g. title="Emma"');
  }
  return patch;
}

async function copyDatabase(from: string, to: string): Promise<string> {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    rmSync(`${to}.part`, { force: true });
    await backup(database, `${to}.part`, { rate: 1000 });
  } finally {
    database.close();
  }
  checkIntegrity(`${to}.part`);
  // Empty, and left by whoever only reads.
  for (const end of ["-wal", "-shm"]) {
    rmSync(`${to}.part${end}`, { force: true });
  }
  swapIn(`${to}.part`, to);
  return `${to}: ${bytes(statSync(to).size)}`;
}

async function countsOf(path: string) {
  await using catalog = openSqliteCatalog(path);
  const info = await catalog.info();
  return { works: info.workCount, editions: info.editionCount, authors: info.authorCount };
}

/** @throws {ImportError} when there is no catalogue in the folder. */
export function presentFile(dataDir: string): string {
  const path = catalogueFile(dataDir);
  if (!existsSync(path)) {
    throw new ImportError(`there is no catalogue in ${dataDir}`);
  }
  return path;
}
