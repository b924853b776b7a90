import { expect, listOf, results, searchField, test } from "./fixtures.ts";

test("the focus goes to the next chip, then to the heading", async ({ page }) => {
  await page.goto("/?q=history&language=eng&language=fre");
  const chips = page.getByRole("list", { name: "Filters in use" });
  await chips.getByRole("link", { name: "Remove language English" }).press("Enter");
  await expect(chips.getByRole("link", { name: "Remove language French" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("after Show more the focus is on the first new book", async ({ page }) => {
  await page.goto("/?order=title");
  await page.getByRole("button", { name: "Show more" }).press("Enter");
  await expect(results(page).nth(20).getByRole("heading").getByRole("link")).toBeFocused();
});

test.describe("when a search fails", () => {
  test.use({ consoleErrors: "expected" });

  test("after Try again the focus stays on the page", async ({ page }) => {
    await page.goto("/?q=emma");
    await listOf(page, "emma");
    await page.route("**/bookfinder.v1.BookService/SearchBooks*", (route) =>
      route.abort("connectionrefused"),
    );
    await searchField(page).fill("dune");
    await page.getByRole("button", { name: "Try again" }).press("Enter");
    await page.unroute("**/bookfinder.v1.BookService/SearchBooks*");
    await listOf(page, "dune");
    await expect(page.getByRole("alert")).toBeHidden();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  });
});

test("leaving a subject out keeps the focus on the page", async ({ page }) => {
  await page.goto("/?q=history");
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters
    .getByRole("button", { name: /^Leave out/ })
    .first()
    .press("Enter");
  await expect(page).toHaveURL(/not-/);
  await expect(results(page).first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("a chosen value stays under the pointer", async ({ page }) => {
  await page.goto("/?q=history");
  const rows = page
    .getByRole("complementary", { name: "Filters" })
    .getByRole("group", { name: "Language" })
    .getByRole("checkbox");
  const fourth = rows.nth(3);
  const name = await fourth.evaluate((box) => box.parentElement?.textContent);
  await fourth.check();
  await expect(page).toHaveURL(/language=/);
  await listOf(page, "history");
  await expect(page.getByRole("list", { name: "Filters in use" })).toBeVisible();
  await expect(rows.nth(3)).toBeChecked();
  expect(await rows.nth(3).evaluate((box) => box.parentElement?.textContent)).toBe(name);
});

test("filters survive turning a tablet", async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.goto("/?q=history&language=ita");
  await page.getByRole("button", { name: "Filters (1)" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await expect(sheet.getByRole("checkbox", { name: "Italian" })).toBeChecked();
  await sheet.getByRole("button", { name: /^Show \d+ books?$/ }).click();
  await expect(sheet).toBeHidden();
  await page.setViewportSize({ width: 1180, height: 820 });
  await expect(
    page.getByRole("complementary", { name: "Filters" }).getByRole("checkbox", { name: "Italian" }),
  ).toBeChecked();
});

test("filters come before the list for the keyboard, and can be skipped", async ({ page }) => {
  await page.goto("/?q=emma");
  await expect(results(page).first()).toBeVisible();
  const skip = page.getByRole("link", { name: "Skip the filters" });
  await skip.focus();
  await page.keyboard.press("Enter");
  await expect(results(page).first().getByRole("heading").getByRole("link")).toBeFocused();
});

test("an author has one filter, however the link names them", async ({ page }) => {
  await page.goto("/?q=hobbit");
  await results(page).first().getByRole("link", { name: "J. R. R. Tolkien" }).click();
  await page.getByRole("link", { name: "Filter and order" }).click();
  await expect(page).toHaveURL(/author=/);
  const key = new URL(page.url()).searchParams.get("author");
  await page.goto(`/?author=${key}&author=authors/${key}`);
  await expect(page.getByRole("link", { name: "Remove author J. R. R. Tolkien" })).toHaveCount(1);
  await expect(
    page
      .getByRole("complementary", { name: "Filters" })
      .getByRole("checkbox", { name: "J. R. R. Tolkien" }),
  ).toBeChecked();
});

test("decades are brushed over", async ({ page }) => {
  await page.goto("/?q=history");
  const decades = page.getByRole("group", { name: "Decades" });
  const bars = decades.getByRole("button");
  // `hover` waits until a bar stands still.
  await bars.nth(-4).hover();
  await page.mouse.down();
  await bars.nth(-3).hover();
  await bars.nth(-2).hover();
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{3}0&to=\d{3}9/);
  const { searchParams } = new URL(page.url());
  expect(Number(searchParams.get("to")) - Number(searchParams.get("from"))).toBe(29);
  await expect(page.getByRole("link", { name: /^Remove years/ })).toBeVisible();
});

test("years the wrong way round are said, not ignored", async ({ page }) => {
  await page.goto("/?q=history");
  const group = page.getByRole("group", { name: "First published" });
  await group.getByLabel("From").fill("1990");
  await group.getByLabel("to", { exact: true }).fill("1950");
  await group.getByRole("button", { name: "Apply" }).click();
  await expect(group.getByRole("status")).toContainText("1990 is after 1950");
  await group.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/from=1950&to=1990/);
});

test("parts of the query are edited and taken out as chips", async ({ page }) => {
  await page.goto("/?q=author%3Aausten+-emma");
  const parts = page.getByRole("list", { name: "The query as understood" });
  await parts.getByRole("button", { name: "Edit author: austen" }).click();
  await expect(searchField(page)).toBeFocused();
  const selected = () =>
    searchField(page).evaluate((field: HTMLInputElement) =>
      field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    );
  await expect.poll(selected).toBe("author:austen");
  await parts.getByRole("link", { name: "Remove not emma" }).click();
  await expect(searchField(page)).toHaveValue("author:austen");
});

test("the list is shown compact or as covers, and stays so", async ({ page }) => {
  await page.goto("/?q=history");
  await page.getByRole("button", { name: "Grid of covers" }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "Grid of covers" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});
