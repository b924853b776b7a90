/** How many rows each file has for a number of works: the proportions of Open Library's dumps. */
export const kinds = [
  "works",
  "editions",
  "authors",
  "redirects",
  "deletes",
  "ratings",
  "reading-log",
] as const;
export type Kind = (typeof kinds)[number];

export type Sizes = {
  rows: Record<Kind, number>;
  /** The first editions have one work each; then come further editions of popular works, then orphans. */
  firstEditions: number;
  orphanEditions: number;
  /** Works that anyone has rated or shelved. */
  readWorks: number;
  /** Different words in all languages together, without slips and names. */
  words: number;
  publishers: number;
  subjects: number;
};

/** 41 million works are the real catalogue of 2026; permutations of its editions still fit doubles. */
export const mostWorks = 60_000_000;
export const fewestWorks = 100;

/** @throws {RangeError} when the number of works is out of range. */
export function sizesFor(works: number): Sizes {
  if (!Number.isInteger(works) || works < fewestWorks || works > mostWorks) {
    throw new RangeError(`works must be a whole number from ${fewestWorks} to ${mostWorks}`);
  }
  const editions = Math.round(works * 1.37);
  // Heaps' law, set to 350,000 words at ten million works.
  const growth = (works / 10_000_000) ** 0.55;
  const share = (part: number) => Math.max(1, Math.round(works * part));
  return {
    rows: {
      works,
      editions,
      authors: share(0.36),
      redirects: share(0.018),
      deletes: share(0.03),
      ratings: share(0.02),
      "reading-log": share(0.25),
    },
    firstEditions: share(0.97),
    orphanEditions: Math.round(editions * 0.04),
    readWorks: share(0.03),
    words: Math.round(350_000 * growth),
    publishers: Math.max(50, Math.round(60_000 * growth)),
    subjects: Math.max(200, Math.round(60_000 * growth)),
  };
}
