/**
 * Writes the table of languages of the server and of the page, which share no code: codes from the npm
 * package iso-639-2 (MIT), English names from CLDR as this Node has it, from ISO where CLDR has none.
 * `node scripts/make-languages.ts`; with `--check` it fails where a committed table is another.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iso6392, iso6392TTo2B } from "iso-639-2";

const root = join(import.meta.dirname, "..");
const tables = ["server/catalog/language-table.ts", "web/domain/language-table.ts"];
const lineLength = 90;

/**
 * Codes that MARC gave up (MARC Code List for Languages, 2007) and tags that BCP 47 gave up, each with
 * the code in use.
 */
const discontinued =
  "scr hrv scc srp mol rum esp epo gae gla iri gle lan oci tag tgl fri fry gag glg cam khm tar tat taj " +
  "tgk ajm abk eth gez far fao gal orm gua grn int ina kus kos lap smi max glv sao smo snh sin sho sna " +
  "sso sot swz ssw tsw tsn tru chk hbs srp sh srp mo rum iw heb in ind ji yid jw jav tl tgl fil tgl";

const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** "ger/de German", "grc Ancient Greek". */
function row({ iso6392B, iso6391, name }: (typeof iso6392)[number]): string {
  const tag = iso6391 ?? iso6392B;
  const [isoName = name] = name.split(/;\s/);
  const code = tag === iso6392B ? iso6392B : `${iso6392B}/${tag}`;
  return `${code} ${names.of(tag) ?? isoName}`;
}

/** A text as a literal over several lines, broken behind `separator`. */
function literal(parts: readonly string[], separator: string): string {
  const lines = [""];
  for (const [place, part] of parts.entries()) {
    const text = place === parts.length - 1 ? part : part + separator;
    const last = lines.at(-1) ?? "";
    if (last.length + text.length > lineLength) lines.push(text);
    else lines[lines.length - 1] = last + text;
  }
  return lines.map((line) => `  ${JSON.stringify(line)}`).join(" +\n");
}

// "qaa-qtz" is a range for local use.
const rows = iso6392.filter(({ iso6392B }) => iso6392B.length === 3).map(row);
const replaced = [...Object.entries(iso6392TTo2B).flat(), ...discontinued.split(" ")];
const table = `/**
 * Languages by MARC code, which is ISO 639-2's bibliographic one. Written by scripts/make-languages.ts
 * from the npm package iso-639-2 (MIT) and the names of Unicode's CLDR; not to be edited.
 */

/** MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
${literal(rows, ";")};

/** Other codes for a language, each followed by its MARC code. */
export const replacedCodes: string =
${literal(replaced, " ")};
`;

for (const path of tables) {
  const file = join(root, path);
  if (!process.argv.includes("--check")) writeFileSync(file, table);
  else if (readFileSync(file, "utf8") !== table) {
    console.error(`${path} is not what the package says. Run \`node scripts/make-languages.ts\`.`);
    process.exitCode = 1;
  }
}
