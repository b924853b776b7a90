/**
 * Whether words stand together, which the index does not know: it has the columns of words, not their
 * places, and is half as large for it. The titles, names and series of a book tell.
 */
import { Candidate } from "#server/catalog/ranking/candidate.ts";
import type { ReadDatabase } from "../database.ts";
import type { PlannedPhrase } from "./plan.ts";

/** The phrases that a book must have, and those that it must not. */
export type Phrases = { wanted: readonly PlannedPhrase[]; unwanted: readonly PlannedPhrase[] };

/** True if a book has every phrase wanted and none of the others. */
export function meets({ wanted, unwanted }: Phrases, book: Candidate): boolean {
  const has = ({ tokens, field }: PlannedPhrase) => book.hasPhrase(tokens, field);
  return wanted.every(has) && !unwanted.some(has);
}

/** Those of some works that meet the phrases, in the same order. */
export function idsMeeting(
  database: ReadDatabase,
  phrases: Phrases,
  ids: readonly number[],
): number[] {
  if (phrases.wanted.length + phrases.unwanted.length === 0) return [...ids];
  const rows = database.rows(
    "SELECT ranking.id, titles, authors, series FROM json_each(?) " +
      "JOIN ranking ON ranking.id = json_each.value",
    JSON.stringify(ids),
  );
  const meeting = new Set<number>();
  for (const [id, titles, authors, series] of rows) {
    const book = new Candidate({
      id: Number(id),
      titles: String(titles),
      authors: String(authors),
      series: String(series),
      popularity: 0,
      demoted: false,
    });
    if (meets(phrases, book)) meeting.add(book.id);
  }
  return ids.filter((id) => meeting.has(id));
}
