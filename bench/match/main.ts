/** How many rows of a list are matched rightly: `node bench/match/main.ts --help`. */
import type { Catalog } from "#server/catalog/catalog.ts";
import type { RowMatches } from "#server/catalog/list-row.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { filedName } from "#server/catalog/text/family-name.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { sharedCatalogue } from "../evaluate/shared-catalogue.ts";
import { Random } from "../evaluate/slips.ts";
import { type MadeRow, makeRow, styleNames } from "./make-rows.ts";

type Outcome = "right" | "wrong" | "none";
type Tally = Record<Outcome, number>;
type Report = { tallies: Map<string, Tally>; failures: string[]; times: number[] };

const usage = `Usage: node bench/match/main.ts [options]

Matches rows made from works of the shared catalogue, with the dirt of real lists, and rows of books
that no catalogue has; prints how many are matched rightly, wrongly or not at all.

  --rows N          how many rows (default 1000)
  --seed N          another seed makes other rows (default 1)
  --failures N      show so many rows that were not matched rightly (default 0)
  --catalogue FILE  this catalogue file instead of the shared one`;

type MatchOptions = { rows: number; seed: number; failures: number; catalogue: string | undefined };

await runCommand(process, (args) => measure(readOptions(args)));

function readOptions(args: readonly string[]): MatchOptions {
  const { values } = parseCommandLine(args, {
    usage,
    options: {
      rows: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      failures: { type: "string", default: "0" },
      catalogue: { type: "string" },
    },
  });
  return {
    rows: wholeNumber("--rows", values.rows, 1, 100_000),
    seed: wholeNumber("--seed", values.seed, 0),
    failures: wholeNumber("--failures", values.failures, 0),
    catalogue: values.catalogue,
  };
}

async function measure(options: MatchOptions): Promise<void> {
  await using catalog = openSqliteCatalog(options.catalogue ?? (await sharedCatalogue(false)));
  const random = new Random(options.seed);
  const works = await sampleWorks(catalog, options.rows * 2, random);
  const report: Report = { tallies: new Map(), failures: [], times: [] };
  for (const work of works) {
    const made = makeRow(work, styleNames[report.times.length % styleNames.length] ?? "", random);
    if (made === undefined) {
      continue;
    }
    const begin = performance.now();
    const answer = await catalog.match(made.row);
    report.times.push(performance.now() - begin);
    count(report, made, outcomeOf(answer, work), work, answer);
    if (report.times.length === options.rows) {
      break;
    }
  }
  await measureStrangers(report, catalog, works, random);
  print(report, options.failures);
}

/** Works from all over the catalogue: much read ones, and those that nobody knows. */
async function sampleWorks(from: Catalog, count: number, random: Random): Promise<Work[]> {
  const { workCount } = await from.info();
  const chances = [count / 3 / Math.min(20_000, workCount), ((count * 2) / 3 / workCount) * 1.2];
  const sample: Work[] = [];
  let pageToken = "";
  let seen = 0;
  do {
    const page = await from.search(
      plainSearch("", { pageSize: 100, pageToken, expandDuplicates: true }),
    );
    for (const { work } of page.results) {
      if (random.chance((seen < 20_000 ? chances[0] : chances[1]) ?? 0)) {
        sample.push(work);
      }
      seen += 1;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return sample
    .map((work) => ({ work, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ work }) => work);
}

function outcomeOf({ verdict, matches }: RowMatches, meant: Work): Outcome {
  const [first] = matches;
  if (verdict !== "matched" || first === undefined) {
    return "none";
  }
  return isSameBook(first.work, meant) ? "right" : "wrong";
}

/** The catalogue has many books more than once; which record of a book is named makes no difference. */
function isSameBook(one: Work, other: Work): boolean {
  if (one.key === other.key) {
    return true;
  }
  const [author] = one.authors;
  const [otherAuthor] = other.authors;
  return (
    squash(one.title) === squash(other.title) &&
    filedName(author?.name ?? "").family.join() === filedName(otherAuthor?.name ?? "").family.join()
  );
}

function count(
  { tallies, failures }: Report,
  { row, style, dirt }: MadeRow,
  outcome: Outcome,
  work: Work,
  answer: RowMatches,
): void {
  for (const group of ["all", style, ...(dirt.length === 0 ? ["without dirt"] : dirt)]) {
    const tally = tallies.get(group) ?? { right: 0, wrong: 0, none: 0 };
    tally[outcome] += 1;
    tallies.set(group, tally);
  }
  if (outcome === "right") {
    return;
  }
  const best = answer.matches.map(
    (match) => `${match.confidence.toFixed(2)} ${titleLine(match.work)}`,
  );
  failures.push(
    `${outcome}: ${row.citation || JSON.stringify(row)}\n   meant ${titleLine(work)}\n   found ${best.join("; ") || "nothing"}`,
  );
}

function titleLine({ key, title, subtitle, authors, firstPublished }: Work): string {
  return `${key} “${title}${subtitle && `: ${subtitle}`}” ${authors.map(({ name }) => name).join(", ")} ${firstPublished.year}`;
}

/** Titles of one work with the author of another: no catalogue has such books. */
async function measureStrangers(
  { tallies, failures }: Report,
  catalog: Catalog,
  works: readonly Work[],
  random: Random,
): Promise<void> {
  const tally: Tally = { right: 0, wrong: 0, none: 0 };
  for (let index = 0; index + 1 < Math.min(400, works.length); index += 2) {
    const [one, other] = [works[index], works[index + 1]];
    if (one === undefined || other === undefined) {
      continue;
    }
    const made = makeRow({ ...one, authors: other.authors }, styleNames[index % 13] ?? "", random);
    if (made === undefined || made.style === "row, title only") {
      continue;
    }
    const { verdict, matches } = await catalog.match(made.row);
    tally[verdict === "matched" ? "wrong" : "right"] += 1;
    if (verdict === "matched" && matches[0] !== undefined) {
      failures.push(
        `stranger: ${made.row.citation || JSON.stringify(made.row)}\n   found ${titleLine(matches[0].work)}`,
      );
    }
  }
  tallies.set("title with another's author", tally);
}

function print({ tallies, failures, times }: Report, failureCount: number): void {
  for (const failure of failures.slice(0, failureCount)) {
    console.log(failure);
  }
  console.log("| rows | right | wrong | not matched | of |\n| --- | --: | --: | --: | --: |");
  for (const [group, { right, wrong, none }] of tallies) {
    const all = right + wrong + none;
    const share = (part: number): string => `${((100 * part) / all).toFixed(1)} %`;
    console.log(`| ${group} | ${share(right)} | ${share(wrong)} | ${share(none)} | ${all} |`);
  }
  times.sort((one, other) => one - other);
  const at = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(1);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  console.log(`\nms a row: mean ${mean.toFixed(1)}, p50 ${at(0.5)}, p99 ${at(0.99)}`);
}
