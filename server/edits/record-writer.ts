/**
 * Writes books or editions: one way for both. A write reads what is there, compares its etag, changes
 * it and remembers who did what, in one transaction; so of two writers with the same etag one wins.
 */
import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "#server/database/open-database.ts";
import { isSameValue } from "./edit.ts";
import { etagOf } from "./etag.ts";
import type {
  NewRevision,
  PresentRecord,
  RecordType,
  Target,
  WriteContext,
} from "./record-write.ts";
import { NothingThereError, ReadOnlyError, StaleEtagError } from "./write-errors.ts";
import type { FieldChange, RevisionAction, WrittenRecord, WrittenStore } from "./written-store.ts";

const none: ReadonlySet<string> = new Set();

type Change<T, Patch> = (
  present: PresentRecord<T>,
  written: WrittenRecord<Patch>,
) => {
  action: RevisionAction;
  patch: Patch;
  isDeleted: boolean;
};

/** What came of a write; no revision where it changed nothing. */
type Outcome<T> = { key: string; present: PresentRecord<T>; revision?: NewRevision };

export class RecordWriter<T extends object, Patch extends object> {
  readonly #database: DatabaseSync;
  readonly #store: WrittenStore;
  readonly #type: RecordType<T, Patch>;
  readonly #now: () => Date;
  readonly #readOnlyBecause: string | undefined;

  constructor(options: {
    database: DatabaseSync;
    store: WrittenStore;
    type: RecordType<T, Patch>;
    now: () => Date;
    /** Why every write is refused; undefined where none is. */
    readOnlyBecause?: string | undefined;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#type = options.type;
    this.#now = options.now;
    this.#readOnlyBecause = options.readOnlyBecause;
  }

  /** A record as it is now, deleted or not; undefined if there never was one. */
  present(target: Omit<Target<T>, "parent">): PresentRecord<T> | undefined {
    const { key, imported, importedEditions = none } = target;
    const written = this.#store.get<Patch>(this.#type.kind, key);
    const isMadeHere = written?.origin === "here";
    // What was made here is what was written of it, whatever an import has taken over.
    const ground = isMadeHere ? this.#type.blank(key) : imported;
    if (ground === undefined) {
      return undefined;
    }
    const record =
      written === undefined
        ? ground
        : this.#type.apply(ground, written.patch, this.#now().getUTCFullYear());
    return {
      record: this.#type.derive(record, isMadeHere ? none : importedEditions),
      isDeleted: written?.deletedAt !== undefined,
    };
  }

  /** Makes a record. */
  create(parent: string, patch: Patch, write: WriteContext): PresentRecord<T> {
    return this.#inWrite(write, { action: "create", parent, patch }, (key) => {
      if (key !== undefined) {
        return { key, present: this.#mustBe({ key, parent, imported: undefined }) };
      }
      const newKey = this.#store.newKey(this.#type.kind);
      const at = this.#now().toISOString();
      this.#store.put<Patch>(this.#type.kind, {
        key: newKey,
        parent,
        origin: "here",
        patch,
        // Nothing was imported.
        base: {} as Patch,
        deletedAt: undefined,
        updatedAt: at,
      });
      const changes = Object.entries(patch).map(([field, after]) => ({
        field,
        before: undefined,
        after,
      }));
      const revision = this.#remember("create", newKey, at, changes, write);
      const present = this.#mustBe({ key: newKey, parent, imported: undefined });
      return { key: newKey, present, revision };
    });
  }

  /**
   * Puts fields in the place of those that are there.
   *
   * @param etag - Of the record as the caller has seen it, or several by commas, of which one must be
   * the present one; empty to write in any case.
   * @throws {StaleEtagError} when it was changed since.
   * @throws {NothingThereError} when there is no such record, or it is deleted.
   */
  update(target: Target<T>, patch: Patch, etag: string, write: WriteContext): PresentRecord<T> {
    return this.#change(target, etag, write, { action: "update", patch }, (present) => {
      if (present.isDeleted) {
        throw this.#isDeleted(target.key);
      }
      return { action: "update", patch, isDeleted: false };
    });
  }

  /** Deletes a record, or brings it back; what is so already stays so. @throws as update() does */
  setDeleted(
    target: Target<T>,
    isDeleted: boolean,
    etag: string,
    write: WriteContext,
  ): PresentRecord<T> {
    const action = isDeleted ? "delete" : "undelete";
    return this.#change(target, etag, write, { action }, (present) => {
      if (isDeleted && present.isDeleted) {
        throw this.#isDeleted(target.key);
      }
      // No field is changed.
      return { action, patch: {} as Patch, isDeleted };
    });
  }

  #change(
    target: Target<T>,
    etag: string,
    write: WriteContext,
    fingerprint: object,
    change: Change<T, Patch>,
  ): PresentRecord<T> {
    const { key, parent, imported } = target;
    return this.#inWrite(write, { ...fingerprint, key, etag }, (knownKey) => {
      const present = this.#mustBe(target);
      if (knownKey !== undefined) {
        return { key, present };
      }
      if (etag !== "" && !etag.split(",").includes(etagOf(present.record))) {
        throw new StaleEtagError();
      }
      const written = this.#store.get<Patch>(this.#type.kind, key);
      const known: WrittenRecord<Patch> = {
        key,
        origin: "imported",
        // Nothing is written yet.
        patch: {} as Patch,
        base: {} as Patch,
        deletedAt: undefined,
        updatedAt: "",
        ...written,
        // An import may have merged the book that it was written under into this one.
        parent,
      };
      const { action, patch, isDeleted } = change(present, known);
      const changes = this.#changesOf(present.record, patch);
      if (changes.length === 0 && isDeleted === present.isDeleted) {
        return { key, present };
      }
      const at = this.#now().toISOString();
      // Of a field that was edited before, what the import said counts, not the first edit.
      const base =
        imported === undefined
          ? known.base
          : { ...this.#type.valuesOf(imported, patch), ...known.base };
      this.#store.put<Patch>(this.#type.kind, {
        ...known,
        patch: { ...known.patch, ...patch },
        base,
        deletedAt: isDeleted ? at : undefined,
        updatedAt: at,
      });
      const revision = this.#remember(action, key, at, changes, write);
      return { key, present: this.#mustBe(target), revision };
    });
  }

  /** Runs a write in a transaction, once for a request id; takes it back where it only validates. */
  #inWrite(
    write: WriteContext,
    request: object,
    run: (knownKey: string | undefined) => Outcome<T>,
  ): PresentRecord<T> {
    if (this.#readOnlyBecause !== undefined) {
      throw new ReadOnlyError(this.#readOnlyBecause);
    }
    const { actor, requestId, validateOnly } = write;
    const fingerprint =
      requestId === ""
        ? ""
        : hash("sha256", JSON.stringify([this.#type.kind, request]), "base64url");
    const undo = Symbol("undo");
    let answer: PresentRecord<T> | undefined;
    let revision: NewRevision | undefined;
    try {
      inTransaction(this.#database, () => {
        const knownKey =
          requestId === "" ? undefined : this.#store.keyOfRequest(actor, requestId, fingerprint);
        const outcome = run(knownKey);
        ({ present: answer, revision } = outcome);
        if (validateOnly) {
          throw undo;
        }
        if (requestId !== "" && knownKey === undefined) {
          this.#store.addRequest(actor, requestId, fingerprint, outcome.key, this.#now());
        }
      });
    } catch (error) {
      if (error !== undo) {
        throw error;
      }
    }
    if (answer === undefined) {
      throw new Error("A write came to no end");
    }
    // What was only tried is nobody's revision.
    if (revision !== undefined && !validateOnly) {
      write.onRevision?.(revision);
    }
    return answer;
  }

  #mustBe(target: Target<T>): PresentRecord<T> {
    const present = this.present(target);
    if (present === undefined) {
      throw new NothingThereError(this.#type.kind, target.key);
    }
    return present;
  }

  #isDeleted(key: string): NothingThereError {
    const message = `The ${this.#type.kind} "${key}" is deleted: undelete it first`;
    return new NothingThereError(this.#type.kind, key, message);
  }

  #changesOf(record: T, patch: Patch): FieldChange[] {
    const before = Object.entries(this.#type.valuesOf(record, patch));
    const after = new Map(Object.entries(patch));
    return before
      .map(([field, value]) => ({ field, before: value, after: after.get(field) }))
      .filter((change) => !isSameValue(change.before, change.after));
  }

  #remember(
    action: RevisionAction,
    key: string,
    at: string,
    changes: FieldChange[],
    { actor, address }: WriteContext,
  ): NewRevision {
    const revision = { kind: this.#type.kind, key, action, at, actor, address, changes };
    this.#store.addRevision(revision);
    return revision;
  }
}
