/** What readers and writers notice when nodes fail: nothing, a pause, or a clear word. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Catalog, CatalogUnavailableError } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { waitUntil as waitAtMost } from "#server/testing/wait-until.ts";
import { findCluster } from "../../scripts/cluster/cluster.ts";
import { openOpenSearchCatalog } from "./catalog.ts";
import { Cluster, PATIENT_MS } from "./cluster.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { indexNames } from "./mapping.ts";
import { allRevisions, deleteRevision } from "./revisions.ts";
import { fetchTerms } from "./stored-terms.ts";
import { testAddress } from "./testing/cluster-catalog.ts";
import { SharedNotes } from "./testing/notes.ts";

const nodes = findCluster(process.env["BOOKFINDER_TEST_CLUSTER_FOLDER"] ?? "");
const address = testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]);
/** A cluster on a machine under load takes its time. */
const waitUntil = (what: string, isSo: () => boolean | Promise<boolean>) =>
  waitAtMost(what, isSo, 150_000);

const folder = mkdtempSync(join(tmpdir(), "bookfinder-failures-"));
const titles = Array.from({ length: 200 }, (_, index) => `Lantern ${index + 100}`);
const path = join(folder, "catalogue.db");
let catalog: Catalog;
let notes: SharedNotes;

/** Loads the catalogue under another name and opens it. */
async function load(name: string, shardCount?: number): Promise<Catalog> {
  await using cluster = new Cluster(address, PATIENT_MS);
  const options = shardCount === undefined ? {} : { shardCount };
  await loadCatalogue({ cluster, name, path, ...options });
  const terms = join(folder, `${name}.db`);
  await fetchTerms(cluster, indexNames(name, "test-1"), terms);
  return openOpenSearchCatalog(terms, { ...address, name });
}

beforeAll(async () => {
  writeCatalogue(
    path,
    titles.map((title, index) => anEntry({ work: { key: `OL${index + 1}W`, title } })),
  );
  catalog = await load(address.name);
  notes = await SharedNotes.open(address);
});

/** All nodes run again, and have all copies. */
afterEach(async () => {
  for (const number of nodes.numbers) {
    nodes.startNode(number);
  }
  await nodes.waitForGreen();
});

afterAll(async () => {
  await catalog[Symbol.asyncDispose]();
  await notes[Symbol.asyncDispose]();
  await using cluster = new Cluster(address, PATIENT_MS);
  for (const name of [address.name, `${address.name}-parts`]) {
    for (const { names } of await allRevisions(cluster, name)) {
      await deleteRevision(cluster, names);
    }
  }
  rmSync(folder, { recursive: true });
});

/** Readers who search one title after the other until they are told to stop. */
function readers(count: number) {
  let isOver = false;
  let answered = 0;
  const wrong: string[] = [];
  const reading = Array.from({ length: count }, async (_, reader) => {
    for (let turn = reader; !isOver; turn += count) {
      const title = titles[turn % titles.length] ?? "";
      try {
        const { results, interpretation } = await catalog.search(plainSearch(title));
        // "deadline" is of a machine that is too busy, not of a node that is gone.
        const isPartial = interpretation.notices.some(({ reason }) => reason !== "deadline");
        if (results[0]?.work.title !== title || isPartial) {
          wrong.push(`${title}: ${JSON.stringify(interpretation.notices)}`);
        }
      } catch (error) {
        wrong.push(`${title}: ${error}`);
      }
      answered += 1;
    }
  });
  return {
    get answered() {
      return answered;
    },
    /** What went wrong. */
    async stop(): Promise<string[]> {
      isOver = true;
      await Promise.all(reading);
      return wrong;
    },
  };
}

/** The node that all writes go through. */
async function primary(): Promise<number> {
  const shards = await nodes.ask(`/_cat/shards/${notes.index}?h=prirep,node`);
  return Number(/^p\s+\D*(\d+)\s*$/m.exec(shards ?? "")?.[1]);
}

/** All servers have the same, with everything that was acknowledged. */
async function expectKept(acknowledged: readonly string[]): Promise<void> {
  const kept = await notes.readAnew();
  expect(kept).toEqual(expect.arrayContaining([...acknowledged]));
  expect(await notes.read(0)).toEqual(kept);
  expect(await notes.read(1)).toEqual(kept);
}

/** A write that waits in vain for nodes to agree says so: on a machine under load that takes its time. */
function expectUnavailable(refused: readonly unknown[]): void {
  for (const error of refused) {
    expect(error).toBeInstanceOf(CatalogUnavailableError);
  }
}

/** The node that the others have elected. */
async function manager(): Promise<number> {
  const name = await nodes.ask("/_cat/cluster_manager?h=node");
  return Number(/(\d+)\s*$/.exec(name ?? "")?.[1]);
}

test.each(["the manager", "another node"])(
  "%s dies while readers search and two servers write: no search fails, no write is lost",
  async (which) => {
    const reading = readers(4);
    const writing = notes.writers();
    await waitUntil(
      "all are at work",
      () => reading.answered > 20 && writing.acknowledged.length > 5,
    );
    const elected = await manager();
    const number = which === "the manager" ? elected : (elected % 3) + 1;
    await nodes.kill(number);
    const [searches, writes] = [reading.answered, writing.acknowledged.length];
    await waitUntil("searches go on", () => reading.answered > searches + 200);
    await waitUntil("writing goes on", () => writing.acknowledged.length > writes + 20);
    nodes.startNode(number);
    await nodes.waitForGreen();
    expect(await reading.stop()).toEqual([]);
    await writing.stop();
    expectUnavailable(writing.refused);
    await expectKept(writing.acknowledged);
  },
);

test("a node freezes meanwhile: no search fails, no write is lost, and writing goes on without it", async () => {
  const reading = readers(4);
  const writing = notes.writers();
  await waitUntil(
    "all are at work",
    () => reading.answered > 20 && writing.acknowledged.length > 5,
  );
  const [searches, writes] = [reading.answered, writing.acknowledged.length];
  const number = await primary();
  nodes.freeze(number);
  try {
    await waitUntil("searches go on", () => reading.answered > searches + 300);
    await waitUntil("writing goes on", () => writing.acknowledged.length > writes + 20);
  } finally {
    nodes.thaw(number);
  }
  await waitUntil("searches go on", () => reading.answered > searches + 350);
  await waitUntil("writing goes on", () => writing.acknowledged.length > writes + 40);
  expect(await reading.stop()).toEqual([]);
  await writing.stop();
  expectUnavailable(writing.refused);
  await expectKept(writing.acknowledged);
});

test("without a quorum searches go on and writes are refused; without any node both are", async () => {
  const note = await notes.write(0);
  await nodes.kill(1);
  await nodes.kill(2);
  const [title = ""] = titles;
  const found = await catalog.search(plainSearch(title));
  expect(found.results[0]?.work.title).toBe(title);
  await using cluster = new Cluster(address, PATIENT_MS);
  const next = { cluster, name: `${address.name}-next`, path };
  await expect(loadCatalogue(next)).rejects.toThrow(CatalogUnavailableError);
  await expect(notes.write(0)).rejects.toThrow(CatalogUnavailableError);
  expect(await notes.read(1)).toContain(note);
  await nodes.kill(3);
  await expect(catalog.search(plainSearch(title))).rejects.toThrow(CatalogUnavailableError);
  await expect(catalog.getWork("OL1W")).rejects.toThrow(CatalogUnavailableError);
  for (const number of nodes.numbers) {
    nodes.startNode(number);
  }
  await nodes.waitForGreen();
  // By itself: the same catalogue, opened before all this.
  const again = await catalog.search(plainSearch(title));
  expect(again.results[0]?.work.title).toBe(title);
  await expectKept([note, await notes.write(1)]);
});

test("a load whose only copy was lost with its node begins again when it is called again", async () => {
  const name = `${address.name}-lost`;
  await using cluster = new Cluster(address, PATIENT_MS);
  const many = join(folder, "many.db");
  const works = Array.from({ length: 3_000 }, (_, index) => ({ key: `OL${index + 1}W` }));
  writeCatalogue(
    many,
    works.map((work) => anEntry({ work })),
  );
  const options = { cluster, name, path: many };
  const onProgress = ({ stage }: { stage: string }) => {
    if (stage === "merge") {
      throw new Error("killed");
    }
  };
  await expect(loadCatalogue({ ...options, onProgress })).rejects.toThrow("killed");
  const shards = await nodes.ask(`/_cat/shards/${indexNames(name, "test-1").works}?h=node`);
  const number = Number(/(\d+)\s*$/.exec(shards ?? "")?.[1]);
  await nodes.kill(number);
  rmSync(join(nodes.nodeFolder(number), "data"), { recursive: true });
  nodes.startNode(number);
  const { workCount } = await loadCatalogue({ ...options, lostAfterMs: 5_000 });
  expect(workCount).toBe(3_000);
  for (const { names } of await allRevisions(cluster, name)) {
    await deleteRevision(cluster, names);
  }
});

test("a part without a copy is said by searches, and never taken for works that are not there", async () => {
  const name = `${address.name}-parts`;
  await using parts = await load(name, 3);
  const { works } = indexNames(name, "test-1");
  await using cluster = new Cluster(address, PATIENT_MS);
  const settings = { auto_expand_replicas: false, number_of_replicas: 0 };
  await cluster.write({
    method: "PUT",
    path: `/${works}/_settings`,
    body: { index: settings },
  });
  await waitUntil("there is one copy of each part", async () => {
    const shards = await nodes.ask(`/_cat/shards/${works}?h=state`);
    return shards?.trim().split("\n").length === 3;
  });
  await nodes.kill(3);
  await waitUntil("the node is missed", async () => {
    const health = await nodes.ask(`/_cluster/health/${works}`);
    return health?.includes('"status":"red"') === true;
  });
  const { results, interpretation } = await parts.search(plainSearch("lantern", { pageSize: 100 }));
  expect(interpretation.notices.map(({ reason }) => reason)).toContain("partly_unavailable");
  expect(results.length).toBeGreaterThan(0);
  const looks = await Promise.allSettled(
    titles.map((_, index) => parts.getWork(`OL${index + 1}W`)),
  );
  for (const look of looks) {
    if (look.status === "fulfilled") {
      expect(look.value).toBeDefined();
    } else {
      expect(look.reason).toBeInstanceOf(CatalogUnavailableError);
    }
  }
  expect(looks.some(({ status }) => status === "rejected")).toBe(true);
});
