/** Two servers over one cluster, as operators start them: an import by its command, then the processes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import { parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { aTlsProxy } from "#server/opensearch/testing/tls-proxy.ts";
import { createAuthority } from "#server/testing/certificates.ts";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil as waitAtMost } from "#server/testing/wait-until.ts";
import { root } from "./source-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "over-a-cluster-"));
type BookClient = Client<typeof BookService>;

const cluster = `${process.env["BOOKFINDER_TEST_CLUSTER"]}/servers-${process.pid}`;
const settings = { HOST: "127.0.0.1", BOOKFINDER_WORKERS: "1" };

/** Runs a command of this project on a data folder, over the cluster; returns what it printed. */
function command(script: string, data: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, script), ...args], {
    env: { ...process.env, BOOKFINDER_CATALOG: cluster, BOOKFINDER_DATA: join(folder, data) },
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(`${script} ${args.join(" ")} ended with ${status}: ${stderr}`);
  }
  return stdout;
}

function startOver(data: string): Promise<ServerProcess> {
  return startServerProcess({
    ...settings,
    BOOKFINDER_CATALOG: cluster,
    BOOKFINDER_DATA: join(folder, data),
  });
}

const booksOf = ({ url }: ServerProcess) =>
  createClient(BookService, createGrpcTransport({ baseUrl: url }));
const sessionsOf = ({ url }: ServerProcess) =>
  createClient(SessionService, createGrpcTransport({ baseUrl: url }));

const authorised = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

/** Servers and a cluster on a machine under load take their time. */
const waitUntil = (what: string, isSo: () => Promise<boolean>) => waitAtMost(what, isSo, 90_000);

let servers: [ServerProcess, ServerProcess];

beforeAll(async () => {
  const stdout = command("server/import/cli.ts", "import", join(root, "server/starter"));
  expect(stdout).toMatch(/The cluster serves 1,433 books/);
  servers = [await startOver("one"), await startOver("two")];
});
afterAll(async () => {
  for (const server of servers ?? []) {
    await server[Symbol.asyncDispose]();
  }
  rmSync(folder, { recursive: true, force: true });
});

async function namesFound(server: ServerProcess, query: string): Promise<string[]> {
  const { results } = await booksOf(server).searchBooks({ query, pageSize: 10 });
  return results.map(({ book }) => book?.name ?? "");
}

test("what the import command puts into a cluster, every server answers alike", async () => {
  // The file that the same import has built.
  const data = join(folder, "import");
  await using ofFile = await startServerProcess({ ...settings, BOOKFINDER_DATA: data });
  for (const query of ["tolkein ring", "dostoevskij", "war and peace", "boy raised by wolves"]) {
    const answers = await Promise.all(
      [...servers, ofFile].map((server) => namesFound(server, query)),
    );
    const [first] = answers;
    expect(first).not.toEqual([]);
    expect(answers).toEqual([first, first, first]);
  }
});

test("what is written at one server is found at once there, and at the other, which sees conflicts", async () => {
  const key = authorised(
    command(
      "server/admin/keys-cli.ts",
      "one",
      "create",
      "--name",
      "both",
      "--scope",
      "books.write",
    ).trim(),
  );
  const [one, other] = servers.map(booksOf) as [BookClient, BookClient];
  const title = "Zanzibar Nocturne";
  const authors = [{ displayName: "Quirina Velasquez" }];
  const { book: made } = await one.createBook({ book: { title, authors }, requestId: "r1" }, key);
  const name = made?.name ?? "";
  expect(await namesFound(servers[0], "zanzibar nocturn")).toEqual([name]);
  await waitUntil("the other server finds it", async () =>
    (await namesFound(servers[1], "zanzibar nocturn velasquez")).includes(name),
  );
  // A request that is sent again, to whichever server, is carried out once.
  const { book: again } = await other.createBook(
    { book: { title, authors }, requestId: "r1" },
    key,
  );
  expect(again?.name).toBe(name);

  const rings = (await other.getBook({ name: "books/OL27448W" })).book;
  const change = (client: BookClient, subtitle: string, etag = rings?.etag ?? "") =>
    client.updateBook(
      { book: { name: "books/OL27448W", subtitle, etag }, updateMask: { paths: ["subtitle"] } },
      key,
    );
  const outcomes = await Promise.allSettled([change(one, "of one"), change(other, "of the other")]);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(1);
  expect(ConnectError.from(refused[0]?.reason).code).toBe(Code.Aborted);
  for (const server of servers) {
    await waitUntil("the imported book is found as it is now", async () => {
      const { results } = await booksOf(server).searchBooks({
        query: "lord of the rings",
        pageSize: 1,
      });
      return /^of (?:one|the other)$/.test(results[0]?.book?.subtitle ?? "");
    });
  }
  await other.deleteBook({ name }, key);
  expect(await namesFound(servers[1], "zanzibar nocturne")).not.toContain(name);
  // It knows what the other has done, whatever it has heard of by itself.
  await expect(
    one.updateBook({ book: { name, title: "x" }, updateMask: { paths: ["title"] } }, key),
  ).rejects.toThrow(/undelete/);
  await one.undeleteBook({ name }, key);
  const { revisions } = await one.listBookRevisions({ parent: name }, key);
  expect(revisions.map(({ action }) => action)).toHaveLength(3);
});

test("a server that searches its file shares what is written with those that search the cluster", async () => {
  const [one] = servers;
  const args = ["create", "--name", "moving", "--scope", "books.write"];
  const key = authorised(command("server/admin/keys-cli.ts", "one", ...args).trim());
  await using ofFile = await startServerProcess({
    ...settings,
    BOOKFINDER_CATALOG: cluster,
    BOOKFINDER_SEARCH: "file",
    BOOKFINDER_DATA: join(folder, "import"),
  });
  // What was written before it was started.
  expect(await namesFound(ofFile, "zanzibar nocturne")).toEqual(
    await namesFound(one, "zanzibar nocturne"),
  );
  const both = [
    [ofFile, one],
    [one, ofFile],
  ] as const;
  for (const [writer, reader] of both) {
    const title = writer === one ? "Umbrella Sextet" : "Marmalade Octet";
    const { book } = await booksOf(writer).createBook({ book: { title } }, key);
    const found = (server: ServerProcess) => namesFound(server, title);
    expect(await found(writer)).toEqual([book?.name]);
    await waitUntil("the other finds it", async () => (await found(reader)).length === 1);
  }
  const rings = await booksOf(ofFile).getBook({ name: "books/OL27448W" });
  expect(rings.book?.etag).toBe(
    (await booksOf(one).getBook({ name: "books/OL27448W" })).book?.etag,
  );
});

test("a batch that is imported at one server is found at the other", async () => {
  const key = authorised(
    command(
      "server/admin/keys-cli.ts",
      "two",
      "create",
      "--name",
      "importer",
      "--scope",
      "books.write",
    ).trim(),
  );
  const [one, other] = servers;
  async function* batches() {
    for (const batch of [0, 1, 2]) {
      const titles = Array.from(
        { length: 50 },
        (_, row) => `Quixotic Lanterns ${batch * 50 + row}`,
      );
      yield { requestId: "import", rows: titles.map((title) => ({ book: { title } })) };
    }
  }
  expect(await booksOf(one).importBooks(batches(), key)).toMatchObject({ createdCount: 150 });
  // Sent again, to the other: all of it is there.
  expect(await booksOf(other).importBooks(batches(), key)).toMatchObject({ repeatedCount: 150 });
  expect(await namesFound(one, "quixotic lanterns 149")).toHaveLength(1);
  await waitUntil(
    "the other server finds it",
    async () => (await namesFound(other, "quixotic lanterns 149")).length === 1,
  );
});

test("keys and sessions are of all servers, and refused by all at once", async () => {
  const [one, other] = servers;
  const key = command(
    "server/admin/keys-cli.ts",
    "one",
    "create",
    "--name",
    "brief",
    "--scope",
    "books.write",
  ).trim();
  const write = (server: ServerProcess, text: string) =>
    booksOf(server).createBook({ book: { title: "Tried" }, validateOnly: true }, authorised(text));
  await write(one, key);
  await write(other, key);
  command("server/admin/keys-cli.ts", "two", "revoke", "brief");
  for (const server of servers) {
    await expect(write(server, key)).rejects.toThrow(/revoked/);
  }
  const email = "anna@books.example";
  const password = command(
    "server/admin/users-cli.ts",
    "one",
    "add",
    "--email",
    email,
    "--name",
    "Anna",
    "--scope",
    "books.write",
  ).trim();
  const { session } = await sessionsOf(one).createSession({ email, password });
  const token = session?.accessToken ?? "";
  await write(other, token);
  const { session: fresh } = await sessionsOf(other).refreshSession({
    refreshToken: session?.refreshToken ?? "",
  });
  await write(one, fresh?.accessToken ?? "");
  await sessionsOf(other).deleteSession({ name: "sessions/current" }, authorised(token));
  for (const text of [token, fresh?.accessToken ?? ""]) {
    await expect(write(one, text)).rejects.toThrow(/sign in again/);
  }
  expect(command("server/admin/keys-cli.ts", "two", "audit")).toMatch(
    /session\.delete[\s\S]*session\.create[\s\S]*key\.revoke/,
  );
});

test("nodes behind TLS are asked with a password, and refused without their authority or with another", async () => {
  const authority = await createAuthority();
  const file = join(folder, "authority.pem");
  writeFileSync(file, authority.cert);
  const [node = ""] = parseClusterAddress(cluster).nodes;
  const certificate = await authority.issueServer(["127.0.0.1"]);
  await using proxy = await aTlsProxy(node, certificate, "anna:a secret");
  const start = (login: string, more: Record<string, string> = {}) =>
    startServerProcess({
      ...settings,
      ...more,
      BOOKFINDER_CATALOG: `opensearch+https://${login}@127.0.0.1:${proxy.port}/servers-${process.pid}`,
      BOOKFINDER_DATA: join(folder, "tls"),
    });
  const trusting = { NODE_EXTRA_CA_CERTS: file };
  await expect(start("anna:a%20secret")).rejects.toThrow(/certificate/);
  await expect(start("anna:guessed", trusting)).rejects.toThrow(/401/);
  await using server = await start("anna:a%20secret", trusting);
  const query = "tolkein ring";
  expect(await namesFound(server, query)).toEqual(await namesFound(servers[0], query));
});

test("a server with an empty folder has all that was written, and a new import takes it over", async () => {
  const made = await namesFound(servers[0], "quixotic lanterns 7");
  expect(made).toHaveLength(1);
  await using third = await startOver("three");
  expect(await namesFound(third, "quixotic lanterns 7")).toEqual(made);
  const stdout = command("server/import/cli.ts", "three", join(root, "server/starter"));
  expect(stdout).toMatch(/The cluster serves 1,58\d books/);
  const revision = async () =>
    (await booksOf(third).getCatalog({})).catalog?.revision.split("+")[0];
  const before = await revision();
  await waitUntil("the server follows", async () => (await revision()) !== before);
  expect(await namesFound(third, "quixotic lanterns 7")).toEqual(made);
  // What was written stays so over the revision before.
  expect(command("server/admin/catalog-cli.ts", "three", "rollback")).toMatch(/1,433 books/);
  await waitUntil("the server goes back", async () => (await revision()) === before);
  expect(await namesFound(third, "quixotic lanterns 7")).toEqual(made);
});
