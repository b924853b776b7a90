import type { Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";

/**
 * The transport to the server this page came from. Reads go out as GET so that browser and proxies
 * may cache them; binary because a page of results is half the size and decodes faster than JSON.
 */
export function createBrowserTransport(origin: string): Transport {
  return createConnectTransport({ baseUrl: origin, useHttpGet: true, useBinaryFormat: true });
}
