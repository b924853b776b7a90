/** Servers that stand for nodes of a cluster which are slow, silent, busy or gone. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type NodeStub = AsyncDisposable & {
  url: string;
  /** Paths that it was asked for. */
  asked: string[];
};

/** @param answer what the node does with a request and its body; nothing is silence. */
export async function aNode(
  answer: (response: ServerResponse, body: string, request: IncomingMessage) => void,
): Promise<NodeStub> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? "");
    let body = "";
    for await (const chunk of request) {
      body += chunk;
    }
    answer(response, body, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
