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
  ...["title", "TI", "T1", "T", "BT"].map((tag) => [tag, "title"] as const),
  ...["author", "editor", "AU", "A1", "A2", "FAU", "A", "E"].map((tag) => [tag, "author"] as const),
]);

/** "Huxley, Aldous / Brave New World": the names and the title of a record; undefined if it is none. */
export function readTaggedRecord(text: string): string | undefined {
  const record = text.slice(0, MAX_LENGTH);
  const values = bibTexEntry.test(record) ? readBibTex(record) : readTags(record);
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
