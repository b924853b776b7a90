/** Nodes that refuse, as those with a security plugin do: what whoever runs the commands is told. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { aNode, type NodeStub, sendJson } from "#server/opensearch/testing/node-stub.ts";
import { createAuthority, type IssuedCertificate } from "#server/testing/certificates.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "bookfinder-refusals-"));
afterAll(() => rmSync(folder, { recursive: true }));

const commands = {
  server: ["server/main.ts"],
  keys: ["server/admin/keys-cli.ts", "list"],
  users: ["server/admin/users-cli.ts", "list"],
  rollback: ["server/admin/catalog-cli.ts", "rollback"],
  import: ["server/import/cli.ts", "server/starter"],
};

/** What a command says before it fails, over the node that answers at a URL. */
async function complaint(
  command: readonly string[],
  url: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    const env = {
      PORT: "0",
      BOOKFINDER_CATALOG: `opensearch+${url.replace("//", "//anna:hush%2Fhush@")}`,
      BOOKFINDER_DATA: mkdtempSync(join(folder, "data-")),
      ...settings,
    };
    execFile(process.execPath, command, { cwd: root, env, timeout: 60_000 }, (error, out, text) =>
      resolve({ code: error?.code, output: out + text }),
    );
  });
  expect(code).toBeOneOf([1, 2]);
  // Neither a stack nor a password.
  expect(output).not.toMatch(/\n\s+at |hush|aHVzaA/);
  return output;
}

const unauthorised = () =>
  aNode((response) => response.writeHead(401, { "www-authenticate": "Basic" }).end("Unauthorized"));

const forbidding = () =>
  aNode((response) => {
    const reason = "no permissions for [indices:data/read/mget] and User [name=anna]";
    sendJson(response, 403, { error: { type: "security_exception", reason }, status: 403 });
  });

/** A node that answers a request for several documents, of which it shows none. */
const forbiddingParts = () =>
  aNode((response) => {
    const error = { type: "security_exception", reason: "no permissions for [mget[shard]]" };
    sendJson(response, 200, { docs: [{ error }] });
  });

test.each(Object.entries(commands))("%s says that the password is wrong", async (_, command) => {
  await using node = await unauthorised();
  expect(await complaint(command, node.url)).toMatch(
    /refuses.*401 Unauthorized.*password in BOOKFINDER_CATALOG is wrong/,
  );
  // It was tried once: a user may be locked out after some.
  expect(node.asked).toHaveLength(1);
});

test.each(Object.entries(commands))("%s says which permission is missing", async (_, command) => {
  await using node = await forbidding();
  expect(await complaint(command, node.url)).toMatch(
    /refuses.*\[indices:data\/read\/mget\].*BOOKFINDER_CATALOG lacks a permission; docs\/opensearch/,
  );
});

test("a permission that is missing for a part of a request is said as well", async () => {
  await using node = await forbiddingParts();
  expect(await complaint(commands.keys, node.url)).toMatch(
    /refuses.*\[mget\[shard\]\].*lacks a permission/,
  );
});

/** A node behind TLS. */
async function aTlsNode(certificate: IssuedCertificate): Promise<NodeStub> {
  const server = createServer(certificate, (_, response) => sendJson(response, 200, {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    asked: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("a node behind TLS", async () => {
  const authority = await createAuthority();
  const file = join(folder, "authority.pem");
  writeFileSync(file, authority.cert);
  const trusting = { NODE_EXTRA_CA_CERTS: file };
  const issue = (host: string, notAfter?: Date) => authority.issueServer([host], notAfter);

  test("of an unknown authority: names the variable that makes it known", async () => {
    await using node = await aTlsNode(await issue("127.0.0.1"));
    expect(await complaint(commands.keys, node.url)).toMatch(/authority.*NODE_EXTRA_CA_CERTS/);
  });

  test("with a certificate that has expired: says so", async () => {
    await using node = await aTlsNode(await issue("127.0.0.1", new Date("2020-02-02")));
    expect(await complaint(commands.server, node.url, trusting)).toMatch(
      /certificate has expired.*Renew the node's certificate/,
    );
  });

  test("with a certificate for other hosts: says where names have to agree", async () => {
    await using node = await aTlsNode(await issue("other.example"));
    expect(await complaint(commands.import, node.url, trusting)).toMatch(
      /altnames.*hosts in BOOKFINDER_CATALOG as the node's certificate names them/,
    );
  });

  test("that is asked in clear, or the other way round: says which scheme to write", async () => {
    await using tls = await aTlsNode(await issue("127.0.0.1"));
    const clear = tls.url.replace("https:", "http:");
    expect(await complaint(commands.rollback, clear)).toMatch(/write opensearch\+https/);
    await using plain = await unauthorised();
    const secret = plain.url.replace("http:", "https:");
    expect(await complaint(commands.users, secret)).toMatch(/write opensearch\+http /);
  });
});
