import { expect, resultLink, results, searchField, test } from "./fixtures.ts";

test("a misspelt name is corrected in the open, and one click undoes it", async ({ page }) => {
  await page.goto("/?q=tolkein");
  await expect(page.getByText("Showing results for")).toContainText("tolkien");
  await expect(resultLink(page, "The Hobbit")).toBeVisible();
  await page.getByRole("link", { name: "Search exactly for “tolkein”" }).click();
  await expect(page).toHaveURL(/&exact$/);
  await expect(page.getByText("Showing results for")).toBeHidden();
});

test("filters narrow the list, stand in the address, and come off again", async ({ page }) => {
  await page.goto("/?q=history");
  await expect(results(page)).toHaveCount(20);
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters
    .getByRole("group", { name: "Language" })
    .getByRole("checkbox", { name: "Italian" })
    .check();
  await expect(page).toHaveURL(/language=ita/);
  await filters.getByRole("button", { name: "Leave out Drama" }).click();
  await expect(page).toHaveURL(/not-subject=Drama/);
  const chips = page.getByRole("list", { name: "Filters in use" }).getByRole("listitem");
  await expect(chips).toHaveText([/Italian/, /Not Drama/]);
  await chips.first().getByRole("link", { name: "Remove language Italian" }).click();
  await expect(chips).toHaveText([/Not Drama/]);
  await page.goBack();
  await expect(chips).toHaveCount(2);
});

test("the order is chosen, kept on reload and part of the link", async ({ page }) => {
  await page.goto("/?q=austen");
  await expect(results(page).first()).toBeVisible();
  await page.getByLabel("Order").selectOption("Oldest");
  await expect(page).toHaveURL(/order=oldest/);
  const first = results(page).first().getByRole("heading");
  await expect(first).toHaveText("Sense and Sensibility");
  await page.reload();
  await expect(page.getByLabel("Order")).toHaveValue("oldest");
  await expect(first).toHaveText("Sense and Sensibility");
});

test("results say why they were found", async ({ page }) => {
  await page.goto("/?q=хоббит");
  const hobbit = results(page).filter({ hasText: "The Hobbit" }).first();
  await expect(hobbit).toContainText("Хоббит");
  await expect(hobbit.locator("mark").first()).toHaveText(/хоббит/i);
});

test("an author's page lists the books, and a book leads to its series and subjects", async ({
  page,
}) => {
  await page.goto("/?q=hobbit+tolkien");
  await results(page).first().getByRole("link", { name: "J. R. R. Tolkien" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "J. R. R. Tolkien" })).toBeFocused();
  await page.getByRole("link", { name: /^The Fellowship of the Ring/ }).click();
  await expect(page.getByRole("heading", { level: 2, name: /editions$/ })).toBeVisible();
  const series = page.getByRole("region", { name: "The Lord of the Rings" });
  await expect(series.getByRole("link", { name: /^The Fellowship/ })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.getByRole("region", { name: "Subjects" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\?subject=/);
  await expect(results(page).first()).toBeVisible();
});

test("the theme and the covers are the reader's choice, and no other server is asked unasked", async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL ?? "")) {
      foreign.push(request.url());
    }
  });
  await page.goto("/settings");
  await page.getByLabel("Lamplight", { exact: true }).check();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByLabel("Lamplight", { exact: true })).toBeChecked();
  await searchField(page).fill("emma");
  await expect(resultLink(page, "Emma")).toBeVisible();
  expect(foreign).toEqual([]);
});
