import type { Connection } from "./connection.ts";

/** So many requests begin before the network is looked at again. */
const REQUESTS_PER_TURN = 16;
/** To pass over requests whose caller has left costs next to nothing, but not nothing. */
const LOOKS_PER_TURN = 1000;

/** Begins a request; returns false, having done nothing, if its caller has left. */
export type TurnStart = () => boolean;

/**
 * Lets requests begin in a turn of the event loop of their own, connection by connection.
 *
 * What arrives in one piece is read before any of it begins: a call that is reset in the same breath
 * is never worked on, and nobody who sends hundreds at once keeps the others waiting for all of them.
 */
export class Turns {
  /** In the order in which connections have their turn. */
  readonly #waiting = new Map<Connection, TurnStart[]>();
  #isScheduled = false;

  add(connection: Connection, begin: TurnStart): void {
    const queue = this.#waiting.get(connection);
    if (queue === undefined) {
      this.#waiting.set(connection, [begin]);
    } else {
      queue.push(begin);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#isScheduled && this.#waiting.size > 0) {
      this.#isScheduled = true;
      setImmediate(() => this.#turn());
    }
  }

  #turn(): void {
    this.#isScheduled = false;
    let begun = 0;
    for (let looks = 0; looks < LOOKS_PER_TURN && begun < REQUESTS_PER_TURN; looks += 1) {
      const [next] = this.#waiting;
      if (next === undefined) {
        return;
      }
      const [connection, queue] = next;
      const begin = queue.shift();
      // Behind all others, or gone if it was the last.
      this.#waiting.delete(connection);
      if (queue.length > 0) {
        this.#waiting.set(connection, queue);
      }
      if (begin?.()) {
        begun += 1;
      }
    }
    this.#schedule();
  }
}
