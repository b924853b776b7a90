/** Ratings and the reading log: a few works have most of the readers, and most works none. */
import type { GeneratedCatalogue } from "./catalogue.ts";
import { day } from "./dirt.ts";
import { editionKey, workKey } from "./keys.ts";
import { PowerLaw } from "./power-law.ts";
import type { Random } from "./random.ts";
import { deletedWork, Redirects } from "./redirects.ts";

const shelves = [
  "Want to Read",
  "Want to Read",
  "Want to Read",
  "Want to Read",
  "Already Read",
  "Already Read",
  "Currently Reading",
  "Stopped Reading",
];

export class Reading {
  readonly #catalogue: GeneratedCatalogue;
  readonly #ranks: PowerLaw;
  readonly #redirects: Redirects;

  constructor(catalogue: GeneratedCatalogue) {
    this.#catalogue = catalogue;
    this.#ranks = new PowerLaw(catalogue.sizes.readWorks, 0.92, 15);
    this.#redirects = new Redirects(catalogue);
  }

  rating(random: Random): string {
    const unit = random.unit();
    const stars = unit < 0.45 ? 5 : unit < 0.72 ? 4 : unit < 0.88 ? 3 : unit < 0.95 ? 2 : 1;
    return `${this.#work(random)}\t${this.#edition(random)}\t${stars}\t${day(random)}`;
  }

  shelved(random: Random): string {
    return `${this.#work(random)}\t${this.#edition(random)}\t${random.pick(shelves)}\t${day(random)}`;
  }

  #work(random: Random): string {
    const unit = random.unit();
    if (unit < 0.01) {
      return workKey(this.#redirects.someWork(random).source);
    }
    if (unit < 0.013) {
      return deletedWork(this.#catalogue, random.below(this.#catalogue.sizes.rows.deletes));
    }
    return workKey(this.#catalogue.popularWork(this.#ranks.rankAt(random.unit())));
  }

  #edition(random: Random): string {
    if (random.chance(0.55)) {
      return "\\N";
    }
    return editionKey(random.below(this.#catalogue.sizes.rows.editions));
  }
}
