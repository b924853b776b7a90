/** A second query set beside the shared one: `node bench/evaluate/make-queries.ts --help`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { type KnownBook, readKnownBooks, type Stratum } from "./known-book.ts";
import { readMisspellings } from "./misspellings.ts";
import { type MakerContext, makers } from "./query-makers.ts";
import { readQueries } from "./query-set.ts";
import { evaluateCache, sharedCatalogue, sharedData } from "./shared-catalogue.ts";
import { Random } from "./slips.ts";

const SEED_DEFAULT = 20_261_122;

/** Books looked at for one query; some classes suit few books. */
const ATTEMPTS_PER_QUERY = 3000;

const usage = `Usage: node bench/evaluate/make-queries.ts [--seed N] [--out FILE]

Makes a second query set of the same classes as the shared one, of other works and with other slips:
what was tuned on one is judged on the other, with npm run evaluate -- --queries FILE.

  --seed N     another set (default ${SEED_DEFAULT})
  --out FILE   default: .cache/evaluate/queries-held-out.tsv`;

const { seed, out } = startCommand(process, (args) => {
  const { values } = parseCommandLine(args, {
    usage,
    options: {
      seed: { type: "string", default: String(SEED_DEFAULT) },
      out: { type: "string", default: join(evaluateCache, "queries-held-out.tsv") },
    },
  });
  return { seed: wholeNumber("--seed", values.seed, 0), out: values.out };
});
const random = new Random(seed);

const known = readKnownBooks(await sharedCatalogue(false));
const context: MakerContext = { ...known, random, misspellings: readMisspellings() };
const used = new Set(
  readQueries(join(sharedData, "catalogue/queries-dev.tsv")).flatMap(({ accepted }) => [
    ...accepted,
  ]),
);
const unused = known.books.filter(({ work }) => !used.has(work.key));
const lines = ["class\tquery\taccepted_works"];
for (const { name, make, count, stratified } of makers) {
  const groups: (Stratum | undefined)[] = stratified ? ["head", "mid", "tail"] : [undefined];
  for (const stratum of groups) {
    const className = stratum === undefined ? name : `${name}/${stratum}`;
    const books = stratum === undefined ? unused : unused.filter((one) => one.stratum === stratum);
    const made = makeClass(books, make, count);
    lines.push(...[...made].map(([text, keys]) => `${className}\t${text}\t${keys}`));
    console.error(`${className}: ${made.size}`);
  }
}
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${lines.join("\n")}\n`);
console.log(out);

function makeClass(
  books: readonly KnownBook[],
  make: (typeof makers)[number]["make"],
  count: number,
): Map<string, string> {
  const made = new Map<string, string>();
  const limit = count * ATTEMPTS_PER_QUERY;
  for (let attempt = 0; made.size < count && attempt < limit; attempt++) {
    const book = random.pick(books);
    const query = book && make(book, context);
    if (query === undefined || query.text.includes("\t")) {
      continue;
    }
    made.set(query.text, query.accepted.map(({ work }) => `/works/${work.key}`).join(","));
  }
  return made;
}
