import type { MatchCounts } from "./match-list.ts";

/** The bar is drawn again at most so often. */
const REDRAW_MS = 100;
const BAR_WIDTH = 30;

/** A line on the terminal that says how far the list is. */
export class MatchProgress {
  /** How many rows the list has, with its header. */
  rowCount = 0;
  readonly #output: NodeJS.WriteStream;
  readonly #isShown: boolean;
  readonly #begin = performance.now();
  #lastDrawn = 0;
  #counts: MatchCounts = { matched: 0, uncertain: 0, notFound: 0 };

  /** @param isShown - Whether a bar may be drawn: not where rows appear on the same terminal. */
  constructor(output: NodeJS.WriteStream, isShown: boolean) {
    this.#output = output;
    this.#isShown = isShown && output.isTTY;
  }

  show(counts: MatchCounts): void {
    this.#counts = { ...counts };
    if (this.#isShown && performance.now() - this.#lastDrawn >= REDRAW_MS) {
      this.#lastDrawn = performance.now();
      this.#output.write(`\r\u001b[K${this.#bar()} ${this.#line()}`);
    }
  }

  finish(): void {
    this.#output.write(`${this.#isShown ? "\r\u001b[K" : ""}${this.#line()}\n`);
  }

  #bar(): string {
    const { matched, uncertain, notFound } = this.#counts;
    const share = Math.min(1, (matched + uncertain + notFound) / Math.max(1, this.rowCount));
    const full = Math.round(BAR_WIDTH * share);
    return `[${"█".repeat(full)}${"·".repeat(BAR_WIDTH - full)}] ${Math.floor(100 * share)} %`;
  }

  #line(): string {
    const { matched, uncertain, notFound } = this.#counts;
    const total = matched + uncertain + notFound;
    const seconds = (performance.now() - this.#begin) / 1000;
    const rate = Math.round(total / Math.max(seconds, 0.001));
    return `${total} rows: ${matched} matched, ${uncertain} uncertain, ${notFound} not found (${rate} a second)`;
  }
}
