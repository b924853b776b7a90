import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type AxeCore from "axe-core";
import type { EnginePage } from "./engine-page.ts";
import { expect, expectListOf, shown, test } from "./fixtures.ts";

/** The pages, with what is there when they are complete. */
const pages: Readonly<Record<string, (page: EnginePage) => Promise<unknown>>> = {
  "/": (page) => shown(page, "region", "Most read"),
  "/?q=tolkein&not-subject=War+stories": (page) => expectListOf(page, "tolkein"),
  "/books/OL90000022W": (page) => shown(page, "region", "Subjects"),
  "/about": (page) => shown(page, "heading", "The catalogue"),
  "/settings": (page) => shown(page, "radio", "Lamplight"),
};

const widths = [320, 390, 820, 1280, 2560];

for (const [address, isComplete] of Object.entries(pages)) {
  test(`nothing is too wide and axe finds nothing wrong: ${address}`, async ({
    enginePage: page,
  }) => {
    await page.open(address);
    await isComplete(page);
    for (const width of widths) {
      await page.resize(width, 900);
      const overflow = () =>
        page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
      await expect.poll(overflow, `wider than ${width} px by`).toBe(0);
    }
    expect(await axeViolations(page)).toEqual([]);
  });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What axe finds wrong by WCAG 2.2 A and AA and its best practices. */
async function axeViolations(page: EnginePage): Promise<string[]> {
  await page.inject(axeSource);
  await page.evaluate(() => {
    // Axe has put itself there, which the types of the page don't know.
    const { axe } = window as unknown as { axe: typeof AxeCore };
    const state = window as { axeViolations?: string[] };
    delete state.axeViolations;
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    axe.run({ runOnly: { type: "tag", values } }).then(({ violations }) => {
      state.axeViolations = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
      );
    });
  });
  const violations = () =>
    page.evaluate(() => Object(window).axeViolations as string[] | undefined);
  await expect.poll(violations, "axe has looked at the page").toBeDefined();
  return (await violations()) ?? [];
}
