import type { Page } from "@playwright/test";
import { expect, resultLink, results, searchField, test } from "./fixtures.ts";

/** Delays what the page asks for, as a far server or a slow one does. */
async function delayCalls(page: Page, delayMs: number): Promise<void> {
  await page.route("**/bookfinder.v1.BookService/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await route.continue().catch(() => undefined);
  });
}

const list = (page: Page) => page.getByRole("list", { name: "Books found" });

test("on a slow network lists come while somebody types", async ({ page }) => {
  await page.goto("/about");
  await delayCalls(page, 300);
  await page.evaluate(() => {
    const shown = new Set<string>();
    Object.assign(window, { shown });
    new MutationObserver(() => {
      const query = document.querySelector<HTMLElement>("[data-query]")?.dataset["query"];
      if (query !== undefined) {
        shown.add(query);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const query = "pride and prejudice";
  await searchField(page).pressSequentially(query, { delay: 100 });
  const shown = await page.evaluate(() => [...(Object(window).shown as Set<string>)]);
  // One for every three keys, and each of something that begins what was typed.
  expect(shown.length).toBeGreaterThanOrEqual(Math.floor(query.length / 3));
  expect(shown.filter((each) => !query.startsWith(each))).toEqual([]);
  await expect(resultLink(page, "Pride and Prejudice")).toBeVisible();
  await expect(list(page)).toHaveAttribute("data-query", query);
});

test("of answers that overtake each other the newest query's stays", async ({ page }) => {
  await page.goto("/about");
  let calls = 0;
  await page.route("**/bookfinder.v1.BookService/SearchBooks*", async (route) => {
    // Each later one comes sooner.
    calls += 1;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 900 - calls * 200)));
    await route.continue().catch(() => undefined);
  });
  await searchField(page).pressSequentially("emma", { delay: 60 });
  await expect(resultLink(page, "Emma")).toBeVisible();
  await expect(list(page)).toHaveAttribute("data-query", "emma");
  await page.waitForTimeout(1000);
  await expect(list(page)).toHaveAttribute("data-query", "emma");
});

test.describe("when the server stops while one searches", () => {
  test.use({ consoleErrors: "expected" });

  test("the list stays, and the search goes on without a click", async ({ page, context }) => {
    await page.goto("/?q=emma");
    await expect(resultLink(page, "Emma")).toBeVisible();
    await context.setOffline(true);
    await searchField(page).press("End");
    await searchField(page).pressSequentially(" austen", { delay: 30 });
    await expect(page.getByRole("alert")).toContainText("What was found before stays below");
    await expect(resultLink(page, "Emma")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole("alert")).toBeHidden({ timeout: 20_000 });
    await expect(list(page)).toHaveAttribute("data-query", "emma austen");
  });

  test("a page whose files were replaced by a deployment is loaded again", async ({ page }) => {
    await page.route("**/assets/book-page-*.js", (route) => route.fulfill({ status: 404 }));
    await page.goto("/?q=emma");
    const link = resultLink(page, "Emma");
    await link.click();
    await page.unroute("**/assets/book-page-*.js");
    await expect(page.getByRole("heading", { level: 1, name: "Emma" })).toBeVisible();
    await expect(results(page)).toHaveCount(0);
  });
});
