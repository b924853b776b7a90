import type { Connection } from "./connection.ts";

/** So many requests begin before the network is looked at again. */
const REQUESTS_PER_TURN = 16;
/** To pass over requests whose caller has left costs next to nothing, but not nothing. */
const LOOKS_PER_TURN = 1000;

/** Begins a request; returns false, having done nothing, if its caller has left. */
export type TurnStart = () => boolean;

/**
 * Lets requests begin in a turn of the event loop of their own, client by client and of each client
 * connection by connection.
 *
 * What arrives in one piece is read before any of it begins: a call that is reset in the same breath
 * is never worked on, and nobody who sends hundreds at once, on however many connections, keeps the
 * others waiting for all of them.
 */
export class Turns {
  /** In the order in which clients have their turn, and of each its connections. */
  readonly #waiting = new Map<string, Map<Connection, TurnStart[]>>();
  #isScheduled = false;

  add(connection: Connection, begin: TurnStart): void {
    const ofClient = this.#waiting.get(connection.client) ?? new Map<Connection, TurnStart[]>();
    this.#waiting.set(connection.client, ofClient);
    const queue = ofClient.get(connection);
    if (queue === undefined) {
      ofClient.set(connection, [begin]);
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
      const begin = this.#next();
      if (begin === undefined) {
        return;
      }
      if (begin()) {
        begun += 1;
      }
    }
    this.#schedule();
  }

  #next(): TurnStart | undefined {
    const [client] = this.#waiting;
    const [connection] = client?.[1] ?? [];
    if (client === undefined || connection === undefined) {
      return undefined;
    }
    const begin = connection[1].shift();
    moveToEnd(client[1], connection, connection[1].length > 0);
    moveToEnd(this.#waiting, client, client[1].size > 0);
    return begin;
  }
}

/** Puts an entry behind all others, or takes it out if nothing of it waits any more. */
function moveToEnd<K, V>(map: Map<K, V>, [key, value]: [K, V], isWaiting: boolean): void {
  if (isWaiting && map.size === 1) {
    return;
  }
  map.delete(key);
  if (isWaiting) {
    map.set(key, value);
  }
}
