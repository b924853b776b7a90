/** A work as a document of the index; mapping.ts says what the fields are. */
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { EditionRow, editionRows, StoredEditions } from "#server/index-entries/stored-editions.ts";
import { encodeRanking } from "./rankings.ts";

/** The rows of editions that a result is compared with; the others are long and read less often. */
const FIRST_ROWS = 2;
const ROW_SEPARATOR = "\u001e";

export function documentOf(id: number, prepared: PreparedEntry): Record<string, unknown> {
  const [title, author, series, topic, publisher, key] = prepared.words;
  const names = `${title} ${author} ${series}`;
  const rows = prepared.editions.split(ROW_SEPARATOR);
  return {
    position: id,
    title,
    author,
    series,
    topic,
    publisher,
    key,
    names,
    anywhere: `${names} ${topic} ${publisher} ${key}`,
    identifiers: prepared.identifiers,
    description: prepared.description,
    ranking: encodeRanking(prepared.ranking),
    work: prepared.work,
    publishers: publishersOf(prepared.editions).join("\n"),
    editions: rows.slice(0, FIRST_ROWS).join(ROW_SEPARATOR),
    moreEditions: rows.slice(FIRST_ROWS).join(ROW_SEPARATOR),
  };
}

/** The publishers of all editions, each once. */
function publishersOf(text: string): string[] {
  const rows = editionRows(text).map((row) => new EditionRow(row));
  const [first = new EditionRow(""), ...others] = rows;
  const editions = new StoredEditions(first, (row) => others[row - 1] ?? new EditionRow(""));
  const publishers = [...editions].flatMap((edition) => edition.publishers);
  return [...new Set(publishers.map((name) => name.replaceAll("\n", " ")))];
}
