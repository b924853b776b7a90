/** Whole records by id or key: what results show. */
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { decodeAuthor, decodeWork } from "#server/index-entries/documents.ts";
import { identifierToken } from "#server/index-entries/entry-keys.ts";
import { EditionRow, editionRows, StoredEditions } from "#server/index-entries/stored-editions.ts";
import type { Effort } from "#server/search/effort.ts";
import type {
  AuthorRecord,
  BookRecord,
  Identifier,
  PublisherNames,
} from "#server/search/index-port.ts";
import type { Cluster } from "./cluster.ts";
import { ClusterRefusalError, type PartProblem, partError } from "./cluster-errors.ts";
import type { Searcher } from "./searcher.ts";

/** Works that have one identifier, at most; as in SQLite. */
const MAX_WITH_IDENTIFIER = 20;

/** Records that are remembered: those shown last, up to so many characters. */
const MAX_REMEMBERED_CHARACTERS = 32 * 1024 * 1024;

type Stored = Readonly<Record<string, string>>;
type Remembered = { work: Work; rows: EditionRow[]; size: number };

export class Records {
  readonly #cluster: Cluster;
  readonly #searcher: Searcher;
  readonly #keysIndex: string;
  readonly #shown = new Map<number, Remembered>();
  #shownSize = 0;

  constructor(cluster: Cluster, searcher: Searcher, keysIndex: string) {
    this.#cluster = cluster;
    this.#searcher = searcher;
    this.#keysIndex = keysIndex;
  }

  async works(ids: readonly number[], effort: Effort): Promise<Work[]> {
    const missing = ids.filter((id) => !this.#shown.has(id));
    const stored = await this.#stored(missing, ["work"], effort);
    return ids.map((id) => {
      const text = stored.get(id)?.["work"];
      return text === undefined ? (this.#shown.get(id)?.work ?? missingWork(id)) : decodeWork(text);
    });
  }

  /** The works may be of other results, too, and are not to be changed. */
  async records(ids: readonly number[], effort: Effort): Promise<BookRecord[]> {
    const shown = new Map<number, Remembered>();
    for (const id of ids) {
      const known = this.#shown.get(id);
      if (known !== undefined) {
        shown.set(id, known);
        this.#remember(id, known);
      }
    }
    const missing = ids.filter((id) => !shown.has(id));
    const stored = await this.#stored(missing, ["work", "editions", "moreEditions"], effort);
    for (const [id, fields] of stored) {
      const record = readRecord(fields);
      shown.set(id, record);
      this.#remember(id, record);
    }
    return ids.map((id) => {
      const { work, rows } = shown.get(id) ?? missingWork(id);
      const [first = new EditionRow(""), ...others] = rows;
      const editions = new StoredEditions(first, (row) => others[row - 1] ?? new EditionRow(""));
      return { id, work, editions };
    });
  }

  async publishers(ids: readonly number[], effort: Effort): Promise<PublisherNames[]> {
    const stored = await this.#stored(ids, ["publishers"], effort);
    // Written by the loader as one a line.
    return ids.map((id) => ({
      names: stored.get(id)?.["publishers"]?.split("\n").filter(Boolean) ?? [],
      isWhole: true,
    }));
  }

  /** For each identifier the works that have it, most popular first. */
  async idsOfIdentifiers(identifiers: readonly Identifier[], effort: Effort): Promise<number[][]> {
    const tokens = identifiers.map(({ type, text }) => identifierToken(type, text));
    const searches = tokens.map((token) => ({
      query: token === "" ? { match_none: {} } : { term: { identifiers: token } },
      limit: MAX_WITH_IDENTIFIER,
    }));
    const found = await this.#searcher.run(searches, effort, "refused");
    return found.map((hits) => hits.map(({ id }) => id));
  }

  /** Ids of works by key, following redirects; undefined for keys that lead nowhere. */
  async idsOfKeys(keys: readonly string[], effort: Effort): Promise<(number | undefined)[]> {
    const ofKeys = async (some: readonly string[]) =>
      this.idsOfIdentifiers(
        some.map((text) => ({ type: "", text })),
        effort,
      );
    const ids = (await ofKeys(keys)).map(([id]) => id);
    const lost = keys.filter((_, place) => ids[place] === undefined);
    const targets = await this.#targets(lost, effort);
    const found = (await ofKeys([...targets.values()])).map(([id]) => id);
    const redirected = new Map([...targets.keys()].map((key, place) => [key, found[place]]));
    return keys.map((key, place) => ids[place] ?? redirected.get(key));
  }

  async authors(keys: readonly string[], effort: Effort): Promise<(AuthorRecord | undefined)[]> {
    const own = await this.#keyDocuments(keys, effort);
    const targets = [...own.values()].flatMap(({ target }) => target ?? []);
    const led = await this.#keyDocuments(targets, effort);
    return keys.map((key) => {
      const target = own.get(key)?.target;
      const [found, document] =
        target === undefined ? [key, own.get(key)] : [target, led.get(target)];
      const { author, workCount = 0 } = document ?? {};
      return author === undefined ? undefined : { ...decodeAuthor(found, author), workCount };
    });
  }

  async #targets(keys: readonly string[], effort: Effort): Promise<Map<string, string>> {
    const targets = new Map<string, string>();
    for (const [key, { target }] of await this.#keyDocuments(keys, effort)) {
      if (target !== undefined) {
        targets.set(key, target);
      }
    }
    return targets;
  }

  async #keyDocuments(
    keys: readonly string[],
    { call }: Effort,
  ): Promise<Map<string, KeyDocument>> {
    // An id has at most 512 bytes; no key has so many.
    const ids = [...new Set(keys)].filter((key) => key !== "" && key.length <= 100);
    const found = new Map<string, KeyDocument>();
    if (ids.length === 0) {
      return found;
    }
    const answer = await this.#cluster.read(
      {
        method: "POST",
        path: `/${this.#keysIndex}/_mget`,
        query: { preference: "_local" },
        body: { ids },
      },
      call,
      (one) => documentsOf(one).every(({ error }) => error === undefined),
    );
    for (const { _id: id, _source: source, error } of documentsOf(answer)) {
      if (error !== undefined) {
        const cause = partError(`${this.#keysIndex} can't be read`, error);
        throw cause.isRefusal
          ? new ClusterRefusalError(cause)
          : new CatalogUnavailableError("A part of the catalogue does not answer", { cause });
      }
      if (source !== undefined) {
        found.set(id, source);
      }
    }
    return found;
  }

  async #stored(
    ids: readonly number[],
    fields: readonly string[],
    effort: Effort,
  ): Promise<Map<number, Stored>> {
    if (ids.length === 0) {
      return new Map();
    }
    const query = { terms: { position: [...ids] } };
    const search = { query, limit: ids.length, stored: fields };
    // Those that a missing part has are missed by whoever asked for them.
    const [hits = []] = await this.#searcher.run([search], effort);
    return new Map(hits.map(({ id, stored }) => [id, stored]));
  }

  #remember(id: number, record: Remembered): void {
    const known = this.#shown.get(id);
    this.#shown.delete(id);
    this.#shown.set(id, record);
    this.#shownSize += record.size - (known?.size ?? 0);
    for (const [oldest, { size }] of this.#shown) {
      if (this.#shownSize <= MAX_REMEMBERED_CHARACTERS) {
        return;
      }
      this.#shown.delete(oldest);
      this.#shownSize -= size;
    }
  }
}

type KeyDocument = { target?: string; author?: string; workCount?: number };
type GetAnswer = { _id: string; _source?: KeyDocument; error?: PartProblem };

function documentsOf(answer: unknown): GetAnswer[] {
  // What OpenSearch documents of _mget.
  return (answer as { docs?: GetAnswer[] }).docs ?? [];
}

function readRecord({ work = "", editions = "", moreEditions = "" }: Stored): Remembered {
  const rows = [
    ...editionRows(editions),
    ...(moreEditions === "" ? [] : editionRows(moreEditions)),
  ];
  return {
    work: decodeWork(work),
    rows: rows.map((row) => new EditionRow(row)),
    size: work.length + editions.length + moreEditions.length,
  };
}

function missingWork(id: number): never {
  throw new CatalogUnavailableError(
    `The index names work ${id}, which the cluster does not have now`,
  );
}
