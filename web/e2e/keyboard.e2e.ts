import { expect, listOf, resultLink, results, searchField, test } from "./fixtures.ts";

test("a book is found, opened and left again by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await expect(searchField(page)).toBeFocused();
  await page.keyboard.type("dostoevsky", { delay: 15 });
  await listOf(page, "dostoevsky");
  await expect(resultLink(page, "The Idiot")).toBeVisible();
  await expect(page).toHaveURL(/\?q=dostoevsky$/);

  const titles = page.getByRole("list", { name: "Books found" }).getByRole("heading", { level: 2 });
  const second = titles.nth(1).getByRole("link");
  // Past the suggestions, the arrows go through the books.
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(second).toBeFocused();
  const title = await second.textContent();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: title ?? "" })).toBeFocused();
  await expect(page).toHaveURL(/\/books\/OL\d+W$/);
  // Headless Chromium has no key for Back.
  await page.goBack();

  await expect(second).toBeFocused();
  await expect(searchField(page)).toHaveValue("dostoevsky");
  await page.keyboard.press("Escape");
  await expect(searchField(page)).toBeFocused();
});

test("Back returns to the same place of a long list, and reloading keeps it", async ({ page }) => {
  await page.goto("/?order=title");
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(results(page)).toHaveCount(40);
  await expect(page).toHaveURL(/pages=2/);
  const link = results(page).nth(31).getByRole("heading").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  await link.focus();
  const top = await page.evaluate(() => window.scrollY);
  expect(top).toBeGreaterThan(1000);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/books\//);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);

  await page.goBack();
  await expect(link).toBeFocused();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(top);

  await page.reload();
  await expect(results(page)).toHaveCount(40);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(top);
});

test("one search is one history entry, however many keys it took", async ({ page }) => {
  await page.goto("/");
  await searchField(page).pressSequentially("emma", { delay: 10 });
  await expect(resultLink(page, "Emma")).toBeVisible();
  await page.keyboard.press("Enter");
  await searchField(page).pressSequentially(" bovary", { delay: 10 });
  await expect(page).toHaveURL(/q=emma\+bovary/);
  await page.goBack();
  await expect(searchField(page)).toHaveValue("emma");
  await page.goBack();
  await expect(searchField(page)).toHaveValue("");
  await expect(
    page.getByRole("heading", { level: 2, name: "Whatever you remember" }),
  ).toBeVisible();
});

test("the slash goes to the field and the question mark lists the keys", async ({ page }) => {
  await page.goto("/about");
  // What the server has written has a heading, too, but not yet the keys.
  await searchField(page).waitFor();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("/");
  await expect(searchField(page)).toBeFocused();
});
