import type { Page } from "@playwright/test";
import { expect, resultLink, results, searchField, test } from "./fixtures.ts";

const searchCalls = "**/bookfinder.v1.BookService/SearchBooks*";
const json = "application/json";

/** A link brings its first answer along; what is typed is asked for. */
async function searchFor(page: Page, query: string): Promise<void> {
  await page.goto("/about");
  await searchField(page).fill(query);
}

test.describe("when something goes wrong", () => {
  test.use({ consoleErrors: "expected" });

  test("a fault of ours is said, with its number, and can be tried again", async ({ page }) => {
    await page.route(searchCalls, (route) =>
      route.fulfill({
        status: 500,
        contentType: json,
        headers: { "x-request-id": "req-4711" },
        body: JSON.stringify({ code: "internal", message: "internal error" }),
      }),
    );
    await searchFor(page, "emma");
    await expect(page.getByRole("alert")).toContainText("Something went wrong on our side.");
    await expect(page.getByRole("alert")).toContainText("req-4711");
    await page.unroute(searchCalls);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(resultLink(page, "Emma")).toBeVisible();
  });

  test("being offline is said, and the search goes on when the connection is back", async ({
    page,
    context,
  }) => {
    await page.goto("/");
    // The scripts are there, and so are the files that the list needs.
    await expect(page.getByRole("link", { name: /, by / }).first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await searchField(page).fill("emma");
    await expect(page.getByRole("alert")).toContainText("You are offline.");
    await context.setOffline(false);
    await expect(resultLink(page, "Emma")).toBeVisible();
  });

  test("a request that can't be understood shows the server's sentence", async ({ page }) => {
    await page.route(searchCalls, (route) =>
      route.fulfill({
        status: 400,
        contentType: json,
        body: JSON.stringify({ code: "invalid_argument", message: "order: has no such value" }),
      }),
    );
    await searchFor(page, "emma");
    await expect(page.getByRole("alert")).toContainText("order: has no such value");
    await expect(page.getByRole("button", { name: "Try again" })).toBeHidden();
  });

  test("a book that isn't there has a page that says so", async ({ page }) => {
    await page.goto("/books/OL999999999W");
    await expect(page.getByRole("heading", { name: "There is no such book." })).toBeFocused();
  });
});

test("a slow answer shows the list's outline, then the list", async ({ page }) => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(searchCalls, async (route) => {
    await held;
    await route.continue();
  });
  await searchFor(page, "emma");
  await expect(page.getByRole("status", { name: "Searching" })).toBeVisible();
  answer();
  await expect(resultLink(page, "Emma")).toBeVisible();
  await expect(page.getByRole("status", { name: "Searching" })).toBeHidden();
});

test("nothing found says what to try", async ({ page }) => {
  await page.goto("/?q=xqzzvw+qqqzz+wwwxx&subject=Nothing");
  await expect(page.getByText("No book answers to that.")).toBeVisible();
  await page.getByRole("link", { name: "Search without filters" }).click();
  await expect(page).toHaveURL(/\/\?q=xqzzvw\+qqqzz\+wwwxx$/);
  await expect(results(page)).toHaveCount(0);
});
