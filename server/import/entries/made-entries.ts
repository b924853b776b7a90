import { blankWork } from "#server/edits/book-record.ts";
import { applyPatch, type WorkPatch } from "#server/edits/edit.ts";
import { type PackedKey, packKey } from "../keys.ts";
import type { BuildContext, BuiltEntry } from "./build-entry.ts";

/** A book that was made here. */
export type MadeBook = { key: string; patch: WorkPatch };

/** The books made here as entries, behind all others: nobody has read them yet. */
export function* madeEntries(
  books: readonly MadeBook[],
  { authors, redirects }: Pick<BuildContext, "authors" | "redirects">,
  nowYear: number,
): Generator<BuiltEntry> {
  for (const { key, patch } of books) {
    const work = applyPatch(blankWork(key), patch, nowYear);
    const credits = work.authors.map((author) => {
      const packed: PackedKey | undefined = packKey(author.key);
      return packed === undefined ? undefined : authors.find(redirects.resolve(packed));
    });
    yield {
      entry: {
        work,
        editions: [],
        authorAlternateNames: credits.map((author) => author?.alternateNames ?? []),
        popularity: 0,
        formerKeys: [],
      },
      authorIndexes: credits.flatMap((author) => (author === undefined ? [] : [author.index])),
    };
  }
}
