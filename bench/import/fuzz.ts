/** Damaged dump lines for the parser: `node bench/import/fuzz.ts --help`. */
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { RedirectTable } from "#server/import/files/redirect-table.ts";
import { SegmentBuilder } from "#server/import/files/segments.ts";
import { readBlocks } from "#server/import/inputs/read-blocks.ts";
import { stageBlock } from "#server/import/stages/stage-block.ts";

const usage = `Usage: node bench/import/fuzz.ts [--lines 1000000] [--seed 1] [DUMP FILES …]

Damages real dump lines and feeds them to the parser: it must never throw or hang, must count every
line, and must keep a record whose fields alone were damaged. Reads the shared catalogue where no
files are named.

  --lines N   damaged lines (default 1000000)
  --seed N    other damages (default 1)`;

const sharedFiles = ["works", "editions", "authors"].map(
  (name) => `../shared/data/catalogue/ol_dump_${name}.txt.gz`,
);

const { wanted, seed, files } = startCommand(process, (args) => {
  const { values, ...parsed } = parseCommandLine(args, {
    usage,
    options: {
      lines: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
    },
    positionals: [0, 1000],
  });
  return {
    wanted: wholeNumber("--lines", values.lines, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    files: (parsed.positionals.length > 0 ? parsed.positionals : sharedFiles).map(existingPath),
  };
});
const none = new Float64Array(0);
const redirects = new RedirectTable({ from: none, to: none, deleted: none });
const slowLineMs = 1000;
const linesPerBatch = 2000;
let state = seed;

/** Values that no field expects. */
const strange: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  "",
  " ",
  "\u0000\ud800",
  "x".repeat(5000),
  [],
  [[]],
  [null, null],
  {},
  { key: null },
  { key: "/works/OL0W" },
  { type: "/type/text" },
  { value: { value: {} } },
  [{ author: [] }],
  Object.fromEntries([["__proto__", { title: 1 }]]),
];

let damagedFields = 0;
let damagedBytes = 0;
/** Lines of one file before it is the next one's turn. */
const turn = Math.ceil(wanted / files.length);
while (damagedFields + damagedBytes < wanted) {
  for (const file of files) {
    const end = Math.min(wanted, damagedFields + damagedBytes + turn);
    for await (const { bytes } of readBlocks(file)) {
      const lines = bytes
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== "");
      for (let at = 0; at < lines.length; at += linesPerBatch) {
        const batch = lines.slice(at, at + linesPerBatch);
        damagedFields += check(batch.map(mutateFields), true);
        damagedBytes += check(batch.map(mutateBytes), false);
      }
      if (damagedFields + damagedBytes >= end) {
        break;
      }
    }
  }
}
console.log(`${damagedFields} lines with damaged fields: every record kept`);
console.log(`${damagedBytes} lines with damaged bytes: every line counted`);

function check(lines: string[], mustKeepAll: boolean): number {
  const works = new SegmentBuilder(1, 4_000_000);
  const begin = performance.now();
  const text = lines.map((line) => line.replaceAll("\n", " ")).join("\n");
  const counts = stageBlock(Buffer.from(text), "records", { redirects, works, authors: works });
  const ms = performance.now() - begin;
  if (ms > slowLineMs + lines.length) {
    throw new Error(`slow: ${ms} ms for ${lines.length} lines`);
  }
  const kept = sum(counts.kept);
  const skipped = sum(counts.skipped);
  if (kept + skipped !== lines.length) {
    throw new Error(`${lines.length} lines, ${kept + skipped} counted`);
  }
  if (mustKeepAll && skipped > 0) {
    throw new Error(`dropped: ${JSON.stringify(counts.skipped)}`);
  }
  return lines.length;
}

function sum(tally: Record<string, { count: number }>): number {
  return Object.values(tally).reduce((total, { count }) => total + count, 0);
}

/** Damages some fields, leaves the columns and the JSON whole. */
function mutateFields(line: string): string {
  const columns = line.split("\t");
  // Every line of these files is a record: its fifth column is an object.
  const fields = JSON.parse(columns.slice(4).join("\t")) as Record<string, unknown>;
  const names = Object.keys(fields);
  for (let i = 0; i < 1 + below(3); i++) {
    const name = names[below(names.length)] ?? "title";
    fields[name] = strange[below(strange.length)];
  }
  return [...columns.slice(0, 4), JSON.stringify(fields)].join("\t");
}

/** Damages anything: cuts, repeats, overwrites. */
function mutateBytes(line: string): string {
  let text = line;
  for (let i = 0; i < 1 + below(4); i++) {
    const at = below(text.length + 1);
    const length = below(20);
    const kind = below(4);
    if (kind === 0) {
      text = text.slice(0, at) + text.slice(at + length);
    } else if (kind === 1) {
      text = text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    } else if (kind === 2) {
      text = text.slice(0, at) + String.fromCharCode(below(0x10000)) + text.slice(at);
    } else {
      text =
        text.slice(0, at) +
        ['"', "\\", "\t", "{", "]", ":", "\u0000"][below(7)] +
        text.slice(at + 1);
    }
  }
  // Empty lines at the end of a block can't be told from its end.
  return text === "" ? "x" : text;
}

function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 0x1_0000_0000) * limit);
}
