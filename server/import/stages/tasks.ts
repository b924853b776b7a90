/**
 * What workers do, as plain functions over files: also run in the main thread for small imports.
 *
 *     stage(block) …, flush()   lines → segments of works and authors (segments.ts)
 *     tableAuthors()            segments of authors → table of names, sorted records
 *     join(partition)           segments of works → sorted run of prepared entries
 */

import { statSync } from "node:fs";
import { parsePublicationDate } from "#server/catalog/dates.ts";
import type { PublicationDate } from "#server/catalog/records.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";
import type { EditConflict } from "#server/edits/edit.ts";
import type { EditsToReplay } from "#server/edits/edit-store.ts";
import { prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { WordsWriter } from "#server/sqlite/words-writer.ts";
import type { BuiltEntry } from "../entries/build-entry.ts";
import { type JoinCounts, joinPartition } from "../entries/join-partition.ts";
import { madeEntries } from "../entries/made-entries.ts";
import { EditionReplay } from "../entries/replay-editions.ts";
import { EditReplay } from "../entries/replay-edits.ts";
import { AuthorTable } from "../files/author-table.ts";
import { packEntry, unpackWords } from "../files/packed-entry.ts";
import { RedirectTable, type RedirectTableData } from "../files/redirect-table.ts";
import { mergeRuns, RunBuilder, type RunSection, wholeFile } from "../files/runs.ts";
import { SegmentBuilder, SegmentReader } from "../files/segments.ts";
import { WorkFolder } from "../files/work-folder.ts";
import type { InputKind } from "../inputs/input-files.ts";
import { packKey } from "../keys.ts";
import { Tally, type TallyCounts } from "../tally.ts";
import { writeDurably } from "../whole-files.ts";
import { type StageCounts, stageBlock } from "./stage-block.ts";
import { type AuthorTotals, tableAuthors } from "./table-authors.ts";

/**
 * Bytes of words that wait in memory for being written. Small, because a hash table that fits the
 * processor's cache is three times as fast as one of 200 MB; growing with the catalogue, because FTS5
 * holds at most 2000 segments until they are merged at the end.
 */
export function wordBufferBytes(entries: number): number {
  return 4 * 1024 * 1024 + Math.ceil(entries * 1.2);
}

const datesRemembered = 32_768;

export type TaskSetup = {
  folder: string;
  partitionCount: number;
  segmentBytes: number;
  nowYear: number;
  redirects: RedirectTableData;
  edits: EditsToReplay;
};

export type BlockTask = {
  /** Names the block: "<file>-<index>". */
  name: string;
  fileIndex: number;
  index: number;
  kind: InputKind;
  bytes: Uint8Array;
  droppedLines: number;
};

/** What a segment holds; written last, so it marks both of its files as whole. */
export type SegmentNote = { blocks: StagedBlock[] };
export type StagedBlock = { fileIndex: number; index: number; counts: StageCounts };

export type JoinNote = {
  counts: JoinCounts;
  entries: number;
  warnings: TallyCounts;
  /** Keys of edits that were replayed. */
  edited: string[];
  /** Books that were made here. */
  madeBooks: number;
  /** How many editions more there are for what was written of them. */
  addedEditions: number;
  conflicts: EditConflict[];
};

export class Tasks {
  readonly #setup: TaskSetup;
  readonly #folder: WorkFolder;
  readonly #redirects: RedirectTable;
  readonly #edits: EditReplay;
  readonly #editions: EditionReplay;
  readonly #readDate: (text: string) => PublicationDate;
  #works: SegmentBuilder | undefined;
  #authors: SegmentBuilder | undefined;
  #staged: StagedBlock[] = [];
  #segments: SegmentReader[] | undefined;
  #run: RunBuilder | undefined;

  constructor(setup: TaskSetup) {
    this.#setup = setup;
    this.#folder = new WorkFolder(setup.folder);
    this.#redirects = new RedirectTable(setup.redirects);
    this.#readDate = memoise((text) => parsePublicationDate(text, setup.nowYear), datesRemembered);
    const { edits, nowYear } = setup;
    this.#edits = new EditReplay(edits.works, this.#redirects, nowYear);
    this.#editions = new EditionReplay(edits.editions, this.#redirects, nowYear);
  }

  stage(block: BlockTask): StageCounts {
    const { partitionCount, segmentBytes } = this.#setup;
    this.#works ??= new SegmentBuilder(partitionCount, segmentBytes);
    this.#authors ??= new SegmentBuilder(partitionCount, segmentBytes / 4);
    const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.length);
    const context = { redirects: this.#redirects, works: this.#works, authors: this.#authors };
    const counts = stageBlock(bytes, block.kind, context);
    if (block.droppedLines > 0) {
      const tooLong = counts.skipped["line too long"] ?? { count: 0, examples: [] };
      counts.skipped["line too long"] = { ...tooLong, count: tooLong.count + block.droppedLines };
    }
    this.#staged.push({ fileIndex: block.fileIndex, index: block.index, counts });
    if (this.#works.isFull || this.#authors.isFull) {
      this.flush();
    }
    return counts;
  }

  /** Writes what is staged and not written yet. */
  flush(): void {
    const [block] = this.#staged;
    if (block === undefined) {
      return;
    }
    // No two segments begin with the same block, whichever worker wrote them and when.
    const name = `${block.fileIndex}-${block.index}`;
    if (this.#works?.isEmpty === false) {
      this.#works.write(this.#folder.file(`${name}.works`));
    }
    if (this.#authors?.isEmpty === false) {
      this.#authors.write(this.#folder.file(`${name}.authors`));
    }
    const note: SegmentNote = { blocks: this.#staged };
    this.#folder.writeJson(`${name}.segment`, note);
    this.#staged = [];
  }

  /** Frees the staging buffers. */
  endStaging(): void {
    this.flush();
    this.#works = undefined;
    this.#authors = undefined;
  }

  tableAuthors(): AuthorTotals {
    const segments = this.#openSegments(".authors");
    try {
      return tableAuthors(this.#folder, segments, this.#setup.partitionCount);
    } finally {
      for (const segment of segments) {
        segment.close();
      }
    }
  }

  join(partition: number, authorTable: SharedArrayBuffer): JoinNote {
    this.#segments ??= this.#openSegments(".works");
    this.#run ??= new RunBuilder(16 * 1024 * 1024);
    const run = this.#run;
    const warnings = new Tally();
    const credits: number[] = [];
    const edited: string[] = [];
    const conflicts: EditConflict[] = [];
    const context = {
      authors: new AuthorTable(authorTable),
      redirects: this.#redirects,
      readDate: this.#readDate,
      warnings,
    };
    const slices = this.#segments.map((segment) => segment.readPartition(partition));
    let addedEditions = 0;
    const add = ({ entry, authorIndexes }: BuiltEntry) => {
      const replayed = this.#edits.apply(entry);
      edited.push(...replayed.edited);
      conflicts.push(...replayed.conflicts);
      addedEditions += this.#editions.apply(entry);
      const prepared = prepareEntry(entry);
      const key = packKey(entry.work.key) ?? 0;
      run.add(-entry.popularity, key, ...packEntry(prepared));
      credits.push(...authorIndexes);
    };
    const counts = joinPartition(slices, context, add);
    const { edits, partitionCount, nowYear } = this.#setup;
    // Wherever there is room for them.
    const made = edits.madeBooks.filter((_, index) => index % partitionCount === partition);
    for (const built of madeEntries(made, context, nowYear)) {
      add(built);
    }
    const note: JoinNote = {
      counts,
      entries: run.count,
      warnings: warnings.counts(),
      edited,
      madeBooks: made.length,
      addedEditions,
      conflicts,
    };
    const name = String(partition);
    writeDurably(
      this.#folder.file(`${name}.credits`),
      new Uint8Array(Uint32Array.from(credits).buffer),
    );
    run.write(this.#folder.file(`${name}.run`));
    this.#folder.writeJson(`${name}.joined`, note);
    return note;
  }

  /** Builds the index of words in a file of its own, next to the one that indexStage() writes. */
  indexWords(entries: number): void {
    const folder = this.#folder;
    using writer = new WordsWriter(folder.file("words.db"), wordBufferBytes(entries));
    const present = writer.workCount;
    let done = 0;
    for (const { payload } of mergeRuns(runSections(folder, this.#setup.partitionCount))) {
      done += 1;
      if (done <= present) {
        continue;
      }
      writer.add(unpackWords(payload));
    }
    writer.finish();
  }

  /** Closes the segments. */
  endJoining(): void {
    for (const segment of this.#segments ?? []) {
      segment.close();
    }
    this.#segments = undefined;
    this.#run = undefined;
  }

  #openSegments(suffix: ".works" | ".authors"): SegmentReader[] {
    return this.#folder.list(".segment").flatMap((note) => {
      const name = note.replace(/\.segment$/, suffix);
      if (!this.#folder.has(name)) {
        return [];
      }
      const path = this.#folder.file(name);
      return [new SegmentReader(path, statSync(path).size, this.#setup.partitionCount)];
    });
  }
}

/** The sorted runs of all partitions. */
export function runSections(folder: WorkFolder, partitionCount: number): RunSection[] {
  return Array.from({ length: partitionCount }, (_, partition) =>
    wholeFile(folder.file(`${partition}.run`)),
  );
}
