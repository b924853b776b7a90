/** The last stages before the proof: prepared entries and authors, in order, into the index. */
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { type FinishInfo, IndexWriter } from "#server/sqlite/index-writer.ts";
import type { Words } from "#server/sqlite/insert-words.ts";
import { adoptWords } from "#server/sqlite/words-writer.ts";
import { AuthorTable } from "../files/author-table.ts";
import { unpackRest } from "../files/packed-entry.ts";
import type { RedirectTable } from "../files/redirect-table.ts";
import { mergeRuns } from "../files/runs.ts";
import { decodeAuthor } from "../files/staged-codec.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import type { ImportProgress } from "../import-options.ts";
import { keyKind, kindOf, writeKey } from "../keys.ts";
import type { Crew } from "./crew.ts";
import type { AuthorTotals } from "./table-authors.ts";
import { runSections, wordBufferBytes } from "./tasks.ts";

export type IndexInput = {
  crew: Crew;
  folder: WorkFolder;
  partitionCount: number;
  authorTable: SharedArrayBuffer;
  authorTotals: AuthorTotals;
  redirects: RedirectTable;
  entries: number;
  /** Where the new catalogue is written. */
  path: string;
  info: FinishInfo;
};

/** How many rows are written between two looks at what else the thread has to do. */
const rowsPerTurn = 2000;
const noWords: Words = ["", "", "", "", "", ""];

/** Writes the catalogue file, or what is still missing of it after an interruption. */
export async function indexStage(
  input: IndexInput,
  report: (progress: ImportProgress) => void,
): Promise<void> {
  const { folder, path, entries } = input;
  const buffer = { wordBufferBytes: wordBufferBytes(entries) };
  const words = input.crew.indexWords(entries);
  // A failure is met at the await below, after the rest is written.
  words.catch(() => {});
  {
    using writer = new IndexWriter(path, { ...buffer, withoutWords: true });
    await addWorks(writer, input, report);
    await addAuthors(writer, input, report);
    addRedirects(writer, input.redirects);
    report({ stage: "index", done: 0, total: 1, unit: "steps", rows: 0 });
    writer.finishOthers();
  }
  await words;
  adoptWords(path, folder.file("words.db"));
  using writer = new IndexWriter(path, buffer);
  writer.finish(input.info);
}

function addRedirects(writer: IndexWriter, redirects: RedirectTable): void {
  const { from, to } = redirects.data;
  from.forEach((key, index) => {
    const target = to[index] ?? 0;
    if (kindOf(target) !== keyKind.edition) {
      writer.addRedirect(writeKey(key), writeKey(target));
    }
  });
}

async function addWorks(
  writer: IndexWriter,
  { folder, partitionCount, entries }: IndexInput,
  report: (progress: ImportProgress) => void,
): Promise<void> {
  const present = writer.workCount;
  let done = 0;
  for (const { payload } of mergeRuns(runSections(folder, partitionCount))) {
    done += 1;
    if (done <= present) {
      continue;
    }
    writer.add({ words: noWords, ...unpackRest(payload) });
    if (done % rowsPerTurn !== 0) {
      continue;
    }
    report({ stage: "index", done, total: entries, unit: "works", rows: 0 });
    await setImmediate();
  }
}

async function addAuthors(
  writer: IndexWriter,
  { folder, partitionCount, authorTable, authorTotals }: IndexInput,
  report: (progress: ImportProgress) => void,
): Promise<void> {
  const table = new AuthorTable(authorTable);
  const workCounts = countWorks(folder, partitionCount, table.count);
  const path = folder.file("authors.runs");
  const sections = authorTotals.sections.map(([start, end]) => ({ path, start, end }));
  const present = writer.authorCount;
  let done = 0;
  for (const { first: key, payload } of mergeRuns(sections)) {
    done += 1;
    if (done <= present) {
      continue;
    }
    const author = decodeAuthor(payload.toString("utf8"));
    const index = table.find(key)?.index ?? 0;
    writer.addAuthor({ key: writeKey(key), ...author }, workCounts[index] ?? 0);
    if (done % rowsPerTurn !== 0) {
      continue;
    }
    report({ stage: "index", done, total: authorTotals.authors, unit: "authors", rows: 0 });
    await setImmediate();
  }
}

/** How many works credit each author, by the author's place in the table. */
function countWorks(folder: WorkFolder, partitionCount: number, authorCount: number): Uint32Array {
  const counts = new Uint32Array(authorCount);
  for (let partition = 0; partition < partitionCount; partition++) {
    const bytes = readFileSync(folder.file(`${partition}.credits`));
    for (let at = 0; at < bytes.length; at += 4) {
      const index = bytes.readUInt32LE(at);
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts;
}
