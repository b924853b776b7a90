/** Which work an edition belongs to, and by which key it says so. */
import type { GeneratedCatalogue } from "./catalogue.ts";
import { workKey } from "./keys.ts";
import { Permutation } from "./permutation.ts";
import { Random } from "./random.ts";
import { Redirects } from "./redirects.ts";

export type EditionWork = {
  /** Index of the work; one behind the last for an orphan, whose work has no record. */
  work: number;
  /** As the edition names it: sometimes a key that redirects; "" for an orphan. */
  writtenKey: string;
  isFirst: boolean;
};

const stream = 31;
/** Among further editions only, so that the whole file has the 0.4 % of the facts page. */
const redirectedShare = 0.016;

export class EditionWorks {
  readonly #catalogue: GeneratedCatalogue;
  readonly #random = new Random();
  readonly #works: Permutation;
  readonly #redirects: Redirects;

  constructor(catalogue: GeneratedCatalogue) {
    this.#catalogue = catalogue;
    this.#works = new Permutation(catalogue.sizes.rows.works, 3);
    this.#redirects = new Redirects(catalogue);
  }

  of(edition: number): EditionWork {
    const { rows, firstEditions, orphanEditions } = this.#catalogue.sizes;
    if (edition < firstEditions) {
      const work = this.#works.at(edition);
      return { work, writtenKey: workKey(work), isFirst: true };
    }
    const firstOrphan = rows.editions - orphanEditions;
    if (edition >= firstOrphan) {
      return { work: rows.works + edition - firstOrphan, writtenKey: "", isFirst: true };
    }
    const random = this.#random.start(this.#catalogue.seed, stream, edition);
    if (random.chance(redirectedShare)) {
      const { source, target } = this.#redirects.someWork(random);
      if (target !== undefined) {
        return { work: target, writtenKey: workKey(source), isFirst: false };
      }
    }
    const work = this.#catalogue.likelyWork(random);
    return { work, writtenKey: workKey(work), isFirst: false };
  }
}
