import { expect, test } from "vitest";
import { Cluster } from "./cluster.ts";
import { FEW_WORKS, type IndexMeta, indexNames } from "./mapping.ts";
import { settle } from "./settle.ts";
import { aNode, sendJson } from "./testing/node-stub.ts";

test("a merge that failed is not taken for done", async () => {
  const error = { type: "security_exception", reason: "no permissions for [forcemerge]" };
  await using node = await aNode((response, _, { url = "" }) => {
    const isTask = url.startsWith("/_tasks");
    sendJson(response, 200, isTask ? { completed: true, error } : { task: "n1:1" });
  });
  await using cluster = new Cluster({ nodes: [node.url], name: "books", auth: undefined });
  const meta = { workCount: FEW_WORKS + 1 } as IndexMeta;
  await expect(settle(cluster, indexNames("books", "one"), meta, undefined)).rejects.toThrow(
    /task.*\[forcemerge\].*lacks a permission/,
  );
});
