/** Merged and deleted records: their keys follow those of the records that are there. */
import type { GeneratedCatalogue } from "./catalogue.ts";
import { timestamp } from "./dirt.ts";
import { authorKey, editionKey, workKey } from "./keys.ts";
import { Random } from "./random.ts";

const stream = 41;
/** Of twenty redirects in a row, so many are of works, of authors, and the rest of editions. */
const group = { size: 20, works: 14, authors: 3 };
const mostSteps = 20;

export class Redirects {
  readonly #catalogue: GeneratedCatalogue;
  readonly #random = new Random();

  constructor(catalogue: GeneratedCatalogue) {
    this.#catalogue = catalogue;
  }

  /** Line of a redirect: most lead to a record, some to another redirect, few round in circles. */
  line(random: Random, index: number): string {
    const { key, count } = this.#kind(index);
    const next = this.#next(index);
    const target = next.redirect === undefined ? next.record : count + next.redirect;
    const modified = timestamp(random);
    const json = `{"key": "${key(count + index)}", "type": {"key": "/type/redirect"}, "location": "${key(target)}", "latest_revision": 2, "revision": 2, "last_modified": {"type": "/type/datetime", "value": "${modified}"}}`;
    return `/type/redirect\t${key(count + index)}\t2\t${modified}\t${json}`;
  }

  deleteLine(random: Random, index: number): string {
    const key = random.chance(0.3) ? deletedWork(this.#catalogue, index) : this.#deleted(index);
    const modified = timestamp(random);
    const json = `{"key": "${key}", "type": {"key": "/type/delete"}, "latest_revision": 3, "revision": 3, "last_modified": {"type": "/type/datetime", "value": "${modified}"}}`;
    return `/type/delete\t${key}\t3\t${modified}\t${json}`;
  }

  /** Index of a redirected work and of the work it leads to in the end; undefined in a circle. */
  someWork(random: Random): { source: number; target: number | undefined } {
    const { redirects, works } = this.#catalogue.sizes.rows;
    const groups = Math.max(1, Math.floor(redirects / group.size));
    let index = random.below(groups) * group.size + random.below(Math.min(group.works, redirects));
    const source = works + index;
    for (let step = 0; step < mostSteps; step++) {
      const next = this.#next(index);
      if (next.redirect === undefined) {
        return { source, target: next.record };
      }
      index = next.redirect;
    }
    return { source, target: undefined };
  }

  #next(
    index: number,
  ): { redirect: number; record?: never } | { redirect?: never; record: number } {
    const { redirects } = this.#catalogue.sizes.rows;
    if (index % 4000 === 60) {
      return { redirect: index - group.size };
    }
    const random = this.#random.start(this.#catalogue.seed, stream, index);
    const isChained = random.chance(0.055) || index % 4000 === 40;
    if (isChained && index + group.size < redirects) {
      return { redirect: index + group.size };
    }
    return { record: random.below(this.#kind(index).count) };
  }

  #kind(index: number): { key: (index: number) => string; count: number } {
    const { works, authors, editions } = this.#catalogue.sizes.rows;
    const place = index % group.size;
    if (place < group.works) {
      return { key: workKey, count: works };
    }
    if (place < group.works + group.authors) {
      return { key: authorKey, count: authors };
    }
    return { key: editionKey, count: editions };
  }

  #deleted(index: number): string {
    const { editions, redirects } = this.#catalogue.sizes.rows;
    return editionKey(editions + redirects + index);
  }
}

/** Key of a work that was deleted, if the index is that of such a one. */
export function deletedWork(catalogue: GeneratedCatalogue, index: number): string {
  const { works, redirects } = catalogue.sizes.rows;
  return workKey(works + redirects + index);
}
