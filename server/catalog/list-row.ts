/** A list to be matched with the catalogue: its rows, and what is found for them. */
import type { Work } from "#server/catalog/records.ts";

/** What is known of one book; empty or 0 where nothing is. */
export type ListRow = {
  /** As a bibliography has it, in any style. */
  citation: string;
  isbn: string;
  title: string;
  /** Several are separated by semicolons. */
  author: string;
  year: number;
};

export type Agreement = "exact" | "close" | "different";

/** What the comparison of one field says. */
export type Evidence = {
  field: "title" | "otherTitle" | "author" | "year" | "identifier";
  agreement: Agreement;
  /** What the book has there. */
  text: string;
};

/** A work that a row may mean. */
export type WorkMatch = {
  work: Work;
  /** How probable it is that the row means it, 0 to 1. */
  confidence: number;
  evidence: Evidence[];
};

/** "matched": the first match can be trusted; "uncertain": somebody should look. */
export type Verdict = "matched" | "uncertain" | "notFound";

export type RowMatches = {
  verdict: Verdict;
  /** Best first. */
  matches: WorkMatch[];
  /** Why the row can't be matched; empty if it can. */
  problem: string;
};
