import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

/** Every test fails on an error or warning in the console, unless it says that it expects some. */
export const test = base.extend<{ consoleErrors: "fail" | "expected"; watchConsole: undefined }>({
  consoleErrors: ["fail", { option: true }],
  watchConsole: [
    async ({ page, consoleErrors }, use) => {
      const messages: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          messages.push(message.text());
        }
      });
      page.on("pageerror", (error) => messages.push(error.message));
      await use(undefined);
      if (consoleErrors === "fail") {
        expect(messages).toEqual([]);
      }
    },
    { auto: true },
  ],
});

export { expect };

/** The page's scripts have drawn it: what the server has written has a "searchbox" in this place. */
export async function drawn(page: Page): Promise<void> {
  await searchField(page).waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** Waits for the finished list of a query, after whatever was shown on the way to it. */
export async function listOf(page: Page, query: string): Promise<void> {
  const list = page.getByRole("list", { name: "Books found" });
  await expect(list).toHaveAttribute("data-query", query);
  await expect(list).toHaveAttribute("aria-busy", "false");
}

/** Nothing is wider than the window, once what follows its width has been drawn. */
export async function expectNothingTooWide(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(overflow, `wider than ${page.viewportSize()?.width} px by`).toBe(0);
}

export function searchField(page: Page): Locator {
  return page.getByRole("combobox", { name: "Search books" });
}

/** The books found, in order. */
export function results(page: Page): Locator {
  return page.getByRole("list", { name: "Books found" }).getByRole("listitem");
}

/** The link of a book found, by its title. */
export function resultLink(page: Page, title: string | RegExp): Locator {
  return results(page)
    .getByRole("heading", { level: 2 })
    .getByRole("link", { name: title })
    .first();
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The only rules whose outcome depends on the theme. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds wrong with the page by WCAG 2.2 A and AA and its best practices, or with its colours
 * alone; `within` a part of it, if that is given. Covers have the same colours in every theme.
 */
export async function axeViolations(
  page: Page,
  rules: "all" | "colours" = "all",
  within?: string,
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (within !== undefined) {
    axe.include(within);
  }
  const chosen =
    rules === "all" ? axe.withTags(standards) : axe.withRules(colourRules).exclude("svg");
  const { violations } = await chosen.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
}
