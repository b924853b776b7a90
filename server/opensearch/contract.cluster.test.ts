import { describeCatalog } from "#server/catalog/testing/contract.ts";
import { aClusterCatalog, testAddress } from "./testing/cluster-catalog.ts";

describeCatalog("an OpenSearch cluster", (entries, options) =>
  aClusterCatalog(testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]), entries, options),
);
