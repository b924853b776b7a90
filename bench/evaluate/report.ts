import { judgeBars } from "./bars.ts";
import type { ClassScore } from "./measure.ts";
import { type QuerySet, querySets } from "./query-set.ts";
import { mean } from "./statistics.ts";

/** Columns of text, numbers to the right. */
export function printTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The scores of one engine as a table, the averages and how they stand to the bars. */
export function printScores(name: string, scores: readonly ClassScore[], totalMs: number): string {
  const rows = [
    ...scores.map(scoreRow),
    ...bySet(scores).map(({ name: set, some }) => averageRow(set, some)),
  ];
  const merged = scores.reduce((sum, { mergedFirst }) => sum + mergedFirst, 0);
  const lines = [
    `${name}: ${scores.reduce((sum, { count }) => sum + count, 0)} queries in ${(totalMs / 1000).toFixed(1)} s`,
    "",
    printTable(
      ["class", "n", "S@1", "95 %", "S@5", "S@10", "MRR@10", "none", "p50 ms", "p99 ms"],
      rows,
    ),
    "",
    ...judgeBars(scores).map(
      ({ name: bar, holds, measured }) => `${holds ? "PASS" : "FAIL"}  ${bar}: ${measured}`,
    ),
  ];
  if (merged > 0) {
    lines.push(`Not counted: ${merged} queries whose work came first as a merged duplicate.`);
  }
  const cutShort = scores.reduce((sum, score) => sum + score.cutShort, 0);
  if (cutShort > 0) {
    lines.push(`Stopped early: ${cutShort} answers (see --effort).`);
  }
  return lines.join("\n");
}

/** Engines side by side on the same queries. */
export function printSideBySide(
  engines: readonly { name: string; scores: readonly ClassScore[] }[],
): string {
  const classes = engines[0]?.scores.map(({ className, count }) => ({ className, count })) ?? [];
  const cells = (score: ClassScore | undefined) =>
    score === undefined
      ? ["", "", "", ""]
      : [
          score.success1.toFixed(2),
          score.success5.toFixed(2),
          score.reciprocalRank.toFixed(2),
          milliseconds(score.medianMs),
        ];
  const rows = classes.map(({ className, count }) => [
    className,
    String(count),
    ...engines.flatMap(({ scores }) =>
      cells(scores.find((score) => score.className === className)),
    ),
  ]);
  const averages = bySet(engines[0]?.scores ?? []).map(({ name, has }) => [
    `average of ${name}`,
    "",
    ...engines.flatMap(({ scores }) =>
      averageCells(scores.filter(({ className }) => has(className))),
    ),
  ]);
  const header = engines.flatMap((_, index) =>
    ["S@1", "S@5", "MRR", "p50"].map((title) => `${title}·${index + 1}`),
  );
  return [
    engines.map(({ name }, index) => `·${index + 1} ${name}`).join("   "),
    "",
    printTable(["class", "n", ...header], [...rows, ...averages]),
  ].join("\n");
}

/** The sets that some classes are of, with their scores. */
function bySet(scores: readonly ClassScore[]): (QuerySet & { some: ClassScore[] })[] {
  return querySets
    .map((set) => ({ ...set, some: scores.filter(({ className }) => set.has(className)) }))
    .filter(({ some }) => some.length > 0);
}

function averageCells(scores: readonly ClassScore[]): string[] {
  return [
    mean(scores.map(({ success1 }) => success1)).toFixed(3),
    mean(scores.map(({ success5 }) => success5)).toFixed(3),
    mean(scores.map(({ reciprocalRank }) => reciprocalRank)).toFixed(3),
    milliseconds(mean(scores.map(({ medianMs }) => medianMs))),
  ];
}

function scoreRow(score: ClassScore): string[] {
  const { low, high } = score.success1Interval;
  return [
    score.className,
    String(score.count),
    score.success1.toFixed(3),
    `${low.toFixed(2)}–${high.toFixed(2)}`,
    score.success5.toFixed(3),
    score.success10.toFixed(3),
    score.reciprocalRank.toFixed(3),
    score.zeroRate.toFixed(3),
    milliseconds(score.medianMs),
    milliseconds(score.p99Ms),
  ];
}

function averageRow(set: string, scores: readonly ClassScore[]): string[] {
  const average = (pick: (score: ClassScore) => number) => mean(scores.map(pick)).toFixed(3);
  return [
    `average of ${set}`,
    String(scores.reduce((sum, { count }) => sum + count, 0)),
    average(({ success1 }) => success1),
    "",
    average(({ success5 }) => success5),
    average(({ success10 }) => success10),
    average(({ reciprocalRank }) => reciprocalRank),
    average(({ zeroRate }) => zeroRate),
    "",
    "",
  ];
}

export function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
