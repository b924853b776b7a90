/** What a write of a book or an edition is: of what kind, by whom, aimed at what. */
import type { RecordKind, Revision } from "./written-store.ts";

/** What is peculiar to books, or to editions. */
export type RecordType<T, Patch> = {
  kind: RecordKind;
  /** A record made here, before anything is written of it. */
  blank(key: string): T;
  apply(record: T, patch: Patch, nowYear: number): T;
  valuesOf(record: T, patch: Patch): Patch;
  /** The record with what follows from other records that were written, and are not imported. */
  derive(record: T, importedEditions: ReadonlySet<string>): T;
};

/** Who writes, and how. */
export type WriteContext = {
  /** A principal's subject, "user:7". */
  actor: string;
  address: string;
  /** Lets a request be repeated without being carried out twice; empty for none. */
  requestId: string;
  /** Checks the write and answers as if, without writing. */
  validateOnly: boolean;
  /** Told of the write, which may yet be undone with the transaction that it is in. */
  onRevision?: (revision: NewRevision) => void;
};

/** A record as it is now. */
export type PresentRecord<T> = { record: T; isDeleted: boolean };

/** What a write is aimed at: a key, and what the import says of it. */
export type Target<T> = {
  key: string;
  parent: string;
  imported: T | undefined;
  /** Keys of a book's imported editions: those that were made here may be among them. */
  importedEditions?: ReadonlySet<string>;
};

/** A write that was just remembered. */
export type NewRevision = Omit<Revision, "id">;
