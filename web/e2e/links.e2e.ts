import { expect, resultLink, results, searchField, test } from "./fixtures.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a book is searched, found and opened", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("searchbox", { name: "Search books" }).fill("tolkein hobbit");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(/\?q=tolkein\+hobbit$/);
    await page.getByRole("link", { name: "The Hobbit", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "The Hobbit" })).toBeVisible();
    await page.getByRole("link", { name: "J. R. R. Tolkien" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "J. R. R. Tolkien" })).toBeVisible();
  });
});

test("the first books of a link come with the page", async ({ page }) => {
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/SearchBooks")) {
      calls.push(request.url());
    }
  });
  await page.goto("/?q=emma");
  await expect(resultLink(page, "Emma")).toBeVisible();
  expect(calls).toEqual([]);
});

test("the first page asks for shelves when they come near", async ({ page }) => {
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/SearchBooks")) {
      calls.push(request.url());
    }
  });
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto("/");
  await page.getByRole("link", { name: /, by / }).first().waitFor();
  await page.waitForLoadState("networkidle");
  const first = calls.length;
  expect(first).toBeLessThanOrEqual(2);
  await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
  await expect.poll(() => calls.length).toBeGreaterThan(first);
});

test("what is typed before the scripts are there is searched", async ({ page }) => {
  let start = () => {};
  const held = new Promise<void>((resolve) => {
    start = resolve;
  });
  await page.route("**/assets/index-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  const written = page.getByRole("searchbox", { name: "Search books" });
  await written.pressSequentially("emma");
  start();
  await expect(searchField(page)).toHaveValue("emma");
  await expect(searchField(page)).toBeFocused();
  await expect(resultLink(page, "Emma")).toBeVisible();
});

test("suggestions name books, authors and series; keys choose among them", async ({ page }) => {
  await page.goto("/");
  await searchField(page).pressSequentially("tolkien", { delay: 20 });
  const suggestions = page.getByRole("listbox", { name: "Suggestions" });
  await expect(suggestions.getByRole("option", { name: /^Author J. R. R. Tolkien/ })).toBeVisible();
  await expect(searchField(page)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(suggestions.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  const id = await suggestions.getByRole("option").first().getAttribute("id");
  await expect(searchField(page)).toHaveAttribute("aria-activedescendant", id ?? "");
  await expect(searchField(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(suggestions).toBeHidden();
  await expect(searchField(page)).toHaveValue("tolkien");
});

test("authors are suggested after a slip, too", async ({ page }) => {
  await page.goto("/");
  await searchField(page).fill("tolkein");
  const author = page.getByRole("option", { name: /^Author J. R. R. Tolkien/ });
  await author.click();
  await expect(page.getByRole("heading", { level: 1, name: "J. R. R. Tolkien" })).toBeVisible();
});

test("recent searches are offered and can be removed", async ({ page }) => {
  await page.goto("/");
  for (const query of ["emma", "dune"]) {
    await searchField(page).fill(query);
    await page.keyboard.press("Enter");
    await expect(results(page).first()).toBeVisible();
  }
  await page.goto("/");
  await searchField(page).press("ArrowDown");
  const recent = page.getByRole("listbox", { name: "Recent searches" }).getByRole("option");
  await expect(recent).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(recent).toHaveText([/emma/]);
  await page.getByRole("button", { name: "Remove recent searches" }).click();
  await expect(recent).toHaveCount(0);
});

test("a series stands in its order", async ({ page }) => {
  await page.goto("/?q=fellowship+of+the+ring");
  await results(page).first().getByRole("heading").getByRole("link").click();
  await page
    .getByRole("region", { name: "The Lord of the Rings" })
    .getByRole("link", { name: "The Lord of the Rings", exact: true })
    .click();
  await expect(page.getByLabel("Order")).toHaveValue("series");
  const titles = results(page).getByRole("heading", { level: 2 });
  await expect(titles.first()).toContainText("Fellowship");
});
