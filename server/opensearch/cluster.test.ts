import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { CatalogUnavailableError, DeadlineExceededError } from "#server/catalog/catalog.ts";
import { createAuthority } from "#server/testing/certificates.ts";
import { Cluster } from "./cluster.ts";
import { NodeError } from "./cluster-node.ts";
import { aNode, sendJson } from "./testing/node-stub.ts";

const request = { method: "GET", path: "/books/_search" } as const;
const silent = () => aNode(() => {});
const willing = () => aNode((response) => sendJson(response, 200, { from: "willing" }));

function clusterOf(...nodes: { url: string }[]): Cluster {
  return new Cluster({ nodes: nodes.map(({ url }) => url), name: "books", auth: undefined });
}

test("a read that one node does not answer is answered by another, and that node is left alone", async () => {
  await using one = await silent();
  await using other = await willing();
  await using cluster = clusterOf(one, other);
  for (let count = 0; count < 40; count++) {
    expect(await cluster.read(request)).toEqual({ from: "willing" });
  }
  // In turn it would be 20. Where the machine itself stands still, the other one is late, too, at times.
  expect(one.asked.filter((path) => path === request.path).length).toBeLessThan(15);
});

test.each([429, 502, 503])("a node that answers %d is no reason to fail", async (status) => {
  await using busy = await aNode((response) => sendJson(response, status, {}));
  await using other = await willing();
  await using cluster = clusterOf(busy, other);
  for (let count = 0; count < 4; count++) {
    expect(await cluster.read(request)).toEqual({ from: "willing" });
  }
});

test("a node that is gone is no reason to fail; all gone are", async () => {
  const gone = await willing();
  await gone[Symbol.asyncDispose]();
  await using other = await willing();
  await using some = clusterOf(gone, other);
  expect(await some.read(request)).toEqual({ from: "willing" });
  await using none = clusterOf(gone);
  await expect(none.read(request)).rejects.toThrow(CatalogUnavailableError);
});

test("what a node refuses is refused, and no other node is asked", async () => {
  const error = { type: "index_not_found_exception", reason: "no such index" };
  await using one = await aNode((response) => sendJson(response, 404, { error }));
  await using cluster = clusterOf(one, one);
  await expect(cluster.read(request)).rejects.toMatchObject({ status: 404, type: error.type });
  await expect(cluster.read(request)).rejects.toThrow(NodeError);
  expect(one.asked).toHaveLength(2);
});

test("a deadline and a caller who goes end a read that nobody answers", async () => {
  await using one = await silent();
  await using cluster = clusterOf(one);
  const deadlineMs = performance.now() + 50;
  await expect(cluster.read(request, { deadlineMs })).rejects.toThrow(DeadlineExceededError);
  const leaving = new AbortController();
  const reading = cluster.read(request, { signal: leaving.signal });
  leaving.abort(new Error("gone"));
  await expect(reading).rejects.toThrow("gone");
});

test("an answer that lacks something is taken if no node has a better one", async () => {
  await using poor = await aNode((response) => sendJson(response, 200, { whole: false }));
  await using good = await aNode((response) => sendJson(response, 200, { whole: true }));
  const isWhole = (answer: unknown) => Object(answer).whole;
  await using both = clusterOf(poor, good);
  expect(await both.read(request, {}, isWhole)).toEqual({ whole: true });
  expect(await both.read(request, {}, isWhole)).toEqual({ whole: true });
  await using poorOnes = clusterOf(poor, poor);
  expect(await poorOnes.read(request, {}, isWhole)).toEqual({ whole: false });
});

test("a write is sent once", async () => {
  await using one = await aNode((response) => sendJson(response, 503, {}));
  await using other = await aNode((response) => sendJson(response, 503, {}));
  await using cluster = clusterOf(one, other);
  await expect(cluster.write({ method: "PUT", path: "/books" })).rejects.toThrow(
    CatalogUnavailableError,
  );
  expect(one.asked.length + other.asked.length).toBe(1);
});

test("a node that has lost another one is no reason to fail, and a write through it may not be done", async () => {
  const error = { type: "node_not_connected_exception", reason: "[n2] Node not connected" };
  await using cut = await aNode((response) => sendJson(response, 500, { error }));
  await using other = await willing();
  await using both = clusterOf(cut, other);
  for (let count = 0; count < 4; count++) {
    expect(await both.read(request)).toEqual({ from: "willing" });
  }
  await using alone = clusterOf(cut);
  await expect(alone.write({ method: "PUT", path: "/books" })).rejects.toThrow(
    CatalogUnavailableError,
  );
});

test("a write that never reached a node that is gone is sent to another", async () => {
  const gone = await willing();
  await gone[Symbol.asyncDispose]();
  await using other = await willing();
  await using some = clusterOf(gone, other);
  for (let count = 0; count < 4; count++) {
    expect(await some.write({ method: "PUT", path: "/books" })).toEqual({ from: "willing" });
  }
  expect(other.asked.filter((path) => path === "/books")).toHaveLength(4);
  await using none = clusterOf(gone, gone);
  await expect(none.write({ method: "PUT", path: "/books" })).rejects.toThrow(
    CatalogUnavailableError,
  );
});

test("credentials go with every request", async () => {
  await using one = await aNode((response, _, { headers }) =>
    sendJson(response, 200, { authorization: headers.authorization }),
  );
  const auth = { username: "reader", password: "a:b@c" };
  await using cluster = new Cluster({ nodes: [one.url], name: "books", auth });
  const expected = `Basic ${Buffer.from("reader:a:b@c").toString("base64")}`;
  expect(await cluster.read(request)).toEqual({ authorization: expected });
});

test("a write is not sent to a node whose certificate is not trusted, but to the next one", async () => {
  const authority = await createAuthority();
  const asked: string[] = [];
  const server = createServer(
    await authority.issueServer(["127.0.0.1"]),
    ({ url = "" }, response) => {
      asked.push(url);
      sendJson(response, 200, {});
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  await using other = await willing();
  await using cluster = clusterOf({ url: `https://127.0.0.1:${port}` }, other);
  for (let count = 0; count < 4; count++) {
    const write = { method: "PUT", path: "/books/_doc/1", body: { title: "Emma" } } as const;
    expect(await cluster.write(write)).toEqual({ from: "willing" });
  }
  expect(asked).toEqual([]);
  server.close();
});
