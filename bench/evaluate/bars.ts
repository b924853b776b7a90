import type { ClassScore } from "./measure.ts";
import { TIP_OF_TONGUE } from "./query-set.ts";
import { mean } from "./statistics.ts";

/** What counts as finding (design.md, "What good means here"). */
const SUCCESS1_MEAN_MIN = 0.94;
const SUCCESS1_CLASS_MIN = 0.8;
const SUCCESS5_CLASS_MIN = 0.95;
const TIP_OF_TONGUE_SUCCESS10_MIN = 0.25;

export type Bar = { name: string; holds: boolean; measured: string };

/** How the scores stand to the bars; bars of classes that were not run are left out. */
export function judgeBars(scores: readonly ClassScore[]): Bar[] {
  const ordinary = scores.filter(({ className }) => className !== TIP_OF_TONGUE);
  const bars: Bar[] = [];
  if (ordinary.length > 0) {
    const average = mean(ordinary.map(({ success1 }) => success1));
    bars.push({
      name: `Success@1 ≥ ${SUCCESS1_MEAN_MIN} on average over ${ordinary.length} classes`,
      holds: average >= SUCCESS1_MEAN_MIN,
      measured: average.toFixed(4),
    });
    bars.push(eachClass(ordinary, "success1", "Success@1", SUCCESS1_CLASS_MIN));
    bars.push(eachClass(ordinary, "success5", "Success@5", SUCCESS5_CLASS_MIN));
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

function eachClass(
  scores: readonly ClassScore[],
  measure: "success1" | "success5",
  label: string,
  minimum: number,
): Bar {
  const short = scores
    .filter((score) => score[measure] < minimum)
    .map((score) => `${score.className} ${score[measure].toFixed(3)}`);
  return {
    name: `${label} ≥ ${minimum} in each class`,
    holds: short.length === 0,
    measured:
      short.length > 0
        ? short.join(", ")
        : `lowest ${Math.min(...scores.map((score) => score[measure])).toFixed(3)}`,
  };
}
