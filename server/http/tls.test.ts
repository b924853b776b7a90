import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { request as requestHttp1 } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { SocketPeer } from "#server/fast-path/peer.ts";
import {
  type Authority,
  createAuthority,
  type IssuedCertificate,
} from "#server/testing/certificates.ts";
import { startPort } from "#server/testing/port.ts";
import { openRawHttp2, openRawSocket } from "#server/testing/raw-socket.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import type { HttpHandler } from "./handler.ts";

let authority: Authority;
let server: IssuedCertificate;
beforeAll(async () => {
  authority = await createAuthority();
  server = await authority.issueServer(["localhost", "127.0.0.1"]);
});

/** Answers with what is known of the other end. */
const whoAreYou: HttpHandler = (request, response) => {
  const { address, certificate } = new SocketPeer(() => request.socket);
  request.resume();
  response.writeHead(200);
  response.end(Buffer.from(JSON.stringify({ address, certificate })));
};

async function startTls(options: { handler?: HttpHandler; headersTimeoutMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = {
    certPath: join(folder, "cert.pem"),
    keyPath: join(folder, "key.pem"),
    clientCaPath: join(folder, "ca.pem"),
  };
  writeFileSync(files.certPath, server.cert);
  writeFileSync(files.keyPath, server.key);
  writeFileSync(files.clientCaPath, authority.cert);
  const port = await startPort({ ...options, tls: { ...files, pollMs: 20 } });
  return { ...port, files };
}

async function getHttp1(port: number, client: Partial<IssuedCertificate> = {}): Promise<string> {
  // A connection of its own, which is trusted as the port trusts now.
  const options = { port, host: "127.0.0.1", ca: authority.cert, agent: false };
  const request = requestHttp1({ ...options, ...client });
  request.end();
  const [response] = await once(request, "response");
  let text = "";
  for await (const chunk of response) {
    text += chunk;
  }
  return text;
}

async function getHttp2(port: number, client: Partial<IssuedCertificate> = {}): Promise<string> {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { ca: authority.cert, ...client });
  onTestFinished(() => session.destroy());
  let text = "";
  for await (const chunk of session.request({ ":path": "/" })) {
    text += chunk;
  }
  return text;
}

describe("a port with a certificate", () => {
  test("speaks both versions of HTTP over TLS", async () => {
    const { port } = await startTls();
    expect(await getHttp1(port)).toBe("1.1 GET 0");
    expect(await getHttp2(port)).toBe("2.0 GET 0");
  });

  test("sends pages that come in clear to https, and says so to others", async () => {
    const { port } = await startTls();
    const page = await fetch(`http://127.0.0.1:${port}/search?q=dune`, { redirect: "manual" });
    expect(page.status).toBe(308);
    expect(page.headers.get("location")).toBe(`https://127.0.0.1:${port}/search?q=dune`);
    const call = await fetch(`http://127.0.0.1:${port}/x`, { method: "POST", body: "{}" });
    expect(call.status).toBe(426);
    expect(await call.json()).toMatchObject({ message: expect.stringContaining("speaks TLS") });
  });

  test("sends HTTP/2 clients that come in clear away, and says why", async () => {
    const { port } = await startTls();
    const raw = await openRawHttp2(port);
    await raw.until("this port speaks TLS");
    await raw.closed;
  });

  test("asks for a client certificate, and tells whom it belongs to and whether to trust it", async () => {
    const { port } = await startTls({ handler: whoAreYou });
    const known = await authority.issueClient("CN=laptop, O=Library");
    const foreign = await (await createAuthority("CN=others")).issueClient("CN=laptop");
    for (const get of [getHttp1, getHttp2]) {
      expect(JSON.parse(await get(port))).toEqual({ address: "127.0.0.1" });
      expect(JSON.parse(await get(port, known))).toEqual({
        address: "127.0.0.1",
        certificate: { isTrusted: true, subject: "CN=laptop\nO=Library" },
      });
      expect(JSON.parse(await get(port, foreign))).toMatchObject({
        certificate: { isTrusted: false },
      });
    }
  });

  test("trusts every authority of its file, however the certificates follow on another", async () => {
    const { port, files, problems } = await startTls({ handler: whoAreYou });
    const other = await createAuthority("CN=others");
    const laptop = await other.issueClient("CN=laptop");
    const isTrusted = async () => JSON.parse(await getHttp1(port, laptop)).certificate.isTrusted;
    expect(await isTrusted()).toBe(false);
    // As `cat` joins files that don't end a line.
    writeFileSync(files.clientCaPath, authority.cert.trim() + other.cert.trim());
    await expect.poll(isTrusted).toBe(true);
    writeFileSync(files.clientCaPath, authority.cert + other.cert.replaceAll("M", "!"));
    await expect.poll(() => problems).toHaveLength(1);
    expect(problems[0]).toContain("the old one stays");
    expect(await isTrusted()).toBe(true);
  });

  test("takes a new certificate without a restart, and keeps the old one if it is none", async () => {
    const { port, files, problems } = await startTls();
    const subject = async () => {
      const socket = connectTls({ port, host: "127.0.0.1", ca: authority.cert });
      await once(socket, "secureConnect");
      const { subject: of } = socket.getPeerX509Certificate() ?? {};
      socket.destroy();
      return of;
    };
    expect(await subject()).toBe("CN=localhost");
    const renewed = await authority.issueServer(["127.0.0.1"]);
    writeFileSync(files.keyPath, renewed.key);
    await expect.poll(() => problems).toHaveLength(1);
    expect(problems[0]).toContain("the old one stays");
    expect(await subject()).toBe("CN=localhost");
    writeFileSync(files.certPath, renewed.cert);
    await expect.poll(subject).toBe("CN=127.0.0.1");
  });

  test("waits for no handshake that does not come to an end", async () => {
    const { port } = await startTls({ headersTimeoutMs: 150 });
    const raw = await openRawSocket(port);
    await raw.send(Buffer.from("1603010200010001fc0303", "hex"));
    await raw.closed;
  });
});

describe("a certificate that can't be used", () => {
  test("is explained", async () => {
    const tls = { certPath: "/nowhere/cert.pem", keyPath: "/nowhere/key.pem", clientCaPath: "" };
    await expect(startPort({ tls })).rejects.toThrow(
      /BOOKFINDER_TLS_CERT can't be read: .*\/nowhere\/cert\.pem/,
    );
  });

  test.each(["", "authority", "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n"])(
    "is explained where nobody would be trusted: %j",
    async (text) => {
      const folder = mkdtempSync(join(tmpdir(), "bookfinder-tls-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const path = (name: string) => join(folder, name);
      writeFileSync(path("cert.pem"), server.cert);
      writeFileSync(path("key.pem"), server.key);
      writeFileSync(path("ca.pem"), text);
      const tls = { certPath: path("cert.pem"), keyPath: path("key.pem") };
      await expect(startPort({ tls: { ...tls, clientCaPath: path("ca.pem") } })).rejects.toThrow(
        /BOOKFINDER_TLS_CLIENT_CA: .*ca\.pem/,
      );
    },
  );
});

test("a request over HTTP/1.1 is read whole while the answer before it is not read yet", async () => {
  const answered = Promise.withResolvers<void>();
  const handler: HttpHandler = (request, response) => {
    if (request.method === "GET") {
      response.end(Buffer.alloc(6 << 20));
      answered.resolve();
      return;
    }
    let sizeBytes = 0;
    request.on("data", (piece: Buffer) => (sizeBytes += piece.length));
    request.on("end", () => response.end(Buffer.from(`read ${sizeBytes}`)));
  };
  const { port } = await startTls({ handler });
  const client = connectTls({ port, host: "127.0.0.1", ca: authority.cert });
  onTestFinished(() => void client.destroy());
  await once(client, "secureConnect");
  client.pause();
  client.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  await answered.promise;
  // Records of this size: the head fills one, and the body follows in others with the same packet.
  const recordBytes = 512;
  client.setMaxSendFragment(recordBytes);
  const head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1500\r\nx: ";
  client.write(`${head.padEnd(recordBytes - 4, "x")}\r\n\r\n${"h".repeat(1500)}`);
  let tail = "";
  client.on("data", (piece: Buffer) => (tail = (tail + piece.toString("latin1")).slice(-40)));
  client.resume();
  await waitUntil("the second answer is there", () => tail.endsWith("\r\n\r\nread 1500"));
});
