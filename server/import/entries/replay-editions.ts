import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { withWrittenEditions } from "#server/edits/book-record.ts";
import { applyEditionPatch, type EditionPatch } from "#server/edits/edit.ts";
import { blankEdition } from "#server/edits/edition-record.ts";
import type { WrittenRecord } from "#server/edits/written-store.ts";
import type { RedirectTable } from "../files/redirect-table.ts";
import { type PackedKey, packKey } from "../keys.ts";
import { compareEditions } from "./build-edition.ts";

type WrittenEdition = WrittenRecord<EditionPatch>;

/** What was written of editions, by the present key of their work. */
export class EditionReplay {
  readonly #editions = new Map<PackedKey, WrittenEdition[]>();
  readonly #nowYear: number;

  constructor(editions: readonly WrittenEdition[], redirects: RedirectTable, nowYear: number) {
    this.#nowYear = nowYear;
    for (const edition of editions) {
      const key = packKey(edition.parent);
      if (key === undefined) {
        continue;
      }
      const present = redirects.resolve(key);
      const known = this.#editions.get(present);
      if (known === undefined) {
        this.#editions.set(present, [edition]);
      } else {
        known.push(edition);
      }
    }
  }

  /**
   * Changes, removes and adds the editions of a work as they were written; returns how many more there
   * are then.
   */
  apply(entry: CatalogueEntry): number {
    const written = this.#editions.get(packKey(entry.work.key) ?? 0);
    if (written === undefined) {
      return 0;
    }
    const { work, editions: imported } = entry;
    const byKey = new Map(written.map((record) => [record.key, record]));
    const kept = imported.flatMap((edition) => {
      const record = byKey.get(edition.key);
      if (record === undefined) {
        return [edition];
      }
      return record.deletedAt === undefined
        ? [applyEditionPatch(edition, record.patch, this.#nowYear)]
        : [];
    });
    const made = written
      .filter(({ origin, deletedAt }) => origin === "here" && deletedAt === undefined)
      .map(({ key, patch }) => applyEditionPatch(blankEdition(key), patch, this.#nowYear));
    entry.work = withWrittenEditions(work, written, new Set(imported.map(({ key }) => key)));
    const [mainLanguage = ""] = entry.work.languages;
    entry.editions = [...kept, ...made].sort((a, b) => compareEditions(a, b, mainLanguage));
    return entry.editions.length - imported.length;
  }
}
