import type { Edition, Work } from "./records.ts";

/**
 * A work with all that an engine needs to index it: what an importer produces, in order of falling
 * popularity, and an engine's index writer takes.
 */
export type CatalogueEntry = {
  work: Work;
  editions: Edition[];
  /** Alternate names of each of `work.authors`, in the same order; empty lists for none. */
  authorAlternateNames: string[][];
  /** The score that orders the catalogue; see server/import/entries/popularity.ts. At least 0. */
  popularity: number;
  /** Keys of works that were merged into this one ("OL1W"); they redirect here. */
  formerKeys: string[];
};
