import { createServer, type Server } from "node:http";
import type { Metrics } from "./metrics.ts";

/** The port for those who run the server: `/metrics` in the text format of Prometheus. */
export async function openAdminPort(metrics: Metrics, port: number, host: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("The metrics are at /metrics\n");
      return;
    }
    const text = await metrics.registry.metrics();
    response.writeHead(200, { "content-type": metrics.registry.contentType });
    response.end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return server.unref();
}
