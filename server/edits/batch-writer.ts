/**
 * Writes many books in one transaction: all of a batch, or nothing of it. A batch that is sent again
 * under its request id is known by its content, so that an import can be repeated from its beginning.
 */
import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Edition, Work } from "#server/catalog/records.ts";
import { inTransaction } from "#server/database/open-database.ts";
import type { EditionPatch, WorkPatch } from "./edit.ts";
import type { NewRevision, Target, WriteContext } from "./record-write.ts";
import type { RecordWriter } from "./record-writer.ts";
import { BadFieldError, NothingThereError, StaleEtagError } from "./write-errors.ts";
import type { WrittenStore } from "./written-store.ts";

/** One book of a batch, with the editions to be added to it. */
export type BatchRow = {
  /** The book that is changed; undefined to make one. */
  target: Target<Work> | undefined;
  patch: WorkPatch;
  /** Of a book that is changed, as the caller has seen it; empty to write in any case. */
  etag: string;
  editions: EditionPatch[];
};

/** What became of a row. */
export type RowOutcome = "created" | "updated" | "unchanged";

/** What became of a batch: it is written, it was before, or rows of it can't be. */
export type BatchOutcome =
  | { kind: "written"; rows: RowOutcome[] }
  | { kind: "repeated" }
  | { kind: "refused"; problems: { index: number; error: Error }[] };

export type BatchWriterOptions = {
  database: DatabaseSync;
  store: WrittenStore;
  books: RecordWriter<Work, WorkPatch>;
  editions: RecordWriter<Edition, EditionPatch>;
  now: () => Date;
};

export class BatchWriter {
  readonly #options: BatchWriterOptions;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
  }

  /** Writes the rows, all or none, and tells `onRevision` of each write that was carried out. */
  write(
    rows: readonly BatchRow[],
    context: WriteContext,
    onRevision: (revision: NewRevision) => void,
  ): BatchOutcome {
    const { database, store, now } = this.#options;
    const { actor, requestId, validateOnly } = context;
    // The names of two ids can't meet: that of a batch is longer than any caller's may be.
    const batchId = requestId === "" ? "" : `${requestId} ${fingerprintOf(rows)}`;
    const revisions: NewRevision[] = [];
    let outcome: BatchOutcome = { kind: "repeated" };
    const undo = Symbol("undo");
    try {
      inTransaction(database, () => {
        if (batchId !== "" && store.keyOfRequest(actor, batchId, "batch") !== undefined) {
          return;
        }
        outcome = this.#writeRows(rows, context, (revision) => revisions.push(revision));
        if (validateOnly || outcome.kind === "refused") {
          throw undo;
        }
        if (batchId !== "") {
          store.addRequest(actor, batchId, "batch", "", now());
        }
      });
    } catch (error) {
      if (error !== undo) {
        throw error;
      }
      return outcome;
    }
    for (const revision of revisions) {
      onRevision(revision);
    }
    return outcome;
  }

  #writeRows(
    rows: readonly BatchRow[],
    context: WriteContext,
    onRevision: (revision: NewRevision) => void,
  ): BatchOutcome {
    // The batch is what is undone or known again, not each of its writes.
    const write = { ...context, requestId: "", validateOnly: false };
    const outcomes: RowOutcome[] = [];
    const problems: { index: number; error: Error }[] = [];
    for (const [index, row] of rows.entries()) {
      try {
        outcomes.push(this.#writeRow(row, write, onRevision));
      } catch (error) {
        if (!isCallersFault(error)) {
          throw error;
        }
        problems.push({ index, error });
      }
    }
    return problems.length > 0
      ? { kind: "refused", problems }
      : { kind: "written", rows: outcomes };
  }

  #writeRow(
    { target, patch, etag, editions }: BatchRow,
    context: WriteContext,
    onRevision: (revision: NewRevision) => void,
  ): RowOutcome {
    let changeCount = 0;
    const write = {
      ...context,
      onRevision(revision: NewRevision) {
        changeCount += 1;
        onRevision(revision);
      },
    };
    const { books } = this.#options;
    const book =
      target === undefined
        ? books.create("", patch, write)
        : books.update(target, patch, etag, write);
    for (const edition of editions) {
      const titled = { ...edition, title: edition.title ?? book.record.title };
      this.#options.editions.create(book.record.key, titled, write);
    }
    if (target === undefined) {
      return "created";
    }
    return changeCount > 0 ? "updated" : "unchanged";
  }
}

/** What one row may be refused for while others are looked at. */
function isCallersFault(error: unknown): error is Error {
  return (
    error instanceof BadFieldError ||
    error instanceof NothingThereError ||
    error instanceof StaleEtagError
  );
}

/** The same for the same rows, whatever the import says of their books by now. */
function fingerprintOf(rows: readonly BatchRow[]): string {
  const sent = rows.map(({ target, patch, etag, editions }) => [
    target?.key ?? "",
    patch,
    etag,
    editions,
  ]);
  return hash("sha256", JSON.stringify(sent), "base64url");
}
