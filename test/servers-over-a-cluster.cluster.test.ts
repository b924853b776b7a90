/** Two servers over one cluster, as operators start them: an import by its command, then the processes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { startServerProcess } from "#server/testing/server-process.ts";
import { root } from "./source-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "over-a-cluster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cluster = `${process.env["BOOKFINDER_TEST_CLUSTER"]}/servers-${process.pid}`;

test("what the import command puts into a cluster, every server answers alike", async () => {
  const imported = spawnSync(
    process.execPath,
    [join(root, "server/import/cli.ts"), join(root, "server/starter")],
    {
      env: { ...process.env, BOOKFINDER_CATALOG: cluster, BOOKFINDER_DATA: join(folder, "import") },
      encoding: "utf8",
    },
  );
  expect(imported.stderr).not.toMatch(/Error/);
  expect(imported.stdout).toMatch(/The cluster serves 1,433 books/);
  await using servers = new AsyncDisposableStack();
  const settings = { HOST: "127.0.0.1", BOOKFINDER_WORKERS: "1" };
  const over = { ...settings, BOOKFINDER_CATALOG: cluster };
  const started = [
    await startServerProcess({ ...over, BOOKFINDER_DATA: join(folder, "one") }),
    await startServerProcess({ ...over, BOOKFINDER_DATA: join(folder, "two") }),
    // The file that the same import has built.
    await startServerProcess({ ...settings, BOOKFINDER_DATA: join(folder, "import") }),
  ].map((server) => servers.use(server));
  for (const query of ["tolkein ring", "dostoevskij", "war and peace", "boy raised by wolves"]) {
    const answers = await Promise.all(
      started.map(async ({ url }) => {
        const client = createClient(BookService, createGrpcTransport({ baseUrl: url }));
        const { results } = await client.searchBooks({ query, pageSize: 10 });
        return results.map(({ book }) => book?.name);
      }),
    );
    const [first] = answers;
    expect(first).not.toEqual([]);
    expect(answers).toEqual([first, first, first]);
  }
});
