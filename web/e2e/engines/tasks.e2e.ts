import {
  expect,
  expectAddress,
  expectFocusOn,
  expectGone,
  expectListOf,
  expectValue,
  shown,
  test,
} from "./fixtures.ts";

test("typing with slips finds the book, says how many, and Back keeps the place", async ({
  enginePage: page,
}) => {
  await page.open("/");
  await (await shown(page, "combobox", "Search books")).click();
  await page.type("tolkein hobit");
  await expectListOf(page, "tolkein hobit");
  // Said once typing has paused.
  await expect
    .poll(async () => {
      const regions = await page.find("status");
      return Promise.all(
        regions.map((region) => region.evaluate(({ textContent }) => textContent)),
      );
    })
    .toContainEqual(expect.stringMatching(/^\d+ books? found$/));
  await shown(page, "heading", "The Hobbit Or, There and Back Again");
  await (await shown(page, "link", "The Hobbit")).click();
  await expectFocusOn(page, "heading", "The Hobbit");
  await page.back();
  await expectListOf(page, "tolkein hobit");
  await expectFocusOn(page, "link", "The Hobbit");
});

test("a filter is ticked, stands in the address, and comes off as a chip", async ({
  enginePage: page,
}) => {
  await page.open("/?q=history");
  await (await shown(page, "checkbox", "Italian")).click();
  await expectAddress(page).toBe("/?q=history&language=ita");
  await expectValue(page, "checkbox", "Italian", (box) => (box as HTMLInputElement).checked).toBe(
    true,
  );
  await (await shown(page, "link", "Remove language Italian")).click();
  await expectAddress(page).toBe("/?q=history");
  await expectGone(page, "link", "Remove language Italian");
  await expectValue(page, "checkbox", "Italian", (box) => (box as HTMLInputElement).checked).toBe(
    false,
  );
});

test("filters are a sheet on a narrow screen", async ({ enginePage: page }) => {
  await page.resize(390, 844);
  await page.open("/?q=history");
  await (await shown(page, "button", "Filters")).click();
  await shown(page, "dialog", "Filters");
  await (await shown(page, "checkbox", "Italian")).click();
  await expectAddress(page).toBe("/?q=history&language=ita");
  await page.press("Escape");
  await expectGone(page, "dialog", "Filters");
  await expectFocusOn(page, "button", "Filters (1)");
});

test("a suggestion is chosen by keyboard", async ({ enginePage: page }) => {
  await page.open("/");
  await (await shown(page, "combobox", "Search books")).click();
  await page.type("wuthering hig");
  await shown(page, "listbox", "Suggestions");
  await page.press("ArrowDown");
  await expectValue(page, "combobox", "Search books", (field) => {
    const active = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
    return active?.ariaSelected;
  }).toBe("true");
  await page.press("Enter");
  await expectAddress(page).toMatch(/^\/books\/OL\d+W$/);
  await expectFocusOn(page, "heading", "Wuthering Heights");
});

test("the theme is chosen and stays", async ({ enginePage: page }) => {
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.open("/settings");
  await (await shown(page, "radio", "Paper")).click();
  const paper = await ground();
  await (await shown(page, "radio", "Lamplight")).click();
  await expect.poll(ground).not.toBe(paper);
  const lamplight = await ground();
  await page.open("/about");
  await expect.poll(ground).toBe(lamplight);
});

test("from a page to a book by keyboard alone", async ({ enginePage: page }) => {
  await page.open("/about");
  await shown(page, "combobox", "Search books");
  await page.press("Tab");
  await expectFocusOn(page, "link", "Skip to content");
  await page.press("Tab");
  await page.press("Tab");
  await expectFocusOn(page, "combobox", "Search books");
  await page.type("emma austen");
  await page.press("Enter");
  await expectListOf(page, "emma austen");
  await page.press("ArrowDown");
  await expectFocusOn(page, "link", "Emma");
  await page.press("Enter");
  await expectFocusOn(page, "heading", "Emma");
});
