import type { Edition } from "#server/catalog/records.ts";

/**
 * Editions in the order a reader of some languages wants them: by language first, then newest
 * first, unknown years last. Ties keep the catalogue's order.
 */
export function orderEditions(
  editions: readonly Edition[],
  languages: readonly string[],
): Edition[] {
  const place = (edition: Edition) => {
    const places = edition.languages.map((code) => languages.indexOf(code)).filter((at) => at >= 0);
    return places.length === 0 ? languages.length : Math.min(...places);
  };
  return editions.toSorted(
    (one, other) =>
      place(one) - place(other) || (other.published.year || -9999) - (one.published.year || -9999),
  );
}

/** The edition to show for a work that was found as a whole; undefined if it has none. */
export function chooseEdition(
  editions: readonly Edition[],
  languages: readonly string[],
): Edition | undefined {
  const [first] = languages.length > 0 ? orderEditions(editions, languages) : editions;
  return first;
}
