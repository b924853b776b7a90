/**
 * Zipf–Mandelbrot ranks in closed form: rank r has a weight near (r + shift)^-exponent. The inverse
 * of the continuous distribution needs neither a table nor a loop, whatever the number of ranks.
 */
export class PowerLaw {
  readonly #low: number;
  readonly #width: number;
  readonly #power: number;
  readonly #shift: number;
  readonly #last: number;

  /** @param exponent above 0 and not 1; @param shift above 0: larger flattens the head. */
  constructor(count: number, exponent: number, shift: number) {
    const power = 1 - exponent;
    this.#low = shift ** power;
    this.#width = (count + shift) ** power - this.#low;
    this.#power = 1 / power;
    this.#shift = shift;
    this.#last = Math.max(count - 1, 0);
  }

  /** The rank, from 0 to count - 1, at which a share `unit` in [0, 1) of all weight is reached. */
  rankAt(unit: number): number {
    const rank = Math.floor((this.#low + unit * this.#width) ** this.#power - this.#shift);
    return Math.max(0, Math.min(rank, this.#last));
  }
}
