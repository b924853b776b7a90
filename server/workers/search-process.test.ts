import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { RemoteCatalog } from "./remote-catalog.ts";
import { SearchPool } from "./search-pool.ts";
import { SearchProcess } from "./search-process.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("search processes", { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-pool-"));
  const path = join(folder, "catalogue.db");
  beforeAll(() => writeCatalogue(path, fewEntries));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function startProcesses(count: number) {
    const processes: SearchProcess[] = [];
    const pool = new SearchPool({
      count,
      spareCount: 1,
      start(onEnd) {
        const each = new SearchProcess({ onEnd });
        processes.push(each);
        return each;
      },
      onShed: () => {},
      onDone: () => {},
      onWorkerLost: () => {},
      onObstacle: () => {},
    });
    onTestFinished(() => pool.workers.stop());
    const catalog = await RemoteCatalog.open(pool, path);
    pool.workers.serve();
    return { pool, processes, catalog };
  }

  test("answer for the catalogue, and with its errors", async () => {
    const { catalog } = await startProcesses(1);
    const { workCount } = await catalog.info();
    expect(workCount).toBe(fewEntries.length);
    const [entry] = fewEntries;
    expect((await catalog.getWork(entry?.work.key ?? ""))?.title).toBe(entry?.work.title);
    expect(await catalog.getWork("OL1W")).toBeUndefined();
    const listing = { workKey: entry?.work.key ?? "", pageSize: 1, preferredLanguages: [] };
    await expect(catalog.listEditions({ ...listing, pageToken: "forged" })).rejects.toThrow(
      BadPageTokenError,
    );
  });

  test.runIf(process.platform === "linux")(
    "collect in threads that yield to searches",
    async () => {
      const { processes } = await startProcesses(1);
      const tasks = `/proc/${processes[0]?.pid}/task`;
      const read = (task: string, file: string) => readFileSync(`${tasks}/${task}/${file}`, "utf8");
      const nicenesses = () =>
        readdirSync(tasks)
          .filter((task) => read(task, "comm").trim() === "node-V8Worker")
          .map((task) => Number(read(task, "stat").split(") ")[1]?.split(" ")[16]));
      await expect.poll(() => new Set(nicenesses()), { timeout: 60_000 }).toEqual(new Set([10]));
    },
  );

  test("are replaced when they are killed, and no call is lost with them", async () => {
    const { catalog, processes } = await startProcesses(1);
    const [entry] = fewEntries;
    for (let kill = 0; kill < 3; kill += 1) {
      // So few are never refused, however slow the machine is.
      const calls = Array.from({ length: 8 }, () => catalog.getWork(entry?.work.key ?? ""));
      await turn();
      processes[kill]?.kill();
      for (const work of await Promise.all(calls)) {
        expect(work?.title).toBe(entry?.work.title);
      }
      await expect.poll(() => processes[kill + 1]?.generations.size, { timeout: 60_000 }).toBe(1);
      await expect.poll(() => processes[kill + 2]?.generations.size, { timeout: 60_000 }).toBe(1);
    }
  });

  test("say why a catalogue can't be opened", async () => {
    const { pool } = await startProcesses(1);
    await expect(RemoteCatalog.open(pool, join(folder, "nothing.db"))).rejects.toThrow(
      /unable to open/,
    );
  });
});
