/**
 * How far the windows of a walk reach. Every engine has the same ones, and so stops at the same places
 * (server/opensearch/walk-reach.ts).
 */
import { tokenCount } from "#server/index-entries/expression-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import { ENTRY_EFFORT, effortOfStatement, UNWANTED_TOKEN_EFFORT } from "./prices.ts";

/** Entries of lists in the first window, about a millisecond of walking; each next one has twice as many. */
const FIRST_WINDOW_ENTRIES = 50_000;
/** The same where nothing is left to pay with. */
const LEAST_WINDOW_ENTRIES = 5_000;
export const MAX_WINDOW_GROWTH = 4;

/** What one walk may use of what is left, so that words which never meet leave some for others. */
export const LANE_SHARE = 0.4;

/** Works in the first window of a walk that may use so much effort; for `density` see density.ts. */
export function worksOfFirstWindow(allowed: number, density: number): number {
  const payable = Math.max(LEAST_WINDOW_ENTRIES, allowed / ENTRY_EFFORT);
  return Math.ceil(Math.min(FIRST_WINDOW_ENTRIES, payable) / density);
}

/** What each window of a walk costs beside the entries that it passes. */
export function effortOfWindow(expression: Expression): number {
  const unwanted = expression.kind === "except" ? tokenCount(expression.unwanted) : 0;
  return effortOfStatement(tokenCount(expression)) + unwanted * UNWANTED_TOKEN_EFFORT;
}
