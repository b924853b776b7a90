/** Lines of a dump → staged records. Every line is counted: as kept of some kind or as skipped. */

import type { RedirectTable } from "../files/redirect-table.ts";
import { recordType, type SegmentBuilder } from "../files/segments.ts";
import { encodeAuthor, encodeEdition, encodeWork } from "../files/staged-codec.ts";
import type { InputKind } from "../inputs/input-files.ts";
import { type Row, splitRow } from "../inputs/row.ts";
import { type KeyKind, keyKind, kindOf, type PackedKey, packKey } from "../keys.ts";
import { lineBytesMax } from "../limits.ts";
import { type Fields, isFields } from "../parse/fields.ts";
import { parseEdition } from "../parse/parse-edition.ts";
import { parseAuthor, parseWork } from "../parse/parse-work.ts";
import type { Activity } from "../parse/parsed-records.ts";
import { Tally, type TallyCounts } from "../tally.ts";

export type StageContext = {
  redirects: RedirectTable;
  works: SegmentBuilder;
  authors: SegmentBuilder;
};

export type StageCounts = { kept: TallyCounts; skipped: TallyCounts; warnings: TallyCounts };

const lineEnd = 10;

/** Stages a block of lines. Never throws for what is in them. */
export function stageBlock(bytes: Buffer, kind: InputKind, context: StageContext): StageCounts {
  const stage = new BlockStage(kind, context);
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(lineEnd, at);
    const end = found < 0 ? bytes.length : found;
    stage.addLine(bytes, at, end);
    at = end + 1;
  }
  return stage.finish();
}

class BlockStage {
  readonly #kind: InputKind;
  readonly #context: StageContext;
  readonly #kept = new Tally();
  readonly #skipped = new Tally();
  readonly #warnings = new Tally();
  readonly #activity = new Map<PackedKey, Activity>();

  constructor(kind: InputKind, context: StageContext) {
    this.#kind = kind;
    this.#context = context;
  }

  addLine(bytes: Buffer, start: number, end: number): void {
    const isWindowsLine = end > start && bytes[end - 1] === 13;
    const line = bytes.toString("utf8", start, isWindowsLine ? end - 1 : end);
    if (end - start > lineBytesMax) {
      this.#skip("line too long", line.slice(0, 200));
    } else if (line === "") {
      this.#skip("empty line", "");
    } else if (this.#kind === "records") {
      this.#addRow(line);
    } else {
      this.#addActivity(line);
    }
  }

  finish(): StageCounts {
    for (const [work, { readers, ratings, stars }] of this.#activity) {
      const payload = JSON.stringify([readers, ratings, stars]);
      this.#context.works.add(recordType.activity, work, work, 1, payload);
    }
    return {
      kept: this.#kept.counts(),
      skipped: this.#skipped.counts(),
      warnings: this.#warnings.counts(),
    };
  }

  #addRow(line: string): void {
    const row = splitRow(line);
    if ("reason" in row) {
      this.#skip(row.reason, line);
    } else if (row.type === "work") {
      this.#addRecord(row, keyKind.work);
    } else if (row.type === "edition") {
      this.#addRecord(row, keyKind.edition);
    } else if (row.type === "author") {
      this.#addRecord(row, keyKind.author);
    }
    // The table of redirects was read from these rows before; see read-redirects.ts.
    else if (row.type === "redirect" || row.type === "delete") {
      this.#kept.add(row.type);
    } else {
      this.#skip(`type ${row.type}`, "");
    }
  }

  #addRecord(row: Row, kind: KeyKind): void {
    const { redirects, works, authors } = this.#context;
    const key = packKey(row.key);
    if (key === undefined || kindOf(key) !== kind) {
      this.#skip("bad key", row.key);
      return;
    }
    if (redirects.isDeleted(key)) {
      this.#skip("deleted", row.key);
      return;
    }
    if (redirects.isMerged(key)) {
      this.#skip("merged into another", row.key);
      return;
    }
    const fields = parseJson(row.json);
    if (fields === undefined) {
      this.#skip("no JSON object", row.json);
      return;
    }
    if (kind === keyKind.work) {
      const payload = encodeWork(parseWork(fields, this.#warnings));
      works.add(recordType.work, key, key, row.revision, payload);
    } else if (kind === keyKind.author) {
      const payload = encodeAuthor(parseAuthor(fields, this.#warnings));
      authors.add(recordType.author, key, key, row.revision, payload);
    } else {
      const edition = parseEdition(fields, this.#warnings);
      if (edition.work !== 0) {
        edition.work = redirects.resolve(edition.work);
      }
      const group = edition.work === 0 ? key : edition.work;
      works.add(recordType.edition, group, key, row.revision, encodeEdition(edition));
    }
    this.#kept.add(row.type);
  }

  /** A line of the ratings, the reading log or a list of readers per work. */
  #addActivity(line: string): void {
    const columns = line.split("\t", 4);
    const key = packKey(columns[0]);
    if (key === undefined || kindOf(key) !== keyKind.work) {
      this.#skip("bad key", line);
      return;
    }
    const change = activityOf(this.#kind, columns);
    if (change === undefined) {
      this.#skip("wrong columns", line);
      return;
    }
    const work = this.#context.redirects.resolve(key);
    const sum = this.#activity.get(work) ?? { readers: 0, ratings: 0, stars: 0 };
    sum.readers += change.readers;
    sum.ratings += change.ratings;
    sum.stars += change.stars;
    this.#activity.set(work, sum);
    this.#kept.add(this.#kind);
  }

  #skip(reason: string, example: string): void {
    this.#skipped.add(reason, example);
  }
}

function activityOf(kind: InputKind, columns: string[]): Activity | undefined {
  if (kind === "ratings") {
    const stars = Number(columns[2]);
    return stars >= 1 && stars <= 5 ? { readers: 0, ratings: 1, stars } : undefined;
  }
  if (kind === "readingLog") {
    return (columns[2] ?? "") === "" ? undefined : { readers: 1, ratings: 0, stars: 0 };
  }
  const readers = Number(columns[1]);
  return Number.isSafeInteger(readers) && readers >= 0
    ? { readers, ratings: 0, stars: 0 }
    : undefined;
}

function parseJson(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
