import { describeCatalog } from "#server/catalog/testing/contract.ts";
import { aClusterCatalog } from "./testing/cluster-catalog.ts";

describeCatalog("an OpenSearch cluster", aClusterCatalog);
