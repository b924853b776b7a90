/**
 * The neighbours of a book: the other books of its series, then those by its authors and those with
 * its rare headings.
 *
 *     values of the book ─▶ books that have them ─▶ the most promising are read ─▶ what they share
 *
 * The evidence for a neighbour is how improbable it is that two books share by chance what these do, in
 * bits; readers count beside it, damped. There is no such evidence in the titles: "Dune" is a dog, too.
 */
import type { SimilarityReason } from "#server/catalog/catalog.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Work } from "#server/catalog/records.ts";
import type { SearchRun } from "../search-run.ts";
import { nextInSeries } from "./series-order.ts";
import { readSharedValues, type SharedValue, valueKeys } from "./shared-values.ts";

/** A book like another, and what they share: the series, then what tells most. */
export type Neighbour = { id: number; work: Work; reasons: SimilarityReason[] };

/** Candidates that are read, for all that they share. */
const MAX_READ = 80;
const MAX_REASONS = 5;
/** Each further thing shared tells half as much as the one before: headings come in flocks. */
const NEXT_SHARE = 0.5;
/** Popularity is a natural logarithm of readers; a nat is 1.44 bits, of which half count. */
const POPULARITY_BITS = 0.72;

type Candidate = { book: IndexedBook; shared: readonly SharedValue[]; bits: number };
type ReadCandidate = Candidate & { work: Work };

/** The neighbours of the work with this id, at most `limit`. */
export async function findNeighbours(
  run: SearchRun,
  id: number,
  limit: number,
): Promise<Neighbour[]> {
  const { index, effort } = run;
  const [work] = await index.works([id], effort);
  if (work === undefined) {
    return [];
  }
  const values = await readSharedValues(run, work);
  const promising = await readCandidates(run, id, values);
  const works = await index.works(
    promising.map(({ book }) => book.id),
    effort,
  );
  const candidates = works.flatMap((other, place) => {
    const candidate = promising[place];
    return candidate === undefined ? [] : withAllShared(candidate, other, values);
  });
  return shareOut(work, candidates, limit).map(({ book, work: other, shared }) => ({
    id: book.id,
    work: other,
    reasons: shared.slice(0, MAX_REASONS).map(({ field, text }) => ({ field, text })),
  }));
}

/** The books with most evidence, as far as the lists of the values show it; each book once. */
async function readCandidates(
  { index, effort }: SearchRun,
  id: number,
  values: readonly SharedValue[],
): Promise<Candidate[]> {
  const ids = [...new Set(values.flatMap((value) => value.ids))].filter((other) => other !== id);
  const [own, ...books] = await index.books([id, ...ids], effort);
  const sharedBy = new Map<number, SharedValue[]>();
  for (const value of values) {
    for (const other of value.ids) {
      sharedBy.set(other, [...(sharedBy.get(other) ?? []), value]);
    }
  }
  const seen = new Set(own === undefined ? [] : [own.duplicate]);
  const ownTitles = new Set(own?.titleLines);
  return books
    .flatMap((book) => {
      // A summary of a book is no neighbour of it, and neither is the book under another key.
      if (book === undefined || book.demoted || ownTitles.has(book.titleLines[0] ?? "")) {
        return [];
      }
      return candidateOf(book, sharedBy.get(book.id) ?? []);
    })
    .toSorted((one, other) => other.bits - one.bits || one.book.id - other.book.id)
    .filter(({ book }) => {
      if (seen.has(book.duplicate)) {
        return false;
      }
      seen.add(book.duplicate);
      return true;
    })
    .slice(0, MAX_READ);
}

/** The candidate with all that its record shares; lists show only the most read books of a value. */
function withAllShared(
  { book, shared }: Candidate,
  work: Work,
  values: readonly SharedValue[],
): ReadCandidate {
  const keys = valueKeys(work);
  const all = values.filter((value) => keys.has(value.key) || shared.includes(value));
  return { ...candidateOf(book, all), work };
}

function candidateOf(book: IndexedBook, values: readonly SharedValue[]): Candidate {
  const isSeries = ({ field }: SharedValue) => Number(field === "series");
  const shared = values.toSorted(
    (one, other) => isSeries(other) - isSeries(one) || other.bits - one.bits,
  );
  const evidence = values
    .map(({ bits }) => bits)
    .toSorted((one, other) => other - one)
    .reduce((sum, bits, place) => sum + bits * NEXT_SHARE ** place, 0);
  return { book, shared, bits: evidence + book.popularity * POPULARITY_BITS };
}

/**
 * The series first, on at most half of the places; then at most half of what is left for the authors,
 * so that a prolific one hides nobody. What the others don't need is theirs.
 */
function shareOut(work: Work, candidates: readonly ReadCandidate[], limit: number) {
  const ranked = candidates.toSorted(
    (one, other) => other.bits - one.bits || one.book.id - other.book.id,
  );
  const has = ({ shared }: Candidate, field: SharedValue["field"]) =>
    shared.some((value) => value.field === field);
  const inSeries = ranked.filter((one) => has(one, "series"));
  const others = ranked.filter((one) => !has(one, "series"));
  const seriesRoom = Math.max(Math.ceil(limit / 2), limit - others.length);
  const series = nextInSeries(work, inSeries, seriesRoom);
  const room = limit - series.length;
  const byAuthor = others.filter((one) => has(one, "author"));
  const authorRoom = Math.max(Math.ceil(room / 2), room - (others.length - byAuthor.length));
  const kept = new Set(byAuthor.slice(0, authorRoom));
  return [
    ...series,
    ...others.filter((one) => kept.has(one) || !has(one, "author")).slice(0, room),
  ];
}
