/** The tables of languages: `node scripts/make-languages.ts --help`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iso6392, iso6392TTo2B } from "iso-639-2";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node scripts/make-languages.ts [--check]

Writes the tables of languages of the server and of the page, which share no code: codes from the npm
package iso-639-2 (MIT), English names from CLDR as this Node has it, from ISO where CLDR has none. The
page's table has what browsers don't know, and what they are slow to say.

  --check   write nothing; fail where a committed table is another`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, options: { check: { type: "boolean" } } }),
);

const root = join(import.meta.dirname, "..");
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

/**
 * Languages whose names Chromium leaves out (it keeps those of today's larger ones), though libraries
 * have books in them: mostly old books. All names would be 4 kB more for every visitor.
 */
const unknownToBrowsers = new Set(
  (
    "akk ang arc arn bem bho bla cad chb chr cho chu chv cop cor crh csb dsb dum egy enm fij frm fro " +
    "fur fry ful gem gez glv gmh goh got grc gsw hsb iba kab kal kaw kha lad lat mag mai men mic mnc " +
    "moh mul nav nds new non oji oss ota pag pal pap peo phn pli pro raj rom run sag sat sco sga smo " +
    "srd sux syc syr tah tib tpi tsi udm uga vol zxx"
  ).split(" "),
);

/**
 * Languages that nearly all books are in. Browsers know them, but their first answer takes a phone 80 ms,
 * and that for every page with a book.
 */
const frequent = new Set(
  (
    "afr alb ara arm baq bel ben bul cat chi cze dan dut eng epo est fin fre geo ger gle gre guj heb " +
    "hin hrv hun ice ind ita jpn kan kor lav lit mac mal mar may nep nor pan per pol por rum rus san " +
    "slo slv spa srp swa swe tam tel tha tur ukr urd vie wel yid"
  ).split(" "),
);

/** Codes that ISO 639-2 has beside others, and BCP 47 doesn't know. */
const bibliographic = new Set(Object.values(iso6392TTo2B));

type Language = { marc: string; tag: string; name: string; isNamedByCldr: boolean };

// "qaa-qtz" is a range for local use.
const languages = iso6392
  .filter(({ iso6392B }) => iso6392B.length === 3)
  .map(({ iso6392B: marc, iso6391, name }): Language => {
    const tag = iso6391 ?? marc;
    const cldrName = names.of(tag);
    const [isoName = name] = name.split(/;\s/);
    return { marc, tag, name: cldrName ?? isoName, isNamedByCldr: cldrName !== undefined };
  });

/** "ger/de German", "grc Ancient Greek". */
function row({ marc, tag, name }: Language): string {
  return `${tag === marc ? marc : `${marc}/${tag}`} ${name}`;
}

/** "ger/de" where the MARC code is none that browsers know; the name where they know none. */
function pageRow({ marc, tag, name, isNamedByCldr }: Language): string | undefined {
  const isBibliographic = bibliographic.has(marc);
  const code = isBibliographic ? `${marc}/${tag}` : marc;
  if (!isNamedByCldr || unknownToBrowsers.has(marc) || frequent.has(marc)) {
    return `${code} ${name}`;
  }
  return isBibliographic ? code : undefined;
}

/** A text as a literal over several lines, broken behind `separator`. */
function literal(parts: readonly string[], separator: string): string {
  const lines = [""];
  for (const [place, part] of parts.entries()) {
    const text = place === parts.length - 1 ? part : part + separator;
    const last = lines.at(-1) ?? "";
    if (last.length + text.length > lineLength) {
      lines.push(text);
    } else {
      lines[lines.length - 1] = last + text;
    }
  }
  return lines.map((line) => `  ${JSON.stringify(line)}`).join(" +\n");
}

const head = `/**
 * Languages by MARC code, which is ISO 639-2's bibliographic one. Written by scripts/make-languages.ts
 * from the npm package iso-639-2 (MIT) and the names of Unicode's CLDR; not to be edited.
 */
`;

const replaced = [...Object.entries(iso6392TTo2B).flat(), ...discontinued.split(" ")];
const tables = {
  "server/catalog/language-table.ts": `${head}
/** MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
${literal(languages.map(row), ";")};

/** Other codes for a language, each followed by its MARC code. */
export const replacedCodes: string =
${literal(replaced, " ")};
`,
  "web/domain/language-table.ts": `${head}
/** What browsers don't know or are slow to say: MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
${literal(
  languages.flatMap((language) => pageRow(language) ?? []),
  ";",
)};
`,
};

for (const [path, table] of Object.entries(tables)) {
  const file = join(root, path);
  if (values.check !== true) {
    writeFileSync(file, table);
  } else if (readFileSync(file, "utf8") !== table) {
    console.error(`${path} is not what the package says. Run \`node scripts/make-languages.ts\`.`);
    process.exitCode = 1;
  }
}
