/**
 * A record of a reference manager that somebody pasted, in one line or many: BibTeX, RIS (and NBIB, which
 * is tagged the same way), EndNote. Its tags say what is a title and what a name; places, publishers and
 * keys are of an edition, and say little of which book is meant.
 *
 *     @book{key, author = {Huxley, Aldous}, title = {Brave New World}, year = 1932}
 *     TY  - BOOK AU  - Huxley, Aldous TI  - Brave New World ER  -
 *     %0 Book %A Huxley, Aldous %T Brave New World
 */

/** Abstracts and keywords make records long; the tags that count come before. */
const MAX_LENGTH = 4_000;
/** More authors than a search needs. */
const MAX_AUTHORS = 3;

type TagKind = "title" | "author" | undefined;
type TaggedValue = { kind: TagKind; value: string };

const bibTexEntry = /^\s*@[a-z]{3,20}\s*[{(]/i;
const bibTexField = /(?<![\p{L}\p{N}])([a-z]{2,20})\s*=\s*/giu;
const risTag = /(?<![\p{L}\p{N}])([A-Z][A-Z0-9]{1,3})\s{0,2}-(?:\s|$)/gu;
const endNoteTag = /(?<!\S)%([A-Z0-9@])\s/gu;

const kinds = new Map<string, TagKind>([
  ...["title", "btitle", "titel", "titre", "TI", "T1", "T", "BT"].map(
    (tag) => [tag, "title"] as const,
  ),
  ...["author", "editor", "last", "aulast", "au", "AU", "A1", "A2", "FAU", "A", "E"].map(
    (tag) => [tag, "author"] as const,
  ),
]);

/** "245 10 $a Relic / $c by Douglas Preston", "=245  10$aRelic": MARC as catalogues show it. */
const marcField = /(?<![0-9])=?(100|110|245|700)\s{0,3}[0-9_\\#\s]{0,4}\s{0,2}[$|‡]{1,2}\s?a\s?/g;
/** Where the subfield of a name or title ends. */
const marcEnd =
  /\s?[/:;,.]{0,2}\s?(?:[$|‡]{1,2}\s?[a-z0-9]|=[0-9]{3}|(?<!\S)[0-9]{3}\s[0-9_#\s]{1,3}[$|‡])/;
/** "{{cite book |last=Clare |title=City of Glass}}"; "rft.btitle=City+of+Glass&rft.aulast=Clare". */
const citeField =
  /(?:[|&?]|^|\s)(?:rft\.|rft_)?([a-z]{2,10})1?\s*=\s*([^|&{}=]{1,300})(?=[|&}]|$)/gi;
const isCite =
  /^\s*\{\{\s*(?:cite|citation|zitat|ouvrage|cita)|(?:^|[?&\s])(?:ctx_ver=|rft\.|url_ver=Z39)/i;

/** "Huxley, Aldous / Brave New World": the names and the title of a record; undefined if it is none. */
export function readTaggedRecord(text: string): string | undefined {
  const record = text.slice(0, MAX_LENGTH);
  const values = valuesOf(record);
  const title = values.find(({ kind, value }) => kind === "title" && value !== "");
  if (title === undefined) {
    return undefined;
  }
  const authors = values
    .filter(({ kind, value }) => kind === "author" && value !== "")
    .flatMap(({ value }) => value.split(/\s+and\s+/))
    .slice(0, MAX_AUTHORS);
  return [...authors, title.value].join(" / ");
}

function valuesOf(record: string): TaggedValue[] {
  if (bibTexEntry.test(record)) {
    return readBibTex(record);
  }
  if (isCite.test(record)) {
    return readCite(record);
  }
  const marc = readMarc(record);
  return marc.length > 0 ? marc : readTags(record);
}

function readMarc(record: string): TaggedValue[] {
  return [...record.matchAll(marcField)].map((match) => {
    const rest = record.slice(match.index + match[0].length);
    const value = rest.slice(0, marcEnd.exec(rest)?.index ?? rest.length);
    const plain = value.replace(/[\s/:;,.=]+$/, "").trim();
    return { kind: match[1] === "245" ? "title" : "author", value: plain };
  });
}

function readCite(record: string): TaggedValue[] {
  return [...record.matchAll(citeField)].map(([, name = "", value = ""]) => ({
    kind: kinds.get(name.toLowerCase()),
    value: decodeFormValue(value).trim(),
  }));
}

/** A value of a form in an address, as it was typed. */
function decodeFormValue(value: string): string {
  return value.includes(" ") ? value : (new URLSearchParams(`v=${value}`).get("v") ?? value);
}

function readBibTex(record: string): TaggedValue[] {
  const values: TaggedValue[] = [];
  let end = 0;
  for (const match of record.matchAll(bibTexField)) {
    const start = match.index + match[0].length;
    // "title = {a = b}": what stands in a value is no field.
    if (match.index < end) {
      continue;
    }
    end = endOfValue(record, start);
    const value = withoutTex(record.slice(start, end));
    values.push({ kind: kinds.get((match[1] ?? "").toLowerCase()), value });
  }
  return values;
}

/** Where a value ends: at the brace or quotation mark that closes it, or before the next comma. */
function endOfValue(record: string, start: number): number {
  const isQuoted = record[start] === '"';
  let depth = 0;
  for (let place = start; place < record.length; place++) {
    const sign = record[place];
    if (sign === "{") {
      depth += 1;
    } else if (sign === "}") {
      depth -= 1;
    }
    const isClosed = isQuoted ? sign === '"' && place > start && depth === 0 : depth < 0;
    if (isClosed || (!isQuoted && depth === 0 && (sign === "," || sign === "\n"))) {
      return place;
    }
  }
  return record.length;
}

/** Letters as TeX writes them: `{\"u}`, `\'{e}`, `\ss`; accents are folded away later anyway. */
function withoutTex(value: string): string {
  return value
    .replace(/\\(ss|ae|oe|aa|[oOlL])(?![a-z])\s?/gi, "$1")
    .replace(/\\["'`^~=.uvHcdbk]\s?\{?\\?(\p{L})\}?/gu, "$1")
    .replace(/\\(?=[&%$#_])/g, "")
    .replace(/[{}"]/g, "")
    .trim();
}

/** RIS and EndNote: all up to the next tag is a value. */
function readTags(record: string): TaggedValue[] {
  const isRis = /^\s*(?:TY|PMID|OWN)\s{0,2}-\s/.test(record);
  if (!isRis && !/^\s*%[0-9A-Z]\s/.test(record)) {
    return [];
  }
  const tags = [...record.matchAll(isRis ? risTag : endNoteTag)];
  return tags.map((tag, index) => ({
    kind: kinds.get(tag[1] ?? ""),
    value: record
      .slice(tag.index + tag[0].length, tags[index + 1]?.index)
      .replace(/\s+/g, " ")
      .trim(),
  }));
}
