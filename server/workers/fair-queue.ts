/** What waits for its turn: first among clients by what they have had, then in the order of coming. */

/** Whoever is counted together: all of one address, and within it each connection. */
export type QueueClient = { address: string; connection: string };

export type QueueEntry = {
  client: QueueClient;
  /** What it is expected to take. */
  costMs: number;
};

/** More than are ever waiting at once. */
const CLIENTS_MAX = 1000;

/** A client that has had much waits for the others to have as much, but not for longer than this. */
const DEBT_MS_MAX = 100;

/** `costMs` is what all of it that waits is expected to take. */
type Lane<T> = { servedMs: number; costMs: number; entries: T[] };
type Address<T> = { servedMs: number; lanes: Map<string, Lane<T>> };

/**
 * A queue that is fair by work instead of by number ("start-time fair queueing"): each client has a
 * clock that goes forward by what its calls take, and the one whose clock is furthest behind is next.
 * A client that was away comes back at the time of the others; it can't save up, nor run into debt.
 */
export class FairQueue<T extends QueueEntry> {
  readonly #addresses = new Map<string, Address<T>>();
  #size = 0;
  #costMs = 0;
  /** The clock of who was served last. */
  #nowMs = 0;

  get size(): number {
    return this.#size;
  }

  /** What all that waits is expected to take. */
  get costMs(): number {
    return this.#costMs;
  }

  /** All that waits, in no order. */
  *[Symbol.iterator](): Generator<T> {
    for (const { lanes } of this.#addresses.values()) {
      for (const { entries } of lanes.values()) {
        yield* entries;
      }
    }
  }

  add(entry: T): void {
    const address = this.#addressOf(entry.client);
    const lane = this.#laneOf(address, entry.client);
    lane.entries.push(entry);
    lane.costMs += entry.costMs;
    this.#size += 1;
    this.#costMs += entry.costMs;
  }

  /** Takes the next one out. */
  shift(): T | undefined {
    const address = leastServed(this.#addresses.values());
    const lane = address && leastServed(address.lanes.values());
    const entry = lane?.entries[0];
    if (address === undefined || lane === undefined || entry === undefined) {
      return undefined;
    }
    this.#nowMs = Math.max(this.#nowMs, address.servedMs);
    address.servedMs += entry.costMs;
    lane.servedMs += entry.costMs;
    this.remove(entry);
    return entry;
  }

  /** Takes one out that nobody waits for any more; returns whether it was there. */
  remove(entry: T): boolean {
    const { address: name, connection } = entry.client;
    const address = this.#addresses.get(name);
    const lane = address?.lanes.get(connection);
    const index = lane?.entries.indexOf(entry) ?? -1;
    if (address === undefined || lane === undefined || index < 0) {
      return false;
    }
    lane.entries.splice(index, 1);
    lane.costMs = lane.entries.length === 0 ? 0 : lane.costMs - entry.costMs;
    this.#size -= 1;
    this.#costMs = this.#size === 0 ? 0 : this.#costMs - entry.costMs;
    return true;
  }

  /** What the lane of this client waits for. */
  costOf({ address, connection }: QueueClient): number {
    return this.#addresses.get(address)?.lanes.get(connection)?.costMs ?? 0;
  }

  /** The last one of the client that waits for most, if that is more than `thanMs`. */
  mostGreedy(thanMs: number): T | undefined {
    let greedy: T | undefined;
    let mostMs = thanMs;
    for (const { lanes } of this.#addresses.values()) {
      for (const { costMs, entries } of lanes.values()) {
        if (costMs > mostMs) {
          mostMs = costMs;
          greedy = entries.at(-1);
        }
      }
    }
    return greedy;
  }

  /** Notes that a call of this client took so much more, or less, than was expected. */
  correct({ address, connection }: QueueClient, differenceMs: number): void {
    const of = this.#addresses.get(address);
    if (of !== undefined) {
      of.servedMs += differenceMs;
      const lane = of.lanes.get(connection);
      if (lane !== undefined) {
        lane.servedMs += differenceMs;
      }
    }
  }

  #addressOf({ address: name }: QueueClient): Address<T> {
    const known = this.#addresses.get(name);
    if (known !== undefined) {
      if (!hasWaiting(known)) {
        known.servedMs = clamped(known.servedMs, this.#nowMs);
      }
      return known;
    }
    forgetIdle(this.#addresses, (address) => !hasWaiting(address));
    const address: Address<T> = { servedMs: this.#nowMs, lanes: new Map() };
    this.#addresses.set(name, address);
    return address;
  }

  #laneOf({ lanes }: Address<T>, { connection: name }: QueueClient): Lane<T> {
    const known = lanes.get(name);
    if (known !== undefined && known.entries.length > 0) {
      return known;
    }
    const presentMs = leastServed(lanes.values())?.servedMs ?? 0;
    if (known !== undefined) {
      known.servedMs = clamped(known.servedMs, presentMs);
      return known;
    }
    forgetIdle(lanes, ({ entries }) => entries.length === 0);
    const lane: Lane<T> = { servedMs: presentMs, costMs: 0, entries: [] };
    lanes.set(name, lane);
    return lane;
  }
}

/** The clock of a client that comes back: it has saved nothing up, and its debts are limited. */
function clamped(servedMs: number, presentMs: number): number {
  return Math.min(Math.max(servedMs, presentMs), presentMs + DEBT_MS_MAX);
}

/** Clients who wait for nothing are forgotten when there are many; what they had is then forgiven. */
function forgetIdle<V>(clients: Map<string, V>, isIdle: (client: V) => boolean): void {
  if (clients.size < CLIENTS_MAX) {
    return;
  }
  for (const [name, client] of clients) {
    if (isIdle(client)) {
      clients.delete(name);
    }
  }
}

function leastServed<L extends Lane<unknown> | Address<unknown>>(all: Iterable<L>): L | undefined {
  let least: L | undefined;
  for (const each of all) {
    const isWaiting = "entries" in each ? each.entries.length > 0 : hasWaiting(each);
    if (isWaiting && (least === undefined || each.servedMs < least.servedMs)) {
      least = each;
    }
  }
  return least;
}

function hasWaiting({ lanes }: Address<unknown>): boolean {
  for (const { entries } of lanes.values()) {
    if (entries.length > 0) {
      return true;
    }
  }
  return false;
}
