/** Books to suggest: those that a search finds. */
import type {
  BookField,
  Correction,
  SearchResult,
  Suggestion,
  SuggestRequest,
} from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { search } from "./search.ts";
import type { SearchRun } from "./search-run.ts";

/** The books that a search finds, and the words that it corrected. */
export type SuggestedBooks = { suggestions: Suggestion[]; corrections: readonly Correction[] };

export const noBooks: SuggestedBooks = { suggestions: [], corrections: [] };

/** Suggests books by a search for what is typed so far. */
export async function suggestBooks(
  run: SearchRun,
  { query, pageSize }: SuggestRequest,
): Promise<SuggestedBooks> {
  const typed = plainSearch(query, { pageSize, unfinished: true });
  const { results, interpretation } = await search(run, typed);
  const shown = results.filter(isShown);
  // What is typed may stand where a suggestion doesn't show it: in a topic, in another name.
  const suggestions = (shown.length > 0 ? shown : results).map(({ work, reasons }): Suggestion => {
    const [reason] = reasons;
    const text = reason?.field === "otherTitle" ? reason.text : work.title;
    return { kind: "book", text, query: text, highlights: [], work };
  });
  return { suggestions, corrections: interpretation.corrections };
}

const shownFields: ReadonlySet<BookField> = new Set(["title", "otherTitle", "identifier"]);

/** True if a reader sees in the suggestion why it was made. */
function isShown({ work, reasons }: SearchResult): boolean {
  return reasons.some(
    ({ field, text }) =>
      shownFields.has(field) ||
      (field === "author" && work.authors.some((author) => author.name === text)) ||
      (field === "series" && work.series.some(({ title }) => text.startsWith(title))),
  );
}
