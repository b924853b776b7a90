import type { ClassScore } from "./measure.ts";
import { querySets, TIP_OF_TONGUE } from "./query-set.ts";
import { mean } from "./statistics.ts";

/** What counts as finding (design.md, "What good means here"), set by set. */
const SUCCESS1_MEAN_MIN = 0.94;
/** In each class of titles and names; of phrasings on average. */
const SUCCESS5_MIN = 0.95;
const TIP_OF_TONGUE_SUCCESS10_MIN = 0.25;
/** Half a title is ambiguous by nature; a phrasing is not. */
const success1ClassMin = new Map([["phrasings", 0.85]]);
const SUCCESS1_CLASS_MIN = 0.8;

export type Bar = { name: string; holds: boolean; measured: string };

/** How the scores stand to the bars; bars of classes that were not run are left out. */
export function judgeBars(scores: readonly ClassScore[]): Bar[] {
  const bars: Bar[] = [];
  for (const { name, has } of querySets) {
    const some = scores.filter(({ className }) => has(className));
    if (some.length === 0) {
      continue;
    }
    const label = `${some.length} classes of ${name}`;
    const least = success1ClassMin.get(name) ?? SUCCESS1_CLASS_MIN;
    bars.push(
      onAverage(some, "success1", `Success@1 ≥ ${SUCCESS1_MEAN_MIN}`, SUCCESS1_MEAN_MIN, label),
      eachClass(some, "success1", `Success@1 ≥ ${least} in each of ${label}`, least),
      success1ClassMin.has(name)
        ? onAverage(some, "success5", `Success@5 ≥ ${SUCCESS5_MIN}`, SUCCESS5_MIN, label)
        : eachClass(
            some,
            "success5",
            `Success@5 ≥ ${SUCCESS5_MIN} in each of ${label}`,
            SUCCESS5_MIN,
          ),
    );
  }
  const remembered = scores.find(({ className }) => className === TIP_OF_TONGUE);
  if (remembered !== undefined) {
    bars.push({
      name: `Success@10 ≥ ${TIP_OF_TONGUE_SUCCESS10_MIN} for ${TIP_OF_TONGUE}`,
      holds: remembered.success10 >= TIP_OF_TONGUE_SUCCESS10_MIN,
      measured: remembered.success10.toFixed(3),
    });
  }
  return bars;
}

function onAverage(
  scores: readonly ClassScore[],
  measure: "success1" | "success5",
  bar: string,
  minimum: number,
  label: string,
): Bar {
  const average = mean(scores.map((score) => score[measure]));
  return {
    name: `${bar} on average over ${label}`,
    holds: average >= minimum,
    measured: average.toFixed(4),
  };
}

function eachClass(
  scores: readonly ClassScore[],
  measure: "success1" | "success5",
  name: string,
  minimum: number,
): Bar {
  const short = scores
    .filter((score) => score[measure] < minimum)
    .map((score) => `${score.className} ${score[measure].toFixed(3)}`);
  return {
    name,
    holds: short.length === 0,
    measured:
      short.length > 0
        ? short.join(", ")
        : `lowest ${Math.min(...scores.map((score) => score[measure])).toFixed(3)}`,
  };
}
