import { test as base, expect } from "@playwright/test";
import type { Engine, EngineElement, EnginePage, Role } from "./engine-page.ts";
import { startFirefox } from "./firefox.ts";
import { startWebKit } from "./webkit.ts";

const start = { firefox: startFirefox, webkit: startWebKit };

export type EngineOptions = {
  engineName: keyof typeof start;
  /** The browser, or its driver; "" where this machine has none. */
  enginePath: string;
};

/** A browser that can't be had is no fault of the page: its tests are skipped, and `npm test` says so. */
type StartedEngine = Engine | { whyNot: string };

/** A test in a browser of the project (playwright.config.ts): `enginePage` instead of `page`. */
export const test = base.extend<
  { enginePage: EnginePage },
  EngineOptions & { engine: StartedEngine }
>({
  engineName: ["firefox", { option: true, scope: "worker" }],
  enginePath: ["", { option: true, scope: "worker" }],
  engine: [
    async ({ engineName, enginePath }, use) => {
      const engine = await startEngine(engineName, enginePath);
      await use(engine);
      if (!("whyNot" in engine)) {
        await engine.close();
      }
    },
    { scope: "worker", timeout: 60_000 },
  ],
  enginePage: async ({ engine, baseURL }, use, testInfo) => {
    if ("whyNot" in engine) {
      testInfo.skip(true, engine.whyNot);
      return;
    }
    const page = await engine.newPage(baseURL ?? "");
    await page.resize(1280, 900);
    await use(page);
    const { complaints } = page;
    await page.close();
    expect(complaints).toEqual([]);
  },
});

export { expect };

async function startEngine(name: keyof typeof start, path: string): Promise<StartedEngine> {
  if (path === "") {
    return { whyNot: `${name} is not on this machine (scripts/browsers.ts says where it may be)` };
  }
  try {
    const engine = await start[name](path);
    // Some start, but open no window.
    const page = await engine.newPage("");
    await page.close();
    return engine;
  } catch (error) {
    return { whyNot: `${name} does not start from ${path}: ${String(error).split("\n", 1)[0]}` };
  }
}

/** Waits for an element of this role and name, and takes the first. */
export async function shown(page: EnginePage, role: Role, name?: string): Promise<EngineElement> {
  let found: EngineElement | undefined;
  const isShown = async () => {
    [found] = await page.find(role, name);
    return found !== undefined;
  };
  await expect.poll(isShown, `${role} "${name ?? ""}" is shown`).toBe(true);
  if (found === undefined) {
    throw new Error("A poll that has ended well has found nothing");
  }
  return found;
}

/** Nothing of this role and name is there, or it goes within the time that `expect` has. */
export async function expectGone(page: EnginePage, role: Role, name: string): Promise<void> {
  await expect.poll(async () => (await page.find(role, name)).length, `${role} "${name}"`).toBe(0);
}

/** A value of an element, waited for: the page draws in its own time. */
export function expectValue<T>(
  page: EnginePage,
  role: Role,
  name: string,
  script: (element: HTMLElement) => T,
) {
  return expect.poll(async () => {
    const [element] = await page.find(role, name);
    return element?.evaluate(script);
  }, `${role} "${name}"`);
}

/** The query whose finished list is shown. */
export function expectListOf(page: EnginePage, query: string) {
  return expectValue(page, "list", "Books found", (list) =>
    list.ariaBusy === "false" ? list.dataset["query"] : "busy",
  ).toBe(query);
}

export function expectFocusOn(page: EnginePage, role: Role, name: string) {
  return expectValue(page, role, name, (element) => element === document.activeElement).toBe(true);
}

/** The path and the query in the address. */
export function expectAddress(page: EnginePage) {
  return expect.poll(() => page.evaluate(() => location.pathname + location.search), "address");
}
