/** Keeps the table of scores in a document: between two marks, written by `--markdown FILE`. */
import { readFileSync, writeFileSync } from "node:fs";
import type { ClassScore } from "./measure.ts";
import { querySets } from "./query-set.ts";
import { mean } from "./statistics.ts";

const BEGIN = "<!-- scores -->";
const END = "<!-- /scores -->";

/** Replaces the table of a document. @throws {Error} where the document has no marks for one. */
export function writeMarkdown(file: string, scores: readonly ClassScore[]): void {
  const text = readFileSync(file, "utf8");
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) {
    throw new Error(`${file} has no ${BEGIN} … ${END}`);
  }
  writeFileSync(
    file,
    `${text.slice(0, begin + BEGIN.length)}\n${table(scores)}\n${text.slice(end)}`,
  );
}

function table(scores: readonly ClassScore[]): string {
  const rows = scores.map((score) => {
    const { low, high } = score.success1Interval;
    const interval = `${score.success1.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;
    const others = [score.success5, score.success10, score.reciprocalRank];
    return [score.className, score.count, interval, ...others.map((one) => one.toFixed(3))];
  });
  for (const { name, has } of querySets) {
    const some = scores.filter(({ className }) => has(className));
    if (some.length > 0) {
      rows.push(averageRow(name, some));
    }
  }
  return [
    "| class | queries | Success@1 (95 %) | Success@5 | Success@10 | MRR@10 |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

function averageRow(name: string, scores: readonly ClassScore[]): (string | number)[] {
  const average = (pick: (score: ClassScore) => number) => mean(scores.map(pick)).toFixed(3);
  return [
    `**average of ${name}**`,
    scores.reduce((sum, { count }) => sum + count, 0),
    `**${average(({ success1 }) => success1)}**`,
    `**${average(({ success5 }) => success5)}**`,
    average(({ success10 }) => success10),
    average(({ reciprocalRank }) => reciprocalRank),
  ];
}
