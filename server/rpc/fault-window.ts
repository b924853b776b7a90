/** So long a fault counts; without new ones the server is well again afterwards. */
const WINDOW_MS = 10_000;
/** A few faults are bugs, to be read in the log; this many, and this share of all calls, are an outage. */
const FAULTS_MIN = 5;
const FAULT_SHARE_MIN = 0.2;

type Slice = { startMs: number; calls: number; faults: number };

/** Knows from the outcomes of calls whether the server can do its work at present. */
export class FaultWindow {
  readonly #now: () => number;
  /** One for each second, oldest first. */
  #slices: Slice[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Notes a call that is over; `isFault` if it failed and not by its caller's doing. */
  note(isFault: boolean): void {
    const nowMs = this.#now();
    let last = this.#slices.at(-1);
    if (last === undefined || nowMs - last.startMs >= 1000) {
      last = { startMs: nowMs, calls: 0, faults: 0 };
      this.#slices.push(last);
    }
    last.calls += 1;
    last.faults += isFault ? 1 : 0;
  }

  /** True if too many of the calls of the last seconds have failed. */
  get isFaulty(): boolean {
    const nowMs = this.#now();
    this.#slices = this.#slices.filter(({ startMs }) => nowMs - startMs < WINDOW_MS);
    let calls = 0;
    let faults = 0;
    for (const slice of this.#slices) {
      calls += slice.calls;
      faults += slice.faults;
    }
    return faults >= FAULTS_MIN && faults >= calls * FAULT_SHARE_MIN;
  }
}
