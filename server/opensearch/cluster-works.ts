/** The works of a cluster as they were imported, fetched before they are indexed again. */
import { type CatalogInfo, CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { Budget, type Effort } from "#server/search/effort.ts";
import type { AuthorRecord } from "#server/search/index-port.ts";
import type { WrittenInfo } from "#server/sqlite/index-writer.ts";
import type { ImportedWorks } from "#server/sqlite/written/imported-entries.ts";
import { Cluster, PATIENT_MS } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { namesBeside } from "./mapping.ts";
import { OpenSearchIndex } from "./opensearch-index.ts";
import { TermsFile } from "./terms-file.ts";

/** Nobody waits for a page: whatever is to be indexed is read. */
const unbounded = (): Effort => new Budget(Number.POSITIVE_INFINITY).stage("page");

export class ClusterWorks implements ImportedWorks {
  readonly info: CatalogInfo;
  readonly written: WrittenInfo;
  readonly lastId: number;
  readonly #terms: TermsFile;
  readonly #index: OpenSearchIndex;
  #entries = new Map<number, CatalogueEntry>();
  #ids = new Map<string, number>();
  readonly #authors = new Map<string, AuthorRecord>();

  /** @throws {Error} when there is no file of words that can be read. */
  constructor(termsPath: string, address: ClusterAddress) {
    this.#terms = new TermsFile(termsPath);
    this.info = this.#terms.info;
    this.written = this.#terms.written;
    this.lastId = (this.info.workCount + 1) * ROWID_GAP;
    const names = namesBeside(this.#terms.worksIndex);
    this.#index = new OpenSearchIndex(new Cluster(address, PATIENT_MS), names, this.#terms);
  }

  async prepareWorks(keys: readonly string[]): Promise<void> {
    const effort = unbounded();
    this.#entries = new Map();
    this.#ids = new Map();
    this.#authors.clear();
    const identifiers = keys.map((text) => ({ type: "", text }) as const);
    const ids = (await this.#index.idsOfIdentifiers(identifiers, effort)).flatMap(
      ([id]) => id ?? [],
    );
    if (effort.exceeded) {
      throw new CatalogUnavailableError("The cluster is too slow to say what was imported");
    }
    const records = await this.#index.records(ids, effort);
    const books = await this.#index.books(ids, effort);
    await this.prepareAuthors(records.flatMap(({ work }) => work.authors.map(({ key }) => key)));
    for (const [place, { id, work, editions }] of records.entries()) {
      this.#ids.set(work.key, id);
      this.#entries.set(id, {
        work,
        editions: [...editions],
        authorAlternateNames: work.authors.map((author) => this.alternateNames(author.key)),
        popularity: books[place]?.popularity ?? 0,
        // Redirects lead from them, which stay in the imported index.
        formerKeys: [],
      });
    }
  }

  async prepareAuthors(keys: readonly string[]): Promise<void> {
    const missing = [...new Set(keys)].filter((key) => key !== "" && !this.#authors.has(key));
    const authors = await this.#index.authors(missing, unbounded());
    for (const [place, author] of authors.entries()) {
      const key = missing[place];
      if (author !== undefined && key !== undefined) {
        this.#authors.set(key, author);
      }
    }
  }

  idOf(key: string): number | undefined {
    return this.#ids.get(key);
  }

  entry(id: number): CatalogueEntry {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new Error(`Work ${id} was not fetched before it is indexed`);
    }
    return entry;
  }

  alternateNames(authorKey: string): string[] {
    return this.#authors.get(authorKey)?.alternateNames ?? [];
  }

  hasHeading(token: string): boolean {
    return this.#terms.hasHeading(token);
  }

  corrects(word: string): boolean {
    return this.#terms.corrects(word);
  }

  close(): Promise<void> {
    return this.#index[Symbol.asyncDispose]();
  }
}
