import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { BulkError, BulkWriter } from "./bulk-writer.ts";
import { Cluster } from "./cluster.ts";
import { aNode, sendJson } from "./testing/node-stub.ts";

type Outcome = { status: number; error?: { type: string; reason: string } };

/** A node that takes documents as `outcomeOf` says, and how often each was sent. */
async function aTaker(outcomeOf: (id: string, times: number) => Outcome, refusals = 0) {
  const times = new Map<string, number>();
  let left = refusals;
  const take = (response: ServerResponse, body: string) => {
    if (left > 0) {
      left -= 1;
      sendJson(response, 429, { error: { type: "circuit_breaking_exception", reason: "full" } });
      return;
    }
    const ids = body
      .split("\n")
      .filter((line) => line.startsWith('{"index"'))
      .map((line) => String(JSON.parse(line).index._id));
    const items = ids.map((id) => {
      times.set(id, (times.get(id) ?? 0) + 1);
      return { index: outcomeOf(id, times.get(id) ?? 0) };
    });
    sendJson(response, 200, { errors: items.some(({ index }) => index.status >= 300), items });
  };
  return { times, node: await aNode(take) };
}

async function writeAll(url: string, count: number): Promise<BulkWriter> {
  await using cluster = new Cluster({ nodes: [url], name: "books", auth: undefined });
  const writer = new BulkWriter(cluster, "books");
  for (let id = 0; id < count; id++) {
    await writer.add({ id: String(id), document: { id } });
  }
  await writer.flush();
  return writer;
}

const busy: Outcome = { status: 429, error: { type: "rejected_execution", reason: "busy" } };

test("documents that a busy cluster refuses are sent again, and only those", async () => {
  const { node, times } = await aTaker((id, count) =>
    count === 1 && Number(id) % 10 === 0 ? busy : { status: 201 },
  );
  await using _ = node;
  const writer = await writeAll(node.url, 5_000);
  expect(writer.writtenCount).toBe(5_000);
  expect(writer.refusedCount).toBe(500);
  expect([...times.values()].filter((count) => count === 2)).toHaveLength(500);
});

test("a whole request that is refused is sent again", async () => {
  const { node, times } = await aTaker(() => ({ status: 201 }), 2);
  await using _ = node;
  expect((await writeAll(node.url, 100)).writtenCount).toBe(100);
  expect(times.size).toBe(100);
});

test("a document that no cluster takes ends the load and is named", async () => {
  const error = { type: "mapper_parsing_exception", reason: "no such field" };
  const { node } = await aTaker((id) => (id === "7" ? { status: 400, error } : { status: 201 }));
  await using _ = node;
  const writing = writeAll(node.url, 10);
  await expect(writing).rejects.toThrow(BulkError);
  await expect(writing).rejects.toThrow(/no such field.*"7"/);
});
