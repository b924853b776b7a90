/** What was written over a catalogue reads the same over a cluster as over a file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { ImportedEntries, type ImportedWorks } from "#server/sqlite/written/imported-entries.ts";
import { changed, imported, made, seen } from "#server/sqlite/written/testing/sea-books.ts";
import { writtenFile } from "#server/sqlite/written/written-file.ts";
import { type BookChange, WrittenWriter } from "#server/sqlite/written/written-writer.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { openOpenSearchCatalog } from "./catalog.ts";
import { Cluster, PATIENT_MS } from "./cluster.ts";
import { ClusterWorks } from "./cluster-works.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { allRevisions, deleteRevision, servedRevision } from "./revisions.ts";
import { fetchTerms } from "./stored-terms.ts";
import { testAddress } from "./testing/cluster-catalog.ts";

const steps: BookChange[][] = [
  [
    { key: "OL3W", present: changed(3, { title: "Tales of Zanzibar" }) },
    { key: "OL5W", present: "deleted" },
    { key: "OL7W", present: changed(7, { description: "Nothing about ships." }, []) },
    { key: "OL900000001W", present: made },
  ],
  [
    { key: "OL3W", present: changed(3, { title: "Tales of Samarkand" }) },
    { key: "OL5W", present: "asImported" },
    { key: "OL900000001W", present: "deleted" },
    // So many that a page of others lies behind them.
    ...Array.from({ length: 30 }, (_, index): BookChange => {
      return { key: `OL${index + 8}W`, present: "deleted" };
    }),
  ],
];

const orders = ["relevance", "author"] as const;

async function write(
  path: string,
  works: ImportedWorks,
  changes: readonly BookChange[],
  generation: number,
) {
  await works.prepareWorks(changes.map(({ key }) => key));
  const writer = new WrittenWriter(writtenFile(path, works.info), works);
  writer.write(changes, generation);
  writer.close();
}

test("what was written reads the same over a cluster as over a file", async () => {
  const address = testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]);
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-written-"));
  const path = join(folder, "catalogue.db");
  const terms = join(folder, "terms.db");
  writeCatalogue(path, imported);
  await using cluster = new Cluster(address, PATIENT_MS);
  await loadCatalogue({ cluster, name: address.name, path });
  const served = await servedRevision(cluster, address.name);
  if (served === undefined) {
    throw new Error("The catalogue was loaded and is not served");
  }
  await fetchTerms(cluster, served.names, terms);
  await using ofFile = openSqliteCatalog(path);
  await using ofCluster = openOpenSearchCatalog(terms, address);
  const sources = [
    { at: path, works: new ImportedEntries(path) },
    { at: terms, works: new ClusterWorks(terms, address) },
  ];
  for (const [place, changes] of steps.entries()) {
    for (const { at, works } of sources) {
      await write(at, works, changes, place + 1);
    }
    const expected = await seen(ofFile, orders);
    for (const [question, answer] of (await seen(ofCluster, orders)).entries()) {
      expect(answer).toEqual(expected[question]);
    }
  }
  for (const { works } of sources) {
    await works.close();
  }
  for (const { names } of await allRevisions(cluster, address.name)) {
    await deleteRevision(cluster, names);
  }
  rmSync(folder, { recursive: true });
});
