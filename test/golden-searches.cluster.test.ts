/** A cluster answers typical searches, and pages of them, as a file does: golden-searches.test.ts. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { importCatalogue } from "#server/import/import-catalogue.ts";
import { openOpenSearchCatalog } from "#server/opensearch/catalog.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import { loadCatalogue } from "#server/opensearch/load-catalogue.ts";
import { allRevisions, deleteRevision, servedRevision } from "#server/opensearch/revisions.ts";
import { fetchTerms } from "#server/opensearch/stored-terms.ts";
import { testAddress } from "#server/opensearch/testing/cluster-catalog.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { printGoldenSearches } from "./golden-searches.ts";
import { root } from "./source-tree.ts";

const address = testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]);
const folder = mkdtempSync(join(tmpdir(), "bookfinder-golden-"));
let ofFile: Catalog;
let ofCluster: Catalog;

beforeAll(async () => {
  const inputs = [join(root, "server/starter")];
  const { catalogueFile: path } = await importCatalogue({ inputs, dataDir: folder, workers: 0 });
  await using cluster = new Cluster(address, PATIENT_MS);
  await loadCatalogue({ cluster, name: address.name, path });
  const served = await servedRevision(cluster, address.name);
  const terms = join(folder, "terms.db");
  await fetchTerms(cluster, served?.names ?? { works: "", keys: "" }, terms);
  ofFile = openSqliteCatalog(path);
  ofCluster = openOpenSearchCatalog(terms, address);
});

afterAll(async () => {
  await ofFile?.[Symbol.asyncDispose]();
  await ofCluster?.[Symbol.asyncDispose]();
  await using cluster = new Cluster(address, PATIENT_MS);
  for (const { names } of await allRevisions(cluster, address.name)) {
    await deleteRevision(cluster, names);
  }
  rmSync(folder, { recursive: true });
});

test("finds what a reader means", async () => {
  // Not as a snapshot: only what the file answers may change it.
  const golden = readFileSync(join(root, "test/golden-searches.txt"), "utf8");
  expect(await printGoldenSearches(ofCluster)).toBe(golden);
});

test.each(["war", "the", "author:dickens", ""])(
  "pages of %j fit together, whichever engine answers which",
  async (query) => {
    let pageToken: string | undefined;
    for (let page = 0; page < 6; page++) {
      const request = plainSearch(query, {
        pageSize: 7,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      const [fromFile, fromCluster] = await Promise.all([
        ofFile.search(request),
        ofCluster.search(request),
      ]);
      const keysOf = ({ results }: typeof fromFile) => results.map(({ work }) => work.key);
      expect(keysOf(fromCluster)).toEqual(keysOf(fromFile));
      expect(fromCluster.nextPageToken).toBe(fromFile.nextPageToken);
      // Tokens of the one are taken by the other.
      pageToken = (page % 2 === 0 ? fromFile : fromCluster).nextPageToken;
      if (pageToken === undefined || pageToken === "") {
        return;
      }
    }
  },
);
