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

/** What axe finds wrong with the page by WCAG 2.2 A and AA and its best practices. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
}
