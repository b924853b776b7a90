import { gzipSync } from "node:zlib";
import { expect, listOf, resultLink, results, searchField, test } from "./fixtures.ts";

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
  await listOf(page, "emma");
  await expect(resultLink(page, "Emma")).toBeVisible();
  // Whatever the page would still ask for is asked by then.
  await page.waitForLoadState("networkidle");
  expect(calls).toEqual([]);
});

test("the first result needs no more than 150 kB of JavaScript", async ({ request }) => {
  const html = await (await request.get("/?q=emma", { headers: { accept: "text/html" } })).text();
  const files = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
  const sizes = await Promise.all(
    files.map(
      async (path) => gzipSync(await (await request.get(path)).body(), { level: 9 }).length,
    ),
  );
  expect(files.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150_000);
});

test("what a key asks for comes compressed, for slow networks", async ({ page }) => {
  await page.goto("/about");
  const answer = page.waitForResponse(/SearchBooks/);
  await searchField(page).fill("history");
  expect((await answer).headers()["content-encoding"]).toBe("gzip");
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
  await searchField(page).waitFor();
  await page.waitForLoadState("networkidle");
  const first = calls.length;
  expect(first).toBeLessThanOrEqual(2);
  await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
  await expect.poll(() => calls.length).toBeGreaterThan(first);
});

/** Until when the page has what: its scripts, then the first page's file, without which nothing is drawn. */
const stages = { scripts: "**/assets/index-*.js", "the page's file": "**/assets/home-page-*.js" };

for (const [stage, file] of Object.entries(stages)) {
  test(`what is typed before ${stage} came is searched`, async ({ page }) => {
    const held = Promise.withResolvers<void>();
    await page.route(file, async (route) => {
      await held.promise;
      await route.continue();
    });
    const isAsked = page.waitForRequest(file);
    await page.goto("/", { waitUntil: "commit" });
    await isAsked;
    await page.getByRole("searchbox", { name: "Search books" }).pressSequentially("emma");
    held.resolve();
    await expect(searchField(page)).toHaveValue("emma");
    await expect(searchField(page)).toBeFocused();
    await listOf(page, "emma");
    await page.goBack();
    await expect(searchField(page)).toHaveValue("");
  });
}

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

test("subjects and authors are suggested after a slip, too", async ({ page }) => {
  await page.goto("/");
  await searchField(page).fill("scince ficton");
  await expect(page.getByRole("option", { name: /^Subject Science fiction/ })).toBeVisible();
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
    await listOf(page, query);
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
