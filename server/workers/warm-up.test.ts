import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { FrameKind } from "./frames.ts";
import { warmUp } from "./warm-up.ts";
import { type Reply, WorkerService } from "./worker-service.ts";

test("a worker is warmed up with searches that it answers, and lets others in between", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-warm-up-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, fewEntries);
  const service = new WorkerService((file) => openSqliteCatalog(file));
  const head = JSON.stringify({ generation: 1, path });
  await service.serve({ kind: FrameKind.open, id: 1, head, body: new Uint8Array() });
  const replies: (Reply | undefined)[] = [];
  let repliesBeforeOther = -1;
  const warming = warmUp(1, async (frame) => {
    replies.push(await service.serve(frame));
  });
  setImmediate(() => {
    repliesBeforeOther = replies.length;
  });
  await warming;
  expect(new Set(replies.map((reply) => reply?.kind))).toEqual(new Set([FrameKind.answer]));
  expect(repliesBeforeOther).toBeLessThan(replies.length);
  const close = JSON.stringify({ generation: 1 });
  await service.serve({ kind: FrameKind.close, id: 0, head: close, body: new Uint8Array() });
});
