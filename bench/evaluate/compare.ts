import { readFileSync, writeFileSync } from "node:fs";
import type { Outcome } from "./measure.ts";
import { printTable } from "./report.ts";
import { mean, meanInterval } from "./statistics.ts";

/** What `--json` writes and `--compare` reads. */
export type RecordedRun = { time: string; outcomes: Outcome[] };

export function writeRun(file: string, outcomes: readonly Outcome[]): void {
  const run: RecordedRun = { time: new Date().toISOString(), outcomes: [...outcomes] };
  writeFileSync(file, `${JSON.stringify(run)}\n`);
}

const EXAMPLES_SHOWN = 12;

/** Differences of Success@1 query by query; an interval that excludes 0 is no accident. */
export function printComparison(file: string, outcomes: readonly Outcome[]): string {
  // Written by writeRun above.
  const before = JSON.parse(readFileSync(file, "utf8")) as RecordedRun;
  const known = new Map(before.outcomes.map((outcome) => [keyOf(outcome), outcome]));
  const pairs = outcomes.flatMap((after) => {
    const earlier = known.get(keyOf(after));
    return earlier === undefined ? [] : [{ before: earlier, after }];
  });
  const rows = [...Map.groupBy(pairs, ({ after }) => after.className), ["all", pairs] as const].map(
    ([className, group]) => {
      const differences = group.map((pair) => first(pair.after) - first(pair.before));
      const { low, high } = meanInterval(differences);
      return [
        className,
        String(group.length),
        signed(mean(differences)),
        `${signed(low)}…${signed(high)}`,
        String(differences.filter((difference) => difference > 0).length),
        String(differences.filter((difference) => difference < 0).length),
      ];
    },
  );
  const example = ({ before: one, after: other }: (typeof pairs)[number]) =>
    `  ${other.className}  “${other.text.slice(0, 80)}”  ${one.rank || "none"} → ${other.rank || "none"}`;
  const won = pairs.filter((pair) => first(pair.after) > first(pair.before));
  const lost = pairs.filter((pair) => first(pair.after) < first(pair.before));
  return [
    `Against ${file} (${before.time}):`,
    "",
    printTable(["class", "n", "ΔS@1", "95 %", "won", "lost"], rows),
    "",
    `won (${won.length}):`,
    ...won.slice(0, EXAMPLES_SHOWN).map(example),
    `lost (${lost.length}):`,
    ...lost.slice(0, EXAMPLES_SHOWN).map(example),
  ].join("\n");
}

function keyOf({ className, text, accepted }: Outcome): string {
  return `${className}\t${text}\t${accepted}`;
}

function first({ rank }: Outcome): number {
  return rank === 1 ? 1 : 0;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(3)}`;
}
