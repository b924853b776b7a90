/**
 * Sends the searches of somebody who is typing.
 *
 * Cancelling every search at the next key means that a slow network never shows anything: each
 * answer needs longer than the pause between two keys. So a few run side by side, and of those that
 * find no room only the newest waits:
 *
 *     keys      h   ha  har harr harry
 *     running   h ──────────┐
 *                   ha ─────────┐
 *                       har ────────┐
 *     waiting                harr → dropped by "harry", which starts when "h" is answered
 */
export type TypedSearch = {
  /** What stands in the field. */
  query: string;
  /** Everything else that the search depends on; searches of another scope are of no use. */
  scope: string;
  /** Starts the search; settles when it is over, whether it found something or not. */
  start: (signal: AbortSignal) => Promise<unknown>;
  /** The search will not run, or not to its end. */
  drop: () => void;
};

/** With a key every 100 ms and a round trip of 300 ms three are under way; browsers allow 6 to a host. */
const runningMax = 4;
/** Who pauses for so long waits for the newest search: it then starts without room, too. */
const pauseMs = 150;

/** A few searches at a time; see above. */
export class TypingQueue {
  readonly #running = new Map<TypedSearch, AbortController>();
  #waiting: TypedSearch | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** Runs the search now or as soon as there is room, in place of any other that waits. */
  add(search: TypedSearch): void {
    for (const [other, controller] of this.#running) {
      // Its answer could not be shown any more.
      if (!begins(other, search)) {
        this.#stop(other, controller);
      }
    }
    this.#leaveWaiting()?.drop();
    if (this.#running.size < runningMax) {
      this.#run(search);
      return;
    }
    this.#waiting = search;
    this.#pause = setTimeout(() => this.#runWaiting(), pauseMs);
  }

  #run(search: TypedSearch): void {
    const controller = new AbortController();
    this.#running.set(search, controller);
    const leave = () => {
      this.#running.delete(search);
      if (this.#running.size < runningMax) {
        this.#runWaiting();
      }
    };
    search.start(controller.signal).then(leave, leave);
  }

  #runWaiting(): void {
    const search = this.#leaveWaiting();
    if (search !== undefined) {
      this.#run(search);
    }
  }

  #leaveWaiting(): TypedSearch | undefined {
    clearTimeout(this.#pause);
    const search = this.#waiting;
    this.#waiting = undefined;
    return search;
  }

  #stop(search: TypedSearch, controller: AbortController): void {
    this.#running.delete(search);
    controller.abort();
    search.drop();
  }
}

/** Whether the answer to one search may be shown while the other is under way. */
function begins(one: TypedSearch, other: TypedSearch): boolean {
  return one.scope === other.scope && other.query.startsWith(one.query);
}
