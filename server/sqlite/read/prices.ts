/** What statements cost, in units of about a microsecond (server/search/effort.ts); measured. */

/** Preparing and starting a statement. */
export const STATEMENT_EFFORT = 30;
/** Opening the list of one token of an expression, its fence included … */
export const TOKEN_EFFORT = 2;
/** … and twice as much beside so many others: FTS5 moves all lists of an AND at each of its steps. */
const MANY_TOKENS = 100;
/** Looking for the first work that has an unwanted word beside the others of its group. */
export const UNWANTED_TOKEN_EFFORT = 60;
/** Passing an entry of a list of the full-text index. */
export const ENTRY_EFFORT = 0.03;
/** Reading a candidate that is known already. */
export const ROW_EFFORT = 5;
/** Looking one thing up by its key: a count, a document, a number. */
export const LOOK_UP_EFFORT = 4;
/** Reading by what one of many works is sorted. */
export const SORT_KEY_EFFORT = 1;
/** Asking the full-text index whether one work matches, beside its tokens. */
export const MATCH_EFFORT = 4;
/** Seeking one work in a list of many pages, beside its token: half a page is passed. */
export const LONG_LIST_EFFORT = 15;
/** Finding and comparing the words that a misspelt one may mean. */
export const ALTERNATIVES_EFFORT = 300;
/** Reading and adding up an entry of the index of descriptions. */
export const DESCRIPTION_EFFORT = 0.4;
/** Reading the editions of a work. */
export const EDITIONS_EFFORT = 8;
/** Taking one of them apart. */
export const EDITION_EFFORT = 3;

/** Preparing and starting a statement that reads the lists of so many tokens. */
export function effortOfStatement(tokens: number): number {
  return STATEMENT_EFFORT + Math.max(0, tokens - 1) * TOKEN_EFFORT * (1 + tokens / MANY_TOKENS);
}
