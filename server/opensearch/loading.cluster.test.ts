/** Putting catalogues into a cluster: continued, proven, swapped in while readers search. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { openClusterCatalog } from "#server/catalog-file/cluster-catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { waitUntil as waitAtMost } from "#server/testing/wait-until.ts";
import { openOpenSearchCatalog } from "./catalog.ts";
import { Cluster, PATIENT_MS } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { indexNames } from "./mapping.ts";
import { allRevisions, deleteRevision, servedRevision } from "./revisions.ts";
import { testAddress } from "./testing/cluster-catalog.ts";

/** A cluster on a machine under load takes its time. */
const waitUntil = (what: string, isSo: () => boolean | Promise<boolean>) =>
  waitAtMost(what, isSo, 150_000);

const folder = mkdtempSync(join(tmpdir(), "bookfinder-loading-"));
const path = join(folder, "catalogue.db");
let address: ClusterAddress;
let cluster: Cluster;

beforeEach(() => {
  address = testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]);
  cluster = new Cluster(address, PATIENT_MS);
});
afterEach(async () => {
  for (const { names } of await allRevisions(cluster, address.name)) {
    await deleteRevision(cluster, names);
  }
  await cluster[Symbol.asyncDispose]();
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(count: number, revision: string, title = "Lantern"): void {
  rmSync(path, { force: true });
  const works = Array.from({ length: count }, (_, index) => ({
    key: `OL${index + 1}W`,
    title: `${title} ${index + 100}`,
  }));
  writeCatalogue(
    path,
    works.map((work, index) => anEntry({ work, popularity: count - index })),
    { revision },
  );
}

const load = (options = {}) => loadCatalogue({ cluster, name: address.name, path, ...options });

test("a work whose title stands before a colon and a subtitle is proven as others are", async () => {
  rmSync(path, { force: true });
  const titles = ["Roton: Volume 5", "!!!", "戦争と平和", "1984"];
  const works = titles.map((title, index) => ({
    key: `OL${index + 1}W`,
    title,
    subtitle: "A tale",
  }));
  writeCatalogue(
    path,
    works.map((work) => anEntry({ work })),
    { revision: "titles" },
  );
  expect(await load()).toMatchObject({ workCount: titles.length });
});

test("a load that is killed halfway continues, and writes nothing twice", async () => {
  write(9_000, "one");
  const killed = load({
    onProgress({ done }: { done: number }) {
      if (done >= 6_000) {
        throw new Error("killed");
      }
    },
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await servedRevision(cluster, address.name)).toBeUndefined();
  const { works } = indexNames(address.name, "one");
  await waitUntil("what was under way has arrived", async () => {
    await cluster.write({ method: "POST", path: `/${works}/_refresh` });
    const answer = await cluster.read({ method: "GET", path: `/${works}/_count` });
    return Number(Object(answer).count) >= 4_000;
  });
  const { workCount, written } = await load();
  expect(workCount).toBe(9_000);
  // What is whole is not written again; keys of authors are.
  expect(written).toBeLessThan(9_000);
  expect((await servedRevision(cluster, address.name))?.meta.revision).toBe("one");
  expect((await load()).written).toBe(0);
});

test("what lost more than a tenth of the books is refused, unless it is forced", async () => {
  write(100, "one");
  await load();
  write(50, "two");
  await expect(load()).rejects.toThrow(/has 50 works.*--force/s);
  expect((await servedRevision(cluster, address.name))?.meta.revision).toBe("one");
  await load({ force: true });
  expect((await servedRevision(cluster, address.name))?.meta.revision).toBe("two");
});

test("a revision that does not answer as the file does is not served", async () => {
  write(100, "one");
  await load();
  write(100, "two", "Other");
  // Somebody else's documents under the names of the new revision.
  const spoil = load({
    onProgress() {
      throw new Error("killed");
    },
  });
  await expect(spoil).rejects.toThrow("killed");
  const { works } = indexNames(address.name, "two");
  for (let place = 1; place <= 100; place++) {
    const body = { position: place * 16, title: "wrong", work: "[]" };
    await cluster.write({ method: "PUT", path: `/${works}/_doc/${place * 16}`, body });
  }
  await expect(load()).rejects.toThrow();
  expect((await servedRevision(cluster, address.name))?.meta.revision).toBe("one");
});

test("readers search while revisions are swapped: none fails, none sees a mixture; the last stays", async () => {
  write(300, "one", "Lantern");
  await load();
  const swapped: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void swapped.push(line) });
  const open = (terms: string) => openOpenSearchCatalog(terms, address);
  await using catalog = await openClusterCatalog(address, folder, log, { open });
  let isOver = false;
  const titles = new Set<string>();
  const reading = (async () => {
    while (!isOver) {
      titles.add(await titlesOf(catalog));
    }
  })();
  // Looked at below; until then nobody else is to be told.
  reading.catch(() => {});
  for (const [revision, title] of [
    ["two", "Candle"],
    ["three", "Torch"],
  ] as const) {
    write(300, revision, title);
    await load();
    await waitUntil(`${title} is served`, () => titles.has(`${title} ${title}`));
  }
  isOver = true;
  await reading;
  expect(titles).toEqual(new Set(["Lantern Lantern", "Candle Candle", "Torch Torch"]));
  const kept = await allRevisions(cluster, address.name);
  expect(new Set(kept.map(({ meta }) => meta.revision))).toEqual(new Set(["two", "three"]));
}, 600_000);

/** The first words of the titles of a page, which two revisions never share. */
async function titlesOf(catalog: Catalog): Promise<string> {
  const { results } = await catalog.search(plainSearch("", { pageSize: 2 }));
  return results.map(({ work }) => work.title.split(" ")[0]).join(" ");
}
