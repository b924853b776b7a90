/**
 * Volumes of one work are one result, in the place of the one that ranks best, with all of them beneath
 * it by number. They are told by their titles when an answer is given, among the works that were ranked:
 * nothing of it is in the index, and where no title names a volume it costs a glance at each.
 */
import type { SearchRequest } from "#server/catalog/catalog.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { volumeOf } from "#server/catalog/text/volume-of.ts";
import type { NumberedVolume, SearchResultSet } from "../search-result-set.ts";

/** A word that every title of a volume has, or figures: most titles are told apart by this. */
const mayName = /[0-9]|\b(?:v|vol|volume|tom[eo]?|t|band|bd|teil|deel|part|pt|parte|partie|book)\b/;

/** What was found with the volumes of a work in the place of one; totals and facets count each. */
export function nestVolumes(found: SearchResultSet, request: SearchRequest): SearchResultSet {
  const { ladder, ids } = found;
  const isAsked = request.order === "relevance" && !request.expandDuplicates && !request.verbatim;
  if (!isAsked || ladder === undefined || found.identified.size + found.similar.size > 0) {
    return found;
  }
  const groups = new Map<string, NumberedVolume[]>();
  for (const id of ids) {
    const book = ladder.candidates.get(id)?.book;
    const volume = book && readVolume(book);
    if (volume !== undefined) {
      const group = groups.get(volume.key) ?? [];
      // Issues of one volume ("volume 17 no 479") are told by more than its number.
      if (!group.some(({ number }) => number === volume.number)) {
        group.push({ id, number: volume.number });
      }
      groups.set(volume.key, group);
    }
  }
  const volumes = new Map<number, readonly NumberedVolume[]>();
  const hidden = new Set<number>();
  for (const group of groups.values()) {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) {
      continue;
    }
    volumes.set(
      first.id,
      group.toSorted((one, other) => one.number - other.number || one.id - other.id),
    );
    for (const { id } of others) {
      hidden.add(id);
    }
  }
  return volumes.size === 0
    ? found
    : { ...found, ids: ids.filter((id) => !hidden.has(id)), volumes };
}

function readVolume(book: IndexedBook): { key: string; number: number } | undefined {
  const [title = ""] = book.titleLines;
  if (!mayName.test(title)) {
    return undefined;
  }
  const author = book.authors[0]?.forms[0] ?? "";
  const volume = volumeOf(title, author);
  return volume && { key: `${volume.whole}\n${author}`, number: volume.number };
}
