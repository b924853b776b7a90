/**
 * A dump file is a row of blocks; each block is a function of its number and becomes one member of
 * the gzip file. So any number of workers writes the same file, and none holds more than a block.
 */
import { authorLine } from "./author-lines.ts";
import type { GeneratedCatalogue } from "./catalogue.ts";
import { editionLine } from "./edition-lines.ts";
import { EditionWorks } from "./edition-work.ts";
import { Headings } from "./headings.ts";
import { Permutation } from "./permutation.ts";
import { Random } from "./random.ts";
import { Reading } from "./reading-lines.ts";
import { Redirects } from "./redirects.ts";
import { type Kind, kinds } from "./sizes.ts";
import { workLine } from "./work-lines.ts";

/** Some four megabytes of editions. */
export const blockRows = 6000;
/** Lines are pieced together to about this size before they become bytes. */
const pieceLength = 1 << 16;
const rowStream = 51;

export type BlockName = { kind: Kind; block: number };

export function blockCount(rows: number): number {
  return Math.ceil(rows / blockRows);
}

export class BlockWriter {
  readonly #catalogue: GeneratedCatalogue;
  readonly #random = new Random();
  readonly #shuffles: Map<Kind, Permutation>;
  readonly #line: Record<Kind, (random: Random, index: number) => string>;
  #bytes = Buffer.allocUnsafe(blockRows * 1024);

  constructor(catalogue: GeneratedCatalogue) {
    const headings = new Headings(catalogue);
    const editionWorks = new EditionWorks(catalogue);
    const redirects = new Redirects(catalogue);
    const reading = new Reading(catalogue);
    this.#catalogue = catalogue;
    this.#shuffles = new Map(
      kinds.map((kind, index) => [kind, new Permutation(catalogue.sizes.rows[kind], 4 + index)]),
    );
    this.#line = {
      works: (random, index) => workLine(catalogue, headings, random, index),
      editions: (random, index) =>
        editionLine(catalogue, headings, random, index, editionWorks.of(index)),
      authors: (random, index) => authorLine(catalogue, random, index),
      redirects: (random, index) => redirects.line(random, index),
      deletes: (random, index) => redirects.deleteLine(random, index),
      ratings: (random) => reading.rating(random),
      "reading-log": (random) => reading.shelved(random),
    };
  }

  /** The lines of a block as ASCII; valid until the next call. */
  write({ kind, block }: BlockName): { bytes: Buffer; rows: number } {
    const shuffle = this.#shuffles.get(kind);
    if (shuffle === undefined) {
      throw new RangeError(`no kind ${kind}`);
    }
    const first = block * blockRows;
    const end = Math.min(first + blockRows, shuffle.count);
    const makeLine = this.#line[kind];
    const stream = rowStream + kinds.indexOf(kind);
    let length = 0;
    let piece = "";
    for (let row = first; row < end; row++) {
      const index = shuffle.at(row);
      piece += makeLine(this.#random.start(this.#catalogue.seed, stream, index), index);
      piece += "\n";
      if (piece.length < pieceLength && row < end - 1) {
        continue;
      }
      this.#makeRoom(length + piece.length);
      length += this.#bytes.write(piece, length, "latin1");
      piece = "";
    }
    return { bytes: this.#bytes.subarray(0, length), rows: end - first };
  }

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) {
      return;
    }
    const larger = Buffer.allocUnsafe(size * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
