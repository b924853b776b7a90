/**
 * Puts the segments of one FTS5 index behind those of another of the same definition, in time
 * proportional to their pages: no word is read. So two processors can fill one index, each with
 * rowids of its own. FTS5 keeps an index in three tables; what they hold is described above
 * `FTS5_SEGMENT_ROWID` in SQLite's ext/fts5/fts5_index.c:
 *
 *     data   pages; id = segment << 37 | …; at id 10 the structure, the list of segments
 *     idx    (segment, first term of a page, page)
 *
 *     structure = u32 cookie | levels | segments | pages written | level …     (varints but for the cookie)
 *     level     = segments being merged | segments | (segment, first page, last page) …
 */
import type { DatabaseSync } from "node:sqlite";

const structureId = 10;
/** A page's id is its segment times this, plus a place. */
const segmentIds = 2 ** 37;
const cookieBytes = 4;
/** Begins the structure of indexes with `contentless_delete`, which ours are not. */
const otherFormat = 0xff;

type Segment = { id: number; firstPage: number; lastPage: number };
type Structure = { cookie: Uint8Array; pagesWritten: number; segments: Segment[] };

/**
 * Appends the segments of `table` in the attached database `from`, in the caller's transaction.
 * The connection must not have used `table` before, and has to be open without defensive mode.
 * @throws {Error} when a structure is not as described above.
 */
export function appendSegments(database: DatabaseSync, table: string, from: string): void {
  const own = readStructure(database, `main.${table}_data`);
  const other = readStructure(database, `${from}.${table}_data`);
  const last = Math.max(0, ...own.segments.map(({ id }) => id));
  database.exec(`
    INSERT INTO main.${table}_data (id, block)
      SELECT id + ${last * segmentIds}, block FROM ${from}.${table}_data WHERE id > ${structureId};
    INSERT INTO main.${table}_idx (segid, term, pgno)
      SELECT segid + ${last}, term, pgno FROM ${from}.${table}_idx;
  `);
  const moved = other.segments.map((segment) => ({ ...segment, id: segment.id + last }));
  const block = encodeStructure({
    cookie: own.cookie,
    pagesWritten: own.pagesWritten + other.pagesWritten,
    segments: [...own.segments, ...moved],
  });
  database.prepare(`UPDATE main.${table}_data SET block = ? WHERE id = ${structureId}`).run(block);
}

function readStructure(database: DatabaseSync, dataTable: string): Structure {
  const row = database.prepare(`SELECT block FROM ${dataTable} WHERE id = ${structureId}`).get();
  const block = row?.["block"];
  if (!(block instanceof Uint8Array)) throw new Error(`${dataTable} has no structure`);
  return decodeStructure(block);
}

/** Segments of all levels, the oldest first: those of higher levels were merged before. */
function decodeStructure(block: Uint8Array): Structure {
  if (block[cookieBytes] === otherFormat) throw new Error("an FTS5 structure of another format");
  let at = cookieBytes;
  const next = (): number => {
    let value = 0;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new Error("an FTS5 structure ends early");
      value = value * 128 + (byte & 127);
      // Nothing in a structure comes near to the nine bytes of the longest varints.
      if (byte < 128) return value;
    }
  };
  const [levels, count, pagesWritten] = [next(), next(), next()];
  const found: Segment[][] = [];
  for (let level = 0; level < levels; level++) {
    if (next() !== 0) throw new Error("an FTS5 index is in the middle of a merge");
    const size = next();
    found.unshift(
      Array.from({ length: size }, () => ({ id: next(), firstPage: next(), lastPage: next() })),
    );
  }
  const segments = found.flat();
  if (segments.length !== count || at !== block.length) {
    throw new Error("an FTS5 structure is not as described");
  }
  return { cookie: block.slice(0, cookieBytes), pagesWritten, segments };
}

/** A structure with all segments in one level. */
function encodeStructure({ cookie, pagesWritten, segments }: Structure): Uint8Array {
  const numbers = [segments.length === 0 ? 0 : 1, segments.length, pagesWritten];
  if (segments.length > 0) numbers.push(0, segments.length);
  for (const { id, firstPage, lastPage } of segments) numbers.push(id, firstPage, lastPage);
  return Uint8Array.from([...cookie, ...numbers.flatMap(varint)]);
}

/** SQLite's varint of a number below 2^53: seven bits a byte, the highest first. */
function varint(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) + 128);
  }
  return bytes;
}
