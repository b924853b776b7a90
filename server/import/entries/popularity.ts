import type { Demotion } from "#server/catalog/records.ts";

/**
 * How much a work is wanted, from what the dump knows of readers and publishers:
 *
 *     popularity = factor(demotion) × ( readers × ln(1 + readers) + ratings × ln(1 + ratings)
 *                                       + editions × ln(1 + editions) + small bonuses )
 *
 * Readers on shelves tell most; ratings are fewer but of people who finished; editions speak for
 * old works that were printed often and for the many that nobody has shelved. Logarithms, because
 * the tenth reader says more than the ten-thousandth. The bonuses only order works that nobody has
 * touched: a record somebody cared for beats a bare one. Typical values: 0.4 for an unread work of
 * one edition, 3 for one with 10 readers, 20 for the most read book.
 */
const popularityWeights = {
  readers: 1,
  ratings: 0.5,
  editions: 0.6,
  hasCover: 0.06,
  hasDescription: 0.06,
  hasAuthor: 0.03,
  hasIsbn: 0.02,
  /** Demoted works stay findable but never come before what they imitate. */
  demoted: 0.2,
} as const;

export type PopularitySignals = {
  readers: number;
  ratings: number;
  editions: number;
  hasCover: boolean;
  hasDescription: boolean;
  hasAuthor: boolean;
  hasIsbn: boolean;
  demotion: Demotion;
};

/** At least 0; rounded to a millionth, so that it survives every storage unchanged. */
export function popularityOf(signals: PopularitySignals): number {
  const weights = popularityWeights;
  const wanted =
    weights.readers * Math.log1p(signals.readers) +
    weights.ratings * Math.log1p(signals.ratings) +
    weights.editions * Math.log1p(signals.editions) +
    (signals.hasCover ? weights.hasCover : 0) +
    (signals.hasDescription ? weights.hasDescription : 0) +
    (signals.hasAuthor ? weights.hasAuthor : 0) +
    (signals.hasIsbn ? weights.hasIsbn : 0);
  const factor = signals.demotion === "none" ? 1 : weights.demoted;
  return Math.round(wanted * factor * 1e6) / 1e6;
}
