/** A node behind TLS that asks for a password, as nodes with a security plugin do. */
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { IssuedCertificate } from "#server/testing/certificates.ts";

export type TlsProxy = AsyncDisposable & { port: number };

/** @param login "user:password". */
export async function aTlsProxy(
  nodeUrl: string,
  certificate: IssuedCertificate,
  login: string,
): Promise<TlsProxy> {
  const wanted = `Basic ${Buffer.from(login).toString("base64")}`;
  const server = createServer(certificate, (incoming, outgoing) => {
    if (incoming.headers.authorization !== wanted) {
      outgoing.writeHead(401, { "www-authenticate": "Basic" }).end("Unauthorized");
      return;
    }
    const { authorization: _, ...headers } = incoming.headers;
    const { method = "GET", url = "/" } = incoming;
    const onward = request(new URL(url, nodeUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
