const PAUSE_MS = 1000;
/** Kinds that are told apart; there are few, and none is made of what clients send. */
const KINDS_MAX = 100;

type Report = (problem: string, error?: unknown) => void;

/**
 * Passes a problem of each kind on at most once a second, and with the next one how many there were
 * meanwhile, so that a flood of connections is no flood of log lines.
 */
export function seldom(report: Report, now: () => number = () => performance.now()): Report {
  const kinds = new Map<string, { lastMs: number; withheld: number }>();
  return (problem, error) => {
    const kind = kinds.get(problem);
    const nowMs = now();
    if (kind !== undefined && nowMs - kind.lastMs < PAUSE_MS) {
      kind.withheld += 1;
      return;
    }
    if (kinds.size >= KINDS_MAX) {
      kinds.clear();
    }
    kinds.set(problem, { lastMs: nowMs, withheld: 0 });
    const withheld = kind?.withheld ?? 0;
    report(withheld === 0 ? problem : `${problem} (and ${withheld} times since the last)`, error);
  };
}
