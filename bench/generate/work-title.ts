/** What cataloguers and sellers do to plain titles: series, volumes, authors, summaries, notebooks. */
import type { Lexicon } from "./lexicon.ts";
import type { Random } from "./random.ts";

export type WorkKind = "book" | "summary" | "notebook";

const notebooks = [
  "Notebook: 120 Lined Pages",
  "Journal: Blank Lined Notebook, 6 x 9",
  "2021 Planner: Funny Gift Idea",
];
const summaries = ["Summary of", "Summary and Analysis of", "Study Guide: Summary of"];

/** @param summarised title of the book that this one sums up, "" if it is no summary. */
export function workTitle(
  random: Random,
  plain: string,
  lexicon: Lexicon,
  author: string,
  series: { title: string; position: number } | undefined,
  summarised: string,
): { title: string; kind: WorkKind } {
  if (summarised !== "") {
    return {
      title: `${random.pick(summaries)} ${summarised} by ${author || "Various"}`,
      kind: "summary",
    };
  }
  const unit = random.unit();
  if (unit < 0.004) {
    const word = lexicon.word(lexicon.draw(random, lexicon.topic(random)), true);
    return { title: `${word} ${random.pick(notebooks)}`, kind: "notebook" };
  }
  return { title: odd(random) ?? adorned(unit, random, plain, author, series), kind: "book" };
}

function adorned(
  unit: number,
  random: Random,
  plain: string,
  author: string,
  series: { title: string; position: number } | undefined,
): string {
  if (series !== undefined && unit < 0.25) {
    return `${plain} (${series.title}, #${series.position})`;
  }
  if (series !== undefined && unit < 0.33) {
    return `${series.title}: Volume ${series.position}`;
  }
  if (author !== "" && unit > 0.97) {
    return `${plain}, by ${author}`;
  }
  if (unit > 0.945) {
    return `${plain}. Vol. ${random.between(1, 4)}`;
  }
  return unit > 0.938 ? `${plain}. ${random.between(2, 9)}th ed.` : plain;
}

/** Titles that are hardly any: "", "." and "<>" stand in the real catalogue, too. */
function odd(random: Random): string | undefined {
  const unit = random.unit();
  if (unit > 0.0008) {
    return undefined;
  }
  return random.pick(["", ".", "<>", "Untitled", "[Untitled]", "1984", "S.", "It", "We"]);
}

/** The title of a second record of the same work: as it is, or other in case, article or ending. */
export function variedTitle(random: Random, title: string): string {
  const unit = random.unit();
  if (unit < 0.5 || title === "") {
    return title;
  }
  if (unit < 0.65) {
    return `${title}.`;
  }
  if (unit < 0.8) {
    return title.replace(/^(?:The|A|Die|Le|La|El) /, "");
  }
  if (unit < 0.9 || title.includes("\\")) {
    return title.replace(/: .*$/, "");
  }
  return title.charAt(0) + title.slice(1).toLowerCase();
}
