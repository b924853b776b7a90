/** A call of a kind that was never seen is taken for this. */
const FIRST_MS = 2;
/** How much the last call tells beside all those before it. */
const WEIGHT = 0.05;

/** What calls are expected to take, learnt from those before: by method and length of the request. */
export class ExpectedCosts {
  readonly #averages = new Map<string, number>();

  of(method: string, requestBytes: number): number {
    return this.#averages.get(keyOf(method, requestBytes)) ?? FIRST_MS;
  }

  learn(method: string, requestBytes: number, ms: number): void {
    const key = keyOf(method, requestBytes);
    const before = this.#averages.get(key) ?? ms;
    this.#averages.set(key, before + WEIGHT * (ms - before));
  }
}

/** Long requests are dear ones; those within a factor of two count as alike. */
function keyOf(method: string, requestBytes: number): string {
  return `${method} ${Math.min(20, Math.ceil(Math.log2(requestBytes + 1)))}`;
}
