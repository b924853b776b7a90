import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";
import type { Edition, Work } from "#server/catalog/records.ts";
import type { EditionPatch } from "./edit.ts";
import type { Target } from "./record-write.ts";
import { NothingThereError } from "./write-errors.ts";
import type { WrittenStore } from "./written-store.ts";

/** Editions asked for at a time; the most that a catalogue gives. */
const EDITIONS_PER_LOOK = 100;

/** What a write, or a reading, is aimed at: what the import says of a book or edition. */
export class WriteTargets {
  readonly #imported: Catalog;
  readonly #store: WrittenStore;

  constructor(imported: Catalog, store: WrittenStore) {
    this.#imported = imported;
    this.#store = store;
  }

  /** A book by its key or a former one. */
  async book(bookKey: string, call?: CallOptions): Promise<Target<Work>> {
    const imported = await this.#imported.getWork(bookKey, call);
    const key = imported?.key ?? bookKey;
    const target = { key, parent: "", imported };
    if (imported === undefined || this.#store.editionsOf(key).length === 0) {
      return target;
    }
    const importedEditions = new Set<string>();
    for await (const edition of this.#importedEditions(key)) {
      importedEditions.add(edition.key);
    }
    return { ...target, importedEditions };
  }

  /** @throws {NothingThereError} when the edition is one of another book. */
  async edition(bookKey: string, key: string, call?: CallOptions): Promise<Target<Edition>> {
    const { key: parent } = await this.book(bookKey, call);
    const written = this.#store.get<EditionPatch>("edition", key);
    if (written?.origin === "here") {
      // Its book may have been merged into another by an import since.
      const isOther =
        written.parent !== parent && (await this.book(written.parent, call)).key !== parent;
      if (isOther) {
        throw new NothingThereError("edition", key);
      }
      return { key, parent, imported: undefined };
    }
    return { key, parent, imported: await this.#importedEdition(parent, key, call) };
  }

  async #importedEdition(
    workKey: string,
    editionKey: string,
    call: CallOptions | undefined,
  ): Promise<Edition | undefined> {
    const page = await this.#imported.listEditions(
      { workKey, editionKey, pageSize: 1, pageToken: "", preferredLanguages: [] },
      call,
    );
    return page?.editions[0];
  }

  /** The editions of a book as they were imported; catalogues list them in pages. */
  async *#importedEditions(workKey: string): AsyncGenerator<Edition> {
    let pageToken = "";
    do {
      const page = await this.#imported.listEditions({
        workKey,
        pageSize: EDITIONS_PER_LOOK,
        pageToken,
        preferredLanguages: [],
      });
      yield* page?.editions ?? [];
      pageToken = page?.nextPageToken ?? "";
    } while (pageToken !== "");
  }
}
